"""Commands, declared once: key, title, help, guard."""
