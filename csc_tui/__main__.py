"""`python -m csc_tui` is `csc-tui`."""

from csc_tui.cli import main

if __name__ == "__main__":
    raise SystemExit(main())
