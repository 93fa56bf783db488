"""Views: a filter, an order and columns under a name, in a file that a person reads and edits.

[people."Messe Köln"]
filter = "tag:messe city:Köln"
sort = "-updated"
columns = ["name", "company", "city"]
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from csc_tui.config.config_file import edit_toml
from csc_tui.config.toml_file import Source, read_settings, read_toml, setting, wrong_type
from csc_tui.words import say

if TYPE_CHECKING:
    from tomlkit import TOMLDocument
    from tomlkit.items import Table

FILE = "views.toml"
LONGEST_NAME = 60
"""Characters of a view's name."""


@dataclass(frozen=True, slots=True)
class View:
    """What a list shows, and how."""

    filter: str = setting("", str, "As it is typed; empty: all")
    sort: str = setting("", str, "An order or a column, - in front: descending; empty: by name")
    columns: tuple[str, ...] = setting((), tuple, "Names in their order; none: as they come")


class Views:
    """The views of one account."""

    def __init__(self, folder: Path) -> None:
        """`folder` is where the account has what cannot be fetched again."""
        self.path = folder / FILE

    def of(self, resource: str) -> dict[str, View]:
        """The views of a resource by name, in the order of the file.

        ConfigError naming file, line and key for anything that is not understood.
        """
        source = read_toml(self.path)
        return _views(source, resource) if source is not None else {}

    def save(self, resource: str, name: str, view: View) -> None:
        """Keep a view under a name, in the place of one that has it. Raises as `edit_toml`."""

        def change(table: Table) -> None:
            table[name] = {key: _plain(value) for key, value in asdict(view).items() if value}

        self._edit(resource, change)

    def rename(self, resource: str, name: str, new: str) -> None:
        """Call a view otherwise; it stands last then. Raises as `edit_toml`."""

        def change(table: Table) -> None:
            table[new] = table.pop(name)

        self._edit(resource, change)

    def delete(self, resource: str, name: str) -> None:
        """Keep a view no more. Raises as `edit_toml`."""

        def change(table: Table) -> None:
            table.remove(name)

        self._edit(resource, change)

    def _edit(self, resource: str, change: Callable[[Table], None]) -> None:
        import tomlkit

        self.of(resource)  # what is not understood is somebody's work, and stays as it is

        def edit(document: TOMLDocument) -> None:
            if not document:
                document.add(tomlkit.comment(say("views.about")))
            if resource not in document:
                document[resource] = tomlkit.table(is_super_table=True)
            change(document[resource])

        edit_toml(self.path, edit)


def _views(source: Source, resource: str) -> dict[str, View]:
    """What the file says of a resource; what it says of others is checked too."""
    found: dict[str, View] = {}
    for name, table in source.table.items():
        if not isinstance(table, dict):
            raise wrong_type(source, (name,), dict)
        for view in table:
            values = read_settings(View, source, (name, view))
            if name == resource:
                found[view] = View(**values)
    return found


def _plain(value: object) -> object:
    return list(value) if isinstance(value, tuple) else value
