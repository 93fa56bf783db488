from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from csc_tui.config.origin import origin_of
from csc_tui.config.paths import Paths
from csc_tui.config.secrets import Secret, save_key

Run = Callable[..., Any]
Write = Callable[[str], Path]
ACME = '[profiles.acme]\nurl = "https://acme.centralstationcrm.net"\n'


def findings(said: Any) -> dict[str, tuple[str, str]]:
    """Subject -> (state, finding)."""
    rows = [line.split(maxsplit=2) for line in said.out.splitlines()]
    return {row[1]: (row[0], row[2]) for row in rows}


def test_a_fresh_machine_is_well_but_for_the_profile(cli: Run, paths: Paths) -> None:
    said = cli("doctor", "--offline")

    found = findings(said)
    assert said.code == 0
    for about in ("python", "textual", "locale", "sqlite", "disk", "settings", "config", "cache"):
        assert found[about][0] == "ok"
    assert found["profile"] == ("warn", "No profile yet. Run: csc-tui login")


def test_an_account_is_told_without_its_key(
    cli: Run, paths: Paths, write_config: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_config(ACME)
    save_key(paths, "acme", Secret("canary"), origin_of("https://acme.centralstationcrm.net"))
    monkeypatch.setenv("https_proxy", "http://me:pass@proxy.example:3128")

    said = cli("doctor", "--offline")

    found = findings(said)
    assert said.code == 0
    assert found["profile"][1] == "acme https://acme.centralstationcrm.net centralstation"
    assert found["key"] == ("ok", "from its file")
    assert found["proxy"] == ("ok", "http://proxy.example:3128")
    assert "OpenSSL" in found["trust"][1]
    assert "canary" not in said.out
    assert "pass" not in said.out


def test_what_is_wrong_is_bad_and_exit_1(cli: Run, paths: Paths, write_config: Write) -> None:
    write_config(ACME)
    paths.cache.mkdir(parents=True)
    paths.cache.chmod(0o777)

    said = cli("doctor", "--offline")

    found = findings(said)
    assert said.code == 1
    assert found["cache"][0] == "bad"
    assert "chmod 700" in found["cache"][1]
    assert found["profile"] == (
        "bad",
        "There is no API key for profile acme. Run: csc-tui login acme",
    )


def test_broken_settings_are_bad(cli: Run, write_config: Write) -> None:
    path = write_config("fill = 'x'\n")

    said = cli("doctor", "--offline")

    assert said.code == 1
    assert findings(said)["settings"] == ("bad", f"{path}, line 1: fill must be a whole number.")


def test_warnings_do_not_fail(
    cli: Run, paths: Paths, write_config: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_config("").parent.joinpath("themes").mkdir()
    (paths.themes / "mine.toml").write_text("broken")
    monkeypatch.setenv("CSC_TUI_KEY", "canary")
    monkeypatch.setenv("TERM", "dumb")
    paths.data.mkdir(parents=True)
    paths.data.chmod(0o755)

    said = cli("doctor", "--offline")

    found = findings(said)
    assert said.code == 0
    assert found["theme"][0] == "warn"
    assert found["terminal"][0] == "warn"
    assert found["data"] == ("warn", f"{paths.data} (0755)")
    assert found["environment"][1].startswith("CSC_TUI_KEY means nothing. Known: CSC_TUI_PROFILE")
    assert "canary" not in said.out


def test_a_locale_without_utf8_is_warned_of(program: Run) -> None:
    said = program("doctor", "--offline", LC_ALL="C", PYTHONCOERCECLOCALE="0", PYTHONUTF8="0")

    assert findings(said)["locale"][0] == "warn"


def test_plain_http_of_the_environment_needs_no_trust(
    cli: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CSC_TUI_URL", "http://127.0.0.1:9")
    monkeypatch.setenv("CSC_TUI_API_KEY", "canary")

    found = findings(cli("doctor", "--offline"))

    assert found["trust"] == ("ok", "not needed: a demo on this machine")
    assert found["key"] == ("ok", "from CSC_TUI_API_KEY")
    assert found["proxy"] == ("ok", "none")
