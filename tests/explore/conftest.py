"""Policies and people for the tests of weights."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
