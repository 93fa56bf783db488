"""Text as it is compared where case and accents do not count."""

from __future__ import annotations

import unicodedata


def fold(text: str) -> str:
    """Lower case, without accents, ß as ss, blanks as one space: `Straße É` -> `strasse e`."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(one for one in apart if not unicodedata.combining(one))
    return " ".join(plain.split())
