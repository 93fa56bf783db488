"""Adapters: pure translation between the domain and one vendor's HTTP API."""
