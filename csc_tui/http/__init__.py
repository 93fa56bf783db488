"""How a request leaves the machine: messages, transport, rate budget, retry policy."""
