"""Another record as a part of the one that it is linked with."""

from typing import ClassVar

from csc_tui.domain.field import Plain
from csc_tui.domain.record import Part
from csc_tui.domain.ref import Ref


class Link(Part):
    """A linked record: its id is that record's, `text` its name as far as it is known.

    Subclasses have a field `record`, by which one is chosen.
    """

    resource: ClassVar[str] = ""
    """The resource that it leads to."""

    def value(self, name: str) -> Plain:
        """As `Node.value`; the record with id and name."""
        if name == "record":
            return {"id": self.id, "name": self.text()} if self.id else None
        return super().value(name)

    def target(self) -> Ref | None:
        """That record."""
        return Ref(self.resource, self.id) if self.id else None
