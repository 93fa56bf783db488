"""The background worker: one queue, one budget, one transport."""
