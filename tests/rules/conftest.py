"""Lets the tests of this folder share what builds and evaluates a rule."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
