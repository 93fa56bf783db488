"""The one catalogue of words: every text that a person reads is looked up here by its key.

The words of one language are Python dicts (no parsing at start), one module a theme. A text may
hold `{names}` filled by `say`; a text with `|` holds singular and plural, chosen by `count`.
"""

from __future__ import annotations

from csc_tui.words import (
    en_bulk,
    en_cli,
    en_commands,
    en_config,
    en_data,
    en_edit,
    en_errors,
    en_filter,
    en_form,
    en_merge,
    en_outbox,
    en_record,
    en_screen,
    en_screens,
    en_store,
    en_sync,
)

_EN: dict[str, str] = {
    **en_errors.WORDS,
    **en_bulk.WORDS,
    **en_cli.WORDS,
    **en_config.WORDS,
    **en_commands.WORDS,
    **en_data.WORDS,
    **en_edit.WORDS,
    **en_filter.WORDS,
    **en_form.WORDS,
    **en_merge.WORDS,
    **en_outbox.WORDS,
    **en_record.WORDS,
    **en_screen.WORDS,
    **en_screens.WORDS,
    **en_store.WORDS,
    **en_sync.WORDS,
}


def say(key: str, /, **values: object) -> str:
    """The words for `key`, filled with `values`; `count` picks the plural. KeyError if unknown."""
    text = _EN[key]
    if "count" in values and "|" in text:
        one, many = text.split("|", 1)
        text = one if values["count"] == 1 else many
    return text.format(**values) if values else text


def keys() -> frozenset[str]:
    """Every key of the catalogue."""
    return frozenset(_EN)
