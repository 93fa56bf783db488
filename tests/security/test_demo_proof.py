"""A demo's key goes to no other program that has taken the demo's port."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from csc_tui.cli.demo_child import demo_key
from csc_tui.config.account import Account
from csc_tui.config.config_file import save_profile
from csc_tui.config.origin import origin_of
from csc_tui.config.paths import Paths
from csc_tui.config.profiles import resolve
from csc_tui.config.secrets import save_key
from csc_tui.config.settings import load_settings
from csc_tui.domain.errors import NotAnApi, Offline
from csc_tui.http.proof import proven
from csc_tui.sentences import explain
from csc_tui.session import check_login
from tests.hostile_server import Answer, hostile_server
from tests.live_demo import running_demo
from tests.live_desk import paths_in


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    """A user's folders, with a demo that has been there."""
    found = paths_in(tmp_path)
    demo_key(found)
    nonce = found.demo / "nonce"
    nonce.write_bytes(b"00" * 24)
    nonce.chmod(0o600)
    return found


def account(paths: Paths, env: Mapping[str, str] | None = None) -> Account:
    found = resolve(load_settings(paths), paths, env or {})
    assert found is not None
    return found


def by_environment(paths: Paths, url: str) -> Account:
    key = demo_key(paths).reveal()
    return account(paths, {"CSC_TUI_URL": url, "CSC_TUI_API_KEY": key})


def by_profile(paths: Paths, url: str) -> Account:
    paths.config.mkdir(mode=0o700, parents=True)
    save_profile(paths, "demo", {"url": url, "demo": True})
    save_key(paths, "demo", demo_key(paths), origin_of(url))
    return account(paths)


@pytest.mark.parametrize("made", [by_environment, by_profile])
@pytest.mark.parametrize("says", [[], {"proof": "0" * 64}, {"proof": "\ud800"}, b"x" * 20_000])
async def test_a_stranger_at_the_demos_port_gets_no_key(
    made: Callable[[Paths, str], Account], says: object, paths: Paths
) -> None:
    with hostile_server() as stranger:
        stranger.say("GET /demo/proof", Answer(body=says))
        with pytest.raises(NotAnApi) as caught:
            await check_login(made(paths, stranger.url))

        assert "the key was not sent" in explain(caught.value)
        assert [one.partition("?")[0] for one in stranger.requests] == ["GET /demo/proof"]
        assert stranger.keys == {None}


async def test_the_demo_itself_gets_it(paths: Paths) -> None:
    (paths.demo / "nonce").unlink()
    with running_demo(paths.demo, "--people", "5", "--companies", "2") as demo:
        opened = by_environment(paths, demo.url)
        assert opened.nonce
        assert await check_login(opened)
        assert "nonce" not in repr(opened)
        assert demo.key not in repr(opened)


async def test_where_nobody_answers_there_is_no_line(paths: Paths) -> None:
    with pytest.raises(Offline):
        await check_login(by_environment(paths, "http://127.0.0.1:1"))
    assert proven("http://127.0.0.1:1", b"nonce") is None


def test_other_keys_are_asked_for_no_proof(paths: Paths) -> None:
    env = {"CSC_TUI_URL": "http://127.0.0.1:9", "CSC_TUI_API_KEY": "another"}
    assert account(paths, env).nonce == b""
    env = {"CSC_TUI_URL": "https://crm.example", "CSC_TUI_API_KEY": demo_key(paths).reveal()}
    assert account(paths, env).nonce == b""


def test_a_nonce_that_is_not_there_proves_nothing(paths: Paths) -> None:
    with hostile_server() as stranger:
        stranger.say("GET /demo/proof", Answer(body={"proof": ""}))
        assert proven(stranger.url, b"") is False
