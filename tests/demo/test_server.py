"""The server's process: how it starts, what it says, how it ends, what it keeps."""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import re
import resource
import signal
import socket
import sqlite3
import stat
import subprocess
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from csc_tui.demo.server import main
from tests.live_demo import PATIENCE

from .conftest import COMMAND, Running, running


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "demo"


@pytest.fixture(autouse=True)
def same_umask() -> Iterator[None]:
    """main() sets the umask of its process, here that of the tests."""
    before = os.umask(0o022)
    os.umask(before)
    yield
    os.umask(before)


def run(*options: str, **more: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # type: ignore[call-overload, no-any-return]
        [*COMMAND, *options], capture_output=True, text=True, timeout=PATIENCE, check=False, **more
    )


@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGINT])
def test_it_says_its_url_and_key_first_and_ends_cleanly_on_a_signal(
    data: Path, end: signal.Signals
) -> None:
    process = subprocess.Popen(
        [*COMMAND, "--data", str(data)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    with process:
        assert process.stdout is not None
        assert process.stderr is not None
        url = re.fullmatch(r"URL (http://127\.0\.0\.1:\d+)\n", process.stdout.readline())
        key = re.fullmatch(r"key ([0-9a-f]{48})\n", process.stdout.readline())
        assert url
        assert key
        with httpx.Client(trust_env=False, headers={"X-apikey": key[1]}) as client:
            answer = client.get(f"{url[1]}/api/people/count").json()
            assert answer == {"total_entries": 30}
            process.send_signal(end)
            rest = process.stdout.read()
        assert f"CSC_TUI_URL={url[1]} CSC_TUI_API_KEY={key[1]}" in rest
        assert process.stderr.read() == ""
    assert process.returncode == 0


def test_a_parent_hands_over_a_key_and_reads_when_it_is_ready(data: Path) -> None:
    data.mkdir()
    (data / "key").write_text("the-folders-own")
    with running(data, key="from-the-parent") as server:
        assert server.ready == {"url": server.url, "people": 30, "companies": 8}
        with server.client() as client:
            assert client.get("/api/people/count").status_code == 200
            own = client.get("/api/user", headers={"X-apikey": "the-folders-own"})
            assert own.status_code == 401
    assert server.process.returncode == 0


def test_it_ends_with_its_parent_even_in_the_middle_of_a_request(data: Path) -> None:
    fault = "GET /people latency seconds=600"
    with (
        running(data, "--fault", fault) as server,
        server.client() as client,
        pytest.raises(httpx.ReadTimeout),
    ):
        client.get("/api/people", timeout=0.3)
    assert server.process.returncode == 0


def everything_kept(data: Path) -> dict[str, int]:
    return {path.name: stat.S_IMODE(path.stat().st_mode) for path in data.iterdir()}


def test_edits_stay_between_runs_and_reset_makes_the_data_anew(data: Path) -> None:
    def people(*options: str, add: bool = False) -> int:
        with running(data, *options) as server, server.client() as client:
            if add:
                client.post("/api/people", json={"person": {"name": "Neu"}})
            count: int = client.get("/api/people/count").json()["total_entries"]
            return count

    assert people(add=True) == 31
    assert people() == 31
    assert people("--people", "29") == 29
    assert people("--people", "29", add=True) == 30
    assert people("--people", "29", "--reset") == 29


def test_everything_in_the_folder_is_private(data: Path) -> None:
    with running(data) as server:
        kept = everything_kept(data)
        secrets = [(data / name).read_bytes() for name in ("nonce", "key-colleague")]
    assert len(set(secrets)) == 2
    assert {"key-colleague", "nonce", "centralstation.sqlite3"} <= set(kept)
    assert set(kept.values()) == {0o600}
    assert stat.S_IMODE(data.stat().st_mode) == 0o700
    assert server.process.returncode == 0


def test_a_head_is_its_get_without_the_body(live: Running) -> None:
    with live.client() as client:
        for path, status in (("people?perpage=1", 200), ("people/90417", 200), ("people/1", 404)):
            whole, head = (client.request(it, f"/api/{path}") for it in ("GET", "HEAD"))
            assert (whole.status_code, head.status_code, head.content) == (status, status, b"")
            assert head.headers["content-type"] == whole.headers["content-type"]
        assert client.head("/api/people", headers={"X-apikey": "wrong"}).status_code == 401


def test_the_nonce_of_the_folder_is_what_the_proof_is_made_with(live: Running) -> None:
    nonce = (live.folder / "nonce").read_bytes()
    challenge = "ab" * 16
    with live.client() as client:
        proof = client.get("/demo/proof", params={"challenge": challenge}).json()["proof"]
    assert proof == hmac.new(nonce, challenge.encode("ascii"), hashlib.sha256).hexdigest()


def test_the_colleague_has_a_key_in_the_folder(live: Running) -> None:
    key = (live.folder / "key-colleague").read_text()
    with live.client() as client:
        users = [client.get("/api/user", headers={"X-apikey": one}) for one in (live.key, key)]
    assert users[0].json()["id"] != users[1].json()["id"]


def test_limit_switches_and_faults_are_set_by_options(data: Path) -> None:
    fault = "GET /companies status status=418 count=1"
    options = ("--limit", "3", "--window", "600", "--perpage", "50", "--total-size")
    with running(data, *options, "--fault", fault) as server, server.client() as client:
        assert len(client.get("/api/people").json()) == 30
        assert client.get("/api/people/count").json() == {"total_entries": 30, "total_size": 30}
        assert client.get("/api/companies").status_code == 418
        refused = client.get("/api/companies")
        assert refused.status_code == 429
        assert 1 <= int(refused.headers["retry-after"]) <= 600


def test_a_damaged_file_is_set_aside_and_made_anew(data: Path) -> None:
    data.mkdir(mode=0o700)
    (data / "centralstation.sqlite3").write_bytes(b"no database " * 1000)
    with running(data) as server:
        assert server.ready["people"] == 30
    (aside,) = data.glob("centralstation.sqlite3.damaged-*")
    assert aside.read_bytes().startswith(b"no database")
    assert server.process.stderr is not None


@pytest.mark.parametrize("statement", ["DROP TABLE people", "PRAGMA user_version = 99"])
def test_a_file_of_another_kind_is_made_anew(data: Path, statement: str) -> None:
    with running(data):
        pass
    with sqlite3.connect(data / "centralstation.sqlite3") as db:
        db.execute(statement)
    db.close()
    with running(data) as server, server.client() as client:
        assert client.get("/api/people/count").json() == {"total_entries": 30}


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--listen", "0.0.0.0:0"), "--expose"),
        (("--listen", "192.0.2.1:80"), "--expose"),
        (("--listen", "here"), "HOST:PORT"),
        (("--listen", "127.0.0.1:99999"), "HOST:PORT"),
        (("--key-fd", "99"), "descriptor 99"),
    ],
)
def test_what_is_not_done_is_said_in_a_sentence(
    data: Path, capsys: pytest.CaptureFixture[str], options: tuple[str, ...], words: str
) -> None:
    assert main(["--data", str(data), *options]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("csc-tui demo: ")
    assert said.err.count("\n") == 1
    assert words in said.err


@pytest.mark.parametrize(
    "options",
    [
        *(("--people", "-1"), ("--people", "many"), ("--limit", "0"), ("--fault", "nonsense")),
        *(("--perpage", "30"), ("--dialect", "klingon"), ("--unknown",)),
    ],
)
def test_bad_options_end_with_2_and_one_line(
    capsys: pytest.CaptureFixture[str], options: tuple[str, ...]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(list(options))
    assert ended.value.code == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_a_port_that_is_taken(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        where = f"127.0.0.1:{taken.getsockname()[1]}"
        assert main(["--data", str(data), "--listen", where]) == 1
    assert capsys.readouterr().err == (
        f"csc-tui demo: cannot listen on {where}: Address already in use\n"
    )


def test_a_folder_that_cannot_be_used(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").touch()
    assert main(["--data", str(tmp_path / "file" / "demo")]) == 1
    said = capsys.readouterr().err
    assert said == f"csc-tui demo: {tmp_path / 'file' / 'demo'}: Not a directory\n"


def test_a_secret_that_is_a_link_is_not_followed(
    tmp_path: Path, data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data.mkdir()
    (data / "key").symlink_to(tmp_path / "elsewhere")
    assert main(["--data", str(data)]) == 1
    assert not (tmp_path / "elsewhere").exists()
    assert str(data / "key") in capsys.readouterr().err


def test_data_in_use_are_not_made_anew(data: Path) -> None:
    with running(data) as server:
        refused = run("--data", str(data), "--reset")
        assert refused.returncode == 1
        assert "another demo is running" in refused.stderr
        with running(data) as second, second.client() as client:
            assert client.get("/api/people/count").json() == {"total_entries": 30}
    assert server.process.returncode == 0


def limit_files() -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))


def test_a_full_disk_is_one_sentence_and_leaves_no_half_made_data(data: Path) -> None:
    failed = run("--data", str(data), "--people", "3000", preexec_fn=limit_files)
    assert failed.returncode == 1
    assert failed.stderr.startswith("csc-tui demo: ")
    assert failed.stderr.count("\n") == 1
    assert not list(data.glob("centralstation.sqlite3*"))


def test_a_disk_that_fills_later_is_an_error_and_not_the_end(data: Path) -> None:
    with running(data):
        pass
    size = (data / "centralstation.sqlite3").stat().st_size
    with running(data) as server, server.client() as client:
        limits = (size, resource.RLIM_INFINITY)
        resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE, limits)
        body = {"person": {"name": "Groß", "background": "x" * 1_000_000}}
        assert client.post("/api/people", json=body).status_code in (500, 507)
        assert client.get("/api/people/count").json() == {"total_entries": 30}
        assert client.get("/api/people/count").status_code == 200


def test_other_machines_are_let_in_only_on_request_and_that_is_said(data: Path) -> None:
    process = subprocess.Popen(
        [*COMMAND, "--data", str(data), "--listen", "0.0.0.0:0", "--expose"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    with process:
        assert process.stdout is not None
        assert process.stderr is not None
        port = process.stdout.readline().strip().rpartition(":")[2]
        key = process.stdout.readline().split()[1]
        with httpx.Client(trust_env=False, headers={"X-apikey": key}) as client:
            counted = client.get(f"http://127.0.0.1:{port}/api/people/count")
            named = client.get(f"http://localhost:{port}/api/people/count")
        process.terminate()
        said = process.stderr.read()
    assert counted.json() == {"total_entries": 30}
    assert named.status_code == 421
    assert said.count("\n") == 1
    assert "names and edits travel unencrypted" in said


def test_the_data_folder_is_where_xdg_says(tmp_path: Path) -> None:
    reading, writing = os.pipe()
    process = subprocess.Popen(
        [*COMMAND, "--ready-fd", str(writing)],
        pass_fds=[writing],
        env={**os.environ, "XDG_DATA_HOME": str(tmp_path)},
        stdout=subprocess.PIPE,
    )
    os.close(writing)
    with process, os.fdopen(reading) as ready:
        assert json.loads(ready.readline())["people"] == 30
        process.terminate()
    assert (tmp_path / "csc-tui" / "demo" / "centralstation.sqlite3").exists()
