"""Measures what is promised: `python -m benchmarks [NAME ...]`, from the checkout's root.

page: a list page of the demo's server. line: bytes written to the terminal. start: time to the
first rows. pipe: to the first line of `csc-tui list`. search: the store's search. budget: requests
in a window, three processes at once. Each takes less than a minute; times are only to be compared
within one table. Only by its name: bulk: thousands of records changed at once. dupes:
duplicates among 100,000 people. kill: 200 kills
while editing, or `--kills N`, also with `--dialect concord`; a quarter of an hour. sync: a whole
account into the store. size: what a key costs out of 1,000 and 100,000 people, and `--people N`.
soak: half an hour of use where things go wrong, or `--minutes N`. others: 100,000 people, beside
neomutt, visidata and harlequin where they are installed; ten minutes.
"""

from __future__ import annotations

import argparse
import sys
from functools import partial
from importlib import import_module

NAMES = ("line", "start", "pipe", "search", "budget", "page")
"""In the order in which they run."""
BY_NAME = ("bulk", "dupes", "kill", "sync", "size", "soak", "others")
"""Those that take too long to run unasked."""


def main() -> int:
    """Run the named benchmarks, else all short ones; 2 for an unknown name."""
    parser = argparse.ArgumentParser("benchmarks", description=__doc__, allow_abbrev=False)
    parser.add_argument("names", nargs="*", metavar="NAME")
    parser.add_argument("--kills", type=int, metavar="N")
    parser.add_argument("--dialect", choices=("centralstation", "concord"))
    parser.add_argument("--people", type=int, metavar="N")
    parser.add_argument("--minutes", type=float, metavar="N")
    asked = parser.parse_args()
    known = (*NAMES, *BY_NAME)
    if unknown := [name for name in asked.names if name not in known]:
        print(f"no benchmark {unknown[0]}; there are: {', '.join(known)}", file=sys.stderr)
        return 2
    for name in asked.names or NAMES:
        measure = import_module(f"benchmarks.{name}").measure
        if name == "kill" and asked.kills:
            measure = partial(measure, kills=asked.kills)
        if name == "kill" and asked.dialect:
            measure = partial(measure, dialect=asked.dialect)
        if name == "size" and asked.people:
            measure = partial(measure, asked.people)
        if name == "soak" and asked.minutes:
            measure = partial(measure, asked.minutes)
        print(measure().text(), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
