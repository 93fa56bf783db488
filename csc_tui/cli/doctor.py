"""`csc-tui doctor`: what is right here and what is not, a line each."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from csc_tui.cli.exits import FAILED, OK
from csc_tui.cli.hardening import harden
from csc_tui.cli.output import put_table
from csc_tui.cli.screen import checked_settings
from csc_tui.config.account import Account
from csc_tui.config.paths import Paths
from csc_tui.config.profiles import VARIABLES, resolve
from csc_tui.config.refusal import ConfigError
from csc_tui.config.settings import VENDORS, Settings
from csc_tui.config.terminal import can_show
from csc_tui.domain.errors import CrmError
from csc_tui.words import say

GOOD, WARN, BAD = "ok", "warn", "bad"
"""How a check can end; one `bad` makes the exit code 1."""

_SMALLEST = (40, 12)
"""Columns and lines that the screen needs."""


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the report."""

    state: str
    about: str
    """What was looked at, one word."""
    finding: str


def doctor(profile: str | None, paths: Paths, env: Mapping[str, str], *, offline: bool) -> int:
    """Print the report; 1 if anything is bad. Unless `offline`, the CRM is asked once."""
    harden()
    checks = [*_program(), *_terminal(env), *_environment(env), *_folders(paths), *_store(paths)]
    settings = _settings(paths, env, checks)
    if settings is not None:
        checks += _account(settings, paths, env, profile, offline=offline)
    put_table((one.state.ljust(4), one.about, one.finding) for one in checks)
    return FAILED if any(one.state == BAD for one in checks) else OK


def _program() -> Iterator[Check]:
    """Python, toolkit."""
    from importlib.metadata import PackageNotFoundError, version

    yield Check(GOOD, "python", f"{sys.version.split()[0]} ({sys.executable})")
    for package in ("textual", "httpx"):
        try:
            yield Check(GOOD, package, version(package))
        except PackageNotFoundError:
            yield Check(BAD, package, say("doctor.missing-package"))


def _terminal(env: Mapping[str, str]) -> Iterator[Check]:
    """What the terminal says of itself, and whether it can show every name."""
    import codecs
    import locale

    named = [f"{name}={env[name]}" for name in ("TERM", "COLORTERM", "NO_COLOR") if env.get(name)]
    named += [name for name in ("TMUX", "STY", "SSH_CONNECTION") if env.get(name)]
    fit = can_show(env)
    finding = " ".join(named) if fit else say("doctor.unfit")
    yield Check(GOOD if fit else WARN, "terminal", finding)
    encoding = locale.getencoding()
    wide = codecs.lookup(encoding).name == "utf-8"
    finding = encoding if wide else say("doctor.not-utf8", encoding=encoding)
    yield Check(GOOD if wide else WARN, "locale", finding)
    if sys.stdout.isatty():
        columns, lines = os.get_terminal_size(sys.stdout.fileno())
        small = columns < _SMALLEST[0] or lines < _SMALLEST[1]
        yield Check(WARN if small else GOOD, "size", f"{columns}x{lines}")


def _environment(env: Mapping[str, str]) -> Iterator[Check]:
    """Variables that look like ours but mean nothing."""
    known = ", ".join(VARIABLES)
    for name in sorted(env):
        if name.startswith("CSC_TUI_") and name not in VARIABLES:
            finding = say("doctor.unknown-variable", name=name, known=known)
            yield Check(WARN, "environment", finding)


def _folders(paths: Paths) -> Iterator[Check]:
    """The four folders: whose they are and who else may enter."""
    for kind in ("config", "data", "state", "cache"):
        folder: Path = getattr(paths, kind)
        try:
            status = folder.stat()
        except FileNotFoundError:
            yield Check(GOOD, kind, say("doctor.folder-later", folder=folder))
            continue
        except OSError as error:
            yield Check(BAD, kind, say("config.folder-failed", folder=folder, why=error.strerror))
            continue
        if status.st_uid != os.geteuid():
            yield Check(BAD, kind, say("config.folder-not-yours", folder=folder))
        elif status.st_mode & 0o022:
            yield Check(BAD, kind, say("config.folder-writable", folder=folder))
        else:
            open_to_others = status.st_mode & 0o077
            finding = f"{folder} ({status.st_mode & 0o777:04o})"
            yield Check(WARN if open_to_others else GOOD, kind, finding)


def _store(paths: Paths) -> Iterator[Check]:
    """The database's library, and what kind of disk it works on."""
    from csc_tui.store.engine import engine
    from csc_tui.store.filesystem import network_kind

    version, full_text = engine()
    finding = version if full_text else say("doctor.no-fts5", version=version)
    yield Check(GOOD if full_text else BAD, "sqlite", finding)
    kind = network_kind(paths.cache)
    finding = say("doctor.network-disk", kind=kind) if kind else say("doctor.local-disk")
    yield Check(WARN if kind else GOOD, "disk", finding)


def _settings(paths: Paths, env: Mapping[str, str], checks: list[Check]) -> Settings | None:
    """The settings, None if they cannot be used; broken themes are named."""
    from csc_tui.config.theme import load_themes

    try:
        settings, _ = checked_settings(paths, env, None)
    except ConfigError as error:
        checks.append(Check(BAD, "settings", str(error)))
        return None
    there = paths.config_file.exists()
    finding = str(paths.config_file) if there else say("doctor.no-settings")
    checks.append(Check(GOOD, "settings", finding))
    checks += (Check(WARN, "theme", sentence) for sentence in load_themes(paths)[1])
    return settings


def _account(
    settings: Settings,
    paths: Paths,
    env: Mapping[str, str],
    profile: str | None,
    *,
    offline: bool,
) -> Iterable[Check]:
    """The account that would open: where, with what key (never the key itself), over what line."""
    from csc_tui.http.origin import shown_proxy

    try:
        account = resolve(settings, paths, env, profile=profile)
        if account is None:
            return [Check(WARN, "profile", say("cli.profiles.none"))]
    except ConfigError as error:
        return [Check(BAD, "profile", str(error))]
    proxy = account.line.proxy
    checks = [
        Check(GOOD, "profile", f"{account.name} {account.url} {account.backend}"),
        Check(GOOD, "key", say(f"doctor.key-{account.key_source}")),
        Check(GOOD, "proxy", shown_proxy(proxy) if proxy else say("doctor.no-proxy")),
        *_trust(account),
    ]
    return checks if offline else [*checks, _reachable(account)]


def _trust(account: Account) -> Iterator[Check]:
    """Which certificate authorities count."""
    import ssl

    if account.url.startswith("http://"):
        yield Check(GOOD, "trust", say("doctor.no-tls"))
        return
    places = ssl.get_default_verify_paths()
    found = [place for place in (places.cafile, places.capath) if place]
    own = [str(account.line.ca_file)] if account.line.ca_file else []
    finding = ", ".join((*found, *own)) or say("doctor.no-trust")
    yield Check(GOOD if found or own else BAD, "trust", f"{ssl.OPENSSL_VERSION}; {finding}")


def _reachable(account: Account) -> Check:
    """One request with the key."""
    from csc_tui.sentences import explain
    from csc_tui.session import check_login

    try:
        user = asyncio.run(check_login(account))
    except CrmError as error:
        return Check(BAD, "answer", explain(error, crm=VENDORS[account.backend]))
    return Check(GOOD, "answer", say("doctor.connected", user=user))
