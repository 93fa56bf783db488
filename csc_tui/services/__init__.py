"""The use cases: an async API for screens and command line."""
