"""Settings, profiles, secrets, folders, themes.

Everything here lies on the way to the first paint: nothing but light parts of the standard
library is imported at the top of a module.
"""
