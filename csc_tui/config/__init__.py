"""Settings, profiles, secrets, folders, themes."""
