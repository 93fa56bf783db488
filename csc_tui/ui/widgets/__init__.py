"""Widgets on the Line API."""
