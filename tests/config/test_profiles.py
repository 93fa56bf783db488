from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from csc_tui.config.account import Account
from csc_tui.config.origin import origin_of
from csc_tui.config.paths import Paths
from csc_tui.config.profiles import resolve
from csc_tui.config.refusal import ConfigError
from csc_tui.config.secrets import Secret, save_key
from csc_tui.config.settings import load_settings

Write = Callable[[str], Path]
ACME = "https://acme.centralstationcrm.net"
TWO = f"""
default_profile = "acme"

[profiles.acme]
url = "{ACME}"

[profiles.brandt]
url = "https://brandt.centralstationcrm.net"
read_only = true
fill = 10
proxy = "http://proxy.example:3128"
"""
BY_ENVIRONMENT = {"CSC_TUI_URL": "https://other.example", "CSC_TUI_API_KEY": "k3y"}


@pytest.fixture
def two(paths: Paths, write_config: Write) -> Paths:
    """Two profiles with their keys."""
    write_config(TWO)
    save_key(paths, "acme", Secret("acme-key"), origin_of(ACME))
    save_key(
        paths, "brandt", Secret("brandt-key"), origin_of("https://brandt.centralstationcrm.net")
    )
    return paths


def opened(paths: Paths, env: dict[str, str] | None = None, **said: object) -> Account:
    account = resolve(load_settings(paths), paths, env or {}, **said)  # type: ignore[arg-type]
    assert account is not None
    return account


def test_without_any_profile_there_is_no_account(paths: Paths) -> None:
    assert resolve(load_settings(paths), paths, {}) is None


def test_the_default_profile_opens_with_its_own_key(two: Paths) -> None:
    account = opened(two)

    assert (account.name, account.folder_id) == ("acme", "acme")
    assert account.url == ACME
    assert account.secret.reveal() == "acme-key"
    assert account.key_source == "file"
    assert (account.read_only, account.fill, account.line.proxy) == (False, 25_000, None)


def test_the_environment_beats_the_file_and_the_command_line_beats_both(two: Paths) -> None:
    assert opened(two, {"CSC_TUI_PROFILE": "brandt"}).name == "brandt"
    assert opened(two, {"CSC_TUI_PROFILE": "brandt"}, profile="acme").name == "acme"
    assert opened(two, BY_ENVIRONMENT, profile="acme").secret.reveal() == "acme-key"

    brandt = opened(two, profile="brandt")
    assert (brandt.read_only, brandt.fill) == (True, 10)
    assert brandt.line.proxy == "http://proxy.example:3128"

    said = {"CSC_TUI_READ_ONLY": "0", "CSC_TUI_FILL": "3"}
    assert not opened(two, said, profile="brandt").read_only
    assert opened(two, said, profile="brandt", read_only=True).read_only
    assert opened(two, said).fill == 3
    assert opened(two, {"CSC_TUI_READ_ONLY": "1"}).read_only


def test_url_and_key_of_the_environment_need_no_profile(paths: Paths) -> None:
    account = opened(paths, BY_ENVIRONMENT)

    assert account.name == "other.example"
    assert account.folder_id == "env.centralstation.https_other.example.a49b1287"
    assert account.url == "https://other.example"
    assert account.secret.reveal() == "k3y"
    assert account.key_source == "environment"


def test_accounts_of_the_environment_keep_apart_by_key_and_address(paths: Paths) -> None:
    one = opened(paths, BY_ENVIRONMENT)
    other_key = opened(paths, BY_ENVIRONMENT | {"CSC_TUI_API_KEY": "other"})
    other_port = opened(paths, BY_ENVIRONMENT | {"CSC_TUI_URL": "https://other.example:8443"})

    assert len({one.folder_id, other_key.folder_id, other_port.folder_id}) == 3


def test_a_profile_keeps_its_data_when_the_environment_brings_another_key(two: Paths) -> None:
    said = {"CSC_TUI_PROFILE": "acme", "CSC_TUI_URL": f"{ACME}/api", "CSC_TUI_API_KEY": "new"}
    account = opened(two, said)

    assert (account.name, account.folder_id, account.url) == ("acme", "acme", ACME)
    assert account.secret.reveal() == "new"


def test_a_profile_lends_no_data_to_another_address_but_its_read_only(two: Paths) -> None:
    account = opened(two, BY_ENVIRONMENT | {"CSC_TUI_PROFILE": "brandt"})

    assert account.name == "other.example"
    assert account.folder_id.startswith("env.")
    assert account.line.proxy is None
    assert account.read_only


@pytest.mark.parametrize("profile", [None, "acme"])
def test_a_url_without_its_own_key_is_refused(two: Paths, profile: str | None) -> None:
    with pytest.raises(ConfigError, match="CSC_TUI_URL is set without CSC_TUI_API_KEY") as caught:
        opened(two, {"CSC_TUI_URL": "https://evil.example"}, profile=profile)

    assert caught.value.code == 2


def test_a_key_without_its_own_url_is_refused(two: Paths) -> None:
    with pytest.raises(ConfigError, match="CSC_TUI_API_KEY is set without CSC_TUI_URL"):
        opened(two, {"CSC_TUI_API_KEY": "k3y"})


def test_a_saved_key_goes_only_to_the_address_it_was_saved_for(
    two: Paths, write_config: Write
) -> None:
    write_config(TWO.replace(ACME, "https://evil.example"))

    with pytest.raises(ConfigError, match=f"was saved for {ACME}, but its address is now"):
        opened(two)


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("CSC_TUI_URL", "http://crm.example", "https://"),
        ("CSC_TUI_URL", "http://127.0.0.1.example.com", "https://"),
        ("CSC_TUI_URL", "ftp://crm.example", "https://"),
        ("CSC_TUI_URL", "https://", "is not an address"),
        ("CSC_TUI_URL", "https://a b", "is not an address"),
        ("CSC_TUI_URL", "https://crm.example:port", "is not an address"),
        ("CSC_TUI_URL", "https://me:pass@crm.example", "user name or password"),
        ("CSC_TUI_API_KEY", "a b", "cannot be an API key"),
        ("CSC_TUI_API_KEY", "a\r\nX-Evil: 1", "cannot be an API key"),
        ("CSC_TUI_API_KEY", "  ", "is empty"),
        ("CSC_TUI_BACKEND", "salesforce", "must be one of: centralstation, concord"),
        ("CSC_TUI_READ_ONLY", "maybe", "must be 1 or 0"),
        ("CSC_TUI_FILL", "-1", "must be a whole number"),
        ("CSC_TUI_FILL", "²", "must be a whole number"),
        ("CSC_TUI_FILL", "9" * 5000, "must be a whole number"),
        ("CSC_TUI_PROFILE", "nobody", "There is no profile nobody"),
        ("CSC_TUI_PROFILE", "../../etc", "cannot be a profile’s name"),
    ],
)
def test_a_bad_value_of_the_environment_is_named(
    paths: Paths, name: str, value: str, words: str
) -> None:
    with pytest.raises(ConfigError) as caught:
        opened(paths, BY_ENVIRONMENT | {name: value})

    assert words in str(caught.value)
    assert "pass@" not in str(caught.value)
    assert "\n" not in str(caught.value)
    assert caught.value.code == 2


@pytest.mark.parametrize("url", ["http://127.0.0.1:8080", "http://localhost:80/", "http://[::1]:9"])
def test_loopback_needs_no_tls_where_the_environment_gives_url_and_key(
    paths: Paths, url: str
) -> None:
    account = opened(paths, BY_ENVIRONMENT | {"CSC_TUI_URL": url, "HTTP_PROXY": "http://p:1"})

    assert account.url.startswith("http://")
    assert account.line.proxy is None


def test_a_saved_key_is_not_sent_over_plain_http_to_loopback_either(
    paths: Paths, write_config: Write
) -> None:
    plain = '[profiles.here]\nurl = "http://127.0.0.1:8080"\n'
    write_config(plain)
    save_key(paths, "here", Secret("real"), origin_of("http://127.0.0.1:8080"))

    with pytest.raises(ConfigError, match=r"not sent over plain http.* https://"):
        opened(paths)

    write_config(f"{plain}demo = true\n")
    assert opened(paths).demo


def test_the_proxy_of_the_environment_is_used_where_the_profile_names_none(two: Paths) -> None:
    said = {"https_proxy": "http://p.example:8080"}

    assert opened(two, said).line.proxy == "http://p.example:8080"
    assert opened(two, said | {"no_proxy": ".centralstationcrm.net"}).line.proxy is None
    assert opened(two, said, profile="brandt").line.proxy == "http://proxy.example:3128"


def test_several_profiles_without_a_default_ask_which(two: Paths, write_config: Write) -> None:
    write_config(TWO.replace('default_profile = "acme"', ""))

    with pytest.raises(ConfigError, match=r"none is the default: acme, brandt\. Say --profile"):
        opened(two)


def test_a_single_profile_needs_no_default(paths: Paths, write_config: Write) -> None:
    write_config(f'[profiles.only]\nurl = "{ACME}"\n')
    save_key(paths, "only", Secret("k"), origin_of(ACME))

    assert opened(paths).name == "only"


def test_a_profile_without_a_key_says_how_to_get_one(paths: Paths, write_config: Write) -> None:
    write_config(f'[profiles.only]\nurl = "{ACME}"\n')

    with pytest.raises(ConfigError, match="Run: csc-tui login only"):
        opened(paths)


def test_a_profile_opened_as_another_crm_keeps_its_data_apart(two: Paths) -> None:
    account = opened(two, {"CSC_TUI_BACKEND": "concord"})

    assert (account.name, account.backend, account.folder_id) == ("acme", "concord", "acme.concord")


def test_an_unknown_profile_is_told_with_those_there_are(two: Paths) -> None:
    with pytest.raises(ConfigError, match=r"no profile nobody\. Known: acme, brandt\."):
        opened(two, profile="nobody")


def test_certificate_files_must_be_there_and_nobody_elses(
    paths: Paths, write_config: Write
) -> None:
    write_config(f'[profiles.only]\nurl = "{ACME}"\nca_file = "ca.pem"\n')
    save_key(paths, "only", Secret("k"), origin_of(ACME))
    with pytest.raises(ConfigError, match=r"ca_file .*ca\.pem cannot be read: No such file"):
        opened(paths)

    (paths.config / "ca.pem").write_text("PEM")
    (paths.config / "ca.pem").chmod(0o666)
    with pytest.raises(ConfigError, match="only you or root can change"):
        opened(paths)

    (paths.config / "ca.pem").chmod(0o644)
    assert opened(paths).line.ca_file == paths.config / "ca.pem"


@pytest.mark.parametrize("named", ["~nobody-of-that-name/ca.pem", r"ca\u0000.pem"])
def test_a_certificate_file_of_a_name_that_cannot_be_is_a_sentence(
    paths: Paths, write_config: Write, named: str
) -> None:
    write_config(f'[profiles.only]\nurl = "{ACME}"\nca_file = "{named}"\n')
    save_key(paths, "only", Secret("k"), origin_of(ACME))
    with pytest.raises(ConfigError, match=r"ca_file .* cannot be read"):
        opened(paths)


def test_the_current_directory_is_never_read(
    paths: Paths, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "config.toml").write_text('[profiles.evil]\nurl = "https://evil.example"\n')
    (tmp_path / ".env").write_text("CSC_TUI_URL=https://evil.example\nCSC_TUI_API_KEY=k\n")
    monkeypatch.chdir(tmp_path)

    assert resolve(load_settings(paths), paths, {}) is None


def test_neither_account_nor_error_shows_the_key(two: Paths) -> None:
    account = opened(two)

    assert "acme-key" not in repr(account)
    assert "acme-key" not in f"{account} {account.secret} {account.secret!r} {vars(type(account))}"
    assert "***" in repr(account)
