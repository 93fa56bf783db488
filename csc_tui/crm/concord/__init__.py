"""Concord CRM: models, reading, writing, adapter."""
