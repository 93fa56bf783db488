from __future__ import annotations

import os
import pickle
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from csc_tui.config.origin import origin_of
from csc_tui.config.paths import Paths
from csc_tui.config.refusal import ConfigError, FileError
from csc_tui.config.secrets import Secret, read_key, remove_key, run_key_command, save_key

Write = Callable[[str], Path]
HERE = origin_of("https://acme.example")


def python(code: str) -> tuple[str, ...]:
    return sys.executable, "-c", code


@pytest.fixture
def by_command(paths: Paths, write_config: Write) -> Callable[[str], Secret]:
    """Run Python code as the key command of profile acme."""
    write_config("")

    def run(code: str) -> Secret:
        env = {"PATH": os.environ["PATH"], "CSC_TUI_API_KEY": "not-for-children"}
        return run_key_command(python(code), "acme", paths, env)

    return run


def test_a_secret_shows_itself_to_nobody() -> None:
    secret = Secret(" canary\r\n")

    assert secret.reveal() == "canary"
    assert f"{secret} {secret!r} {[secret]}" == "*** *** [***]"
    assert not hasattr(secret, "__dict__")
    with pytest.raises(TypeError, match="not pickled"):
        pickle.dumps(secret)


def test_keys_are_told_apart_by_a_fingerprint() -> None:
    assert Secret("k3y").fingerprint() == "a49b1287"
    assert Secret("k3y") == Secret("k3y ")
    assert Secret("k3y") != Secret("other")
    assert len({Secret("k3y"), Secret("k3y"), Secret("other")}) == 2


def test_a_saved_key_comes_back_for_its_origin_alone(paths: Paths) -> None:
    paths.config.mkdir(parents=True)
    save_key(paths, "acme", Secret("canary"), HERE)

    assert read_key(paths, "acme", HERE) == Secret("canary")
    assert paths.key_file("acme").name == "key.acme"
    assert paths.key_file("acme").stat().st_mode & 0o777 == 0o600
    with pytest.raises(ConfigError, match="the key was not sent") as caught:
        read_key(paths, "acme", origin_of("https://acme.example:8443"))
    assert "canary" not in str(caught.value)


def test_a_key_file_made_by_hand_needs_only_the_key(paths: Paths) -> None:
    paths.config.mkdir(parents=True)
    paths.key_file("acme").write_text("canary\n")
    paths.key_file("acme").chmod(0o600)

    assert read_key(paths, "acme", HERE) == Secret("canary")


def test_a_key_file_that_others_can_read_is_refused(paths: Paths) -> None:
    paths.config.mkdir(parents=True)
    save_key(paths, "acme", Secret("canary"), HERE)
    paths.key_file("acme").chmod(0o640)

    with pytest.raises(ConfigError, match=r"mode 640.*chmod 600"):
        read_key(paths, "acme", HERE)


@pytest.mark.parametrize("data", [b"", b"\n\n", b"a b\n", b"\xff\xfe\n"])
def test_a_key_file_without_a_key_is_said(paths: Paths, data: bytes) -> None:
    paths.config.mkdir(parents=True)
    paths.key_file("acme").write_bytes(data)
    paths.key_file("acme").chmod(0o600)

    with pytest.raises(ConfigError, match="does not hold an API key"):
        read_key(paths, "acme", HERE)


def test_a_removed_key_is_gone(paths: Paths) -> None:
    paths.config.mkdir(parents=True)
    save_key(paths, "acme", Secret("canary"), HERE)
    remove_key(paths, "acme")
    remove_key(paths, "acme")

    assert read_key(paths, "acme", HERE) is None


def test_a_key_that_cannot_be_removed_is_said(paths: Paths) -> None:
    paths.key_file("acme").mkdir(parents=True)

    with pytest.raises(FileError, match="could not be removed"):
        remove_key(paths, "acme")


def test_a_command_gives_the_key_in_its_first_line(by_command: Callable[[str], Secret]) -> None:
    assert by_command("print(' canary \\nuser: ilse')").reveal() == "canary"


def test_a_command_runs_in_the_settings_folder_without_key_input_or_descriptors(
    by_command: Callable[[str], Secret], paths: Paths
) -> None:
    code = """
import os, sys
folder = os.path.basename(os.getcwd())
fds = [fd for fd in range(3, 50) if os.path.exists(f'/proc/self/fd/{fd}')]
print(folder, 'CSC_TUI_API_KEY' in os.environ, repr(sys.stdin.read()), fds, sep='/')
"""
    kept, inherited = os.pipe()
    os.set_inheritable(kept, True)
    try:
        assert by_command(code.strip()).reveal() == "csc-tui/False/''/[]"
    finally:
        os.close(kept)
        os.close(inherited)


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("raise SystemExit(3)", r"failed \(exit 3\)"),
        ("print('x' * 5000)", "more than 4,096 bytes"),
        ("print()", "is empty"),
        ("print('two words')", "cannot be an API key"),
    ],
)
def test_a_command_that_gives_no_key_is_said(
    by_command: Callable[[str], Secret], code: str, words: str
) -> None:
    with pytest.raises(ConfigError, match=words):
        by_command(code)


def test_a_command_that_hangs_is_stopped(
    by_command: Callable[[str], Secret], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("csc_tui.config.secrets.COMMAND_LIMIT", 0.3)

    with pytest.raises(ConfigError, match="was stopped"):
        by_command("import signal; signal.pause()")


def test_a_command_whose_child_keeps_the_pipe_open_is_not_waited_for(
    by_command: Callable[[str], Secret], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("csc_tui.config.secrets.COMMAND_LIMIT", 0.5)
    code = "import subprocess as s; s.Popen(['sleep', '3'], start_new_session=True); print('k')"

    with pytest.raises(ConfigError, match="was stopped"):
        by_command(code)


def test_a_command_that_is_not_there_is_said(paths: Paths, write_config: Write) -> None:
    write_config("")

    with pytest.raises(ConfigError, match=r"could not be started: No such file.*config\.toml"):
        run_key_command(("/nowhere/pass",), "acme", paths, {})
    with pytest.raises(ConfigError, match=r"could not be started: .*null"):
        run_key_command(("pass\0",), "acme", paths, {})


@pytest.mark.parametrize("place", ["config", "config_file"])
def test_a_command_that_others_could_have_written_is_not_run(
    paths: Paths, write_config: Write, tmp_path: Path, place: str
) -> None:
    write_config("")
    getattr(paths, place).chmod(0o722)
    ran = tmp_path / "ran"

    with pytest.raises(ConfigError, match="was not run: others could have changed"):
        run_key_command(python(f"open({str(ran)!r}, 'w')"), "acme", paths, {})

    assert not ran.exists()
