"""Models validate alone: pydantic looks for no plugins among all that is installed.

That takes as long as to make a large model, and lets others have a say in what a record is.
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType

_LOADER = "pydantic.plugin._loader"
"""Asked for plugins whenever a model is made ready."""


def validate_alone() -> None:
    """Have no plugins, unless somebody has looked for them already."""
    nobody = ModuleType(_LOADER)
    vars(nobody).update(get_plugins=tuple, __getattr__=_whole)
    sys.modules.setdefault(_LOADER, nobody)


def _whole(name: str) -> object:
    """What else is looked for there, now or by another version."""
    if name.startswith("__"):  # the import itself looks whether it is a package
        raise AttributeError(name)
    del sys.modules[_LOADER]
    return getattr(import_module(_LOADER), name)
