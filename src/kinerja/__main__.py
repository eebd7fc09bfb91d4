"""`python -m kinerja`: the command line."""

import sys

from kinerja.cli.main import main

sys.exit(main())
