"""The file of views: what is written can be read and edited; what is broken stays as it is."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from csc_tui.config.refusal import ConfigError
from csc_tui.config.views import View, Views

FAIR = View("tag:messe city:Köln", "-updated", ("name", "city"))


@pytest.fixture
def views(tmp_path: Path) -> Views:
    return Views(tmp_path / "account")


def test_a_view_is_written_as_one_would_write_it(views: Views) -> None:
    views.save("people", "Messe Köln", FAIR)
    views.save("companies", "all", View(sort="city"))
    assert tomllib.loads(views.path.read_text("utf-8")) == {
        "people": {
            "Messe Köln": {
                "filter": "tag:messe city:Köln",
                "sort": "-updated",
                "columns": ["name", "city"],
            }
        },
        "companies": {"all": {"sort": "city"}},
    }
    assert views.of("people") == {"Messe Köln": FAIR}
    assert views.of("deals") == {}
    assert views.path.stat().st_mode & 0o777 == 0o600


def test_comments_and_order_are_kept(views: Views) -> None:
    views.path.parent.mkdir()
    views.path.write_text('[people.one]\n# why\nfilter = "phone:none"\n\n[people.two]\n')
    views.save("people", "three", FAIR)
    views.rename("people", "two", "four")
    assert "# why" in views.path.read_text("utf-8")
    assert [*views.of("people")] == ["one", "three", "four"]
    views.delete("people", "one")
    assert [*views.of("people")] == ["three", "four"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[people.one]\nfilter = tag:messe\n", "line 2"),
        ("[people.one]\nfiltre = 'x'\n", "filtre"),
        ("[people.one]\ncolumns = 'name'\n", "people.one.columns"),
        ("people = 3\n", "people"),
    ],
)
def test_a_broken_file_is_named_and_never_overwritten(views: Views, text: str, said: str) -> None:
    views.path.parent.mkdir()
    views.path.write_text(text)
    for action in (
        lambda: views.of("people"),
        lambda: views.save("people", "new", FAIR),
        lambda: views.delete("people", "one"),
    ):
        with pytest.raises(ConfigError) as refused:
            action()
        assert said in str(refused.value)
        assert str(views.path) in str(refused.value)
    assert views.path.read_text() == text
