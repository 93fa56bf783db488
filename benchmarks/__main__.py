"""Measures what is promised: `python -m benchmarks [NAME ...]`, from the checkout's root.

page: a list page of the demo's server. line: bytes written to the terminal. start: time to the
first rows. search: the store's search. budget: requests in a window, three processes at once.
Each takes less than a minute; times are only to be compared within one table.
"""

from __future__ import annotations

import sys
from importlib import import_module

NAMES = ("line", "start", "search", "budget", "page")
"""In the order in which they run."""


def main() -> int:
    """Run the named benchmarks, else all; 2 for an unknown name."""
    wanted = sys.argv[1:] or NAMES
    if unknown := [name for name in wanted if name not in NAMES]:
        print(f"no benchmark {unknown[0]}; there are: {', '.join(NAMES)}", file=sys.stderr)
        return 2
    for name in wanted:
        print(import_module(f"benchmarks.{name}").measure().text(), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
