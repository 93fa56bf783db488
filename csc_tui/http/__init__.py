"""How a request leaves the machine: messages, transport, rate budget, retry policy."""

import sys

# httpx would import the libraries of a command line of its own, which cost more than itself.
sys.modules.setdefault("httpx._main", None)  # type: ignore[arg-type]
