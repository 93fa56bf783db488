"""`python -m csc_tui.demo`: the demo server alone."""

import sys

from csc_tui.demo.server import main

if __name__ == "__main__":
    sys.exit(main())
