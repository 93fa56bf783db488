"""`csc-tui login`: address and key are asked for, tried with one request, and only then saved."""

from __future__ import annotations

import asyncio
import re
import sys
from collections.abc import Mapping

from csc_tui.cli.exits import OK, code_of
from csc_tui.cli.hardening import harden
from csc_tui.cli.output import complain, put
from csc_tui.config.account import Account
from csc_tui.config.config_file import save_profile
from csc_tui.config.files import ensure_folder
from csc_tui.config.keys import likely
from csc_tui.config.origin import origin_of
from csc_tui.config.paths import Paths
from csc_tui.config.profiles import backend_of, line_of_profile
from csc_tui.config.refusal import ConfigError
from csc_tui.config.secrets import Secret, demo_nonce, remove_key, save_key
from csc_tui.config.settings import (
    NAME,
    VENDORS,
    Profile,
    Settings,
    check_name,
    load_settings,
)
from csc_tui.domain.errors import CrmError
from csc_tui.glyphs import harmless
from csc_tui.http.origin import Origin
from csc_tui.sentences import explain_login
from csc_tui.words import say


def login(
    name: str | None, paths: Paths, env: Mapping[str, str], backend: str | None = None
) -> int:
    """Ask, try, save. Nothing is written unless the CRM has said yes.

    Questions are asked on the terminal; where stdin is none, its lines are address, key and (if
    `name` is None) name. Which CRM it is tells `backend`, else the environment, else the profile
    of that name, else who answers.
    """
    harden()
    settings = load_settings(paths)
    if name is not None:
        check_name(name)
    kept = settings.profiles.get(name or "", Profile())
    address = _ask(say("cli.login.ask-url"), kept.url)
    origin = origin_of(address, keep_path=False)
    secret = Secret(_ask_hidden(say("cli.login.ask-key")))
    if name is None:
        name = check_name(_ask(say("cli.login.ask-name"), suggested_name(origin, settings)))
        kept = settings.profiles.get(name, kept)
    account = account_to_try(name, kept, origin, secret, paths, env)
    said = backend or backend_of(env)
    said = said or (kept.backend if name in settings.profiles else None)
    from csc_tui.session import recognise

    try:
        backends = (said,) if said else likely(secret)
        account, user = asyncio.run(recognise(account, backends))
    except CrmError as error:
        crm = VENDORS[said] if said else ""
        complain(f"{explain_login(error, crm=crm)} {say('cli.login.unsaved')}")
        return code_of(error)
    save_login(paths, account, origin)
    put(say("cli.login.saved", user=user, name=name))
    return OK


def account_to_try(
    name: str,
    kept: Profile,
    origin: Origin,
    secret: Secret,
    paths: Paths,
    env: Mapping[str, str],
) -> Account:
    """The account that was typed; `kept` is the profile of that name, for its CRM and line.

    A key that is typed for plain http can only be a demo's. ConfigError as `line_of_profile`.
    """
    return Account(
        name=name,
        folder_id=name,
        backend=kept.backend,
        url=origin.url,
        secret=secret,
        key_source="file",
        fill=0,
        demo=origin.scheme == "http",
        nonce=demo_nonce(paths, secret, origin),
        line=line_of_profile(name, kept, origin, paths, env),
    )


def save_login(paths: Paths, account: Account, origin: Origin) -> None:
    """Write key file and profile of an account that has been tried; FileError if neither can be.

    A profile that fetched its key by a command uses the key that was typed from now on.
    """
    ensure_folder(paths.config)
    before = paths.key_file(account.name).exists()
    save_key(paths, account.name, account.secret, origin)
    try:
        save_profile(
            paths,
            account.name,
            {
                "backend": account.backend,
                "url": origin.url,
                "demo": account.demo or None,
                "key_command": None,
            },
        )
    except ConfigError:
        if not before:
            remove_key(paths, account.name)
        raise


def suggested_name(origin: Origin, settings: Settings) -> str:
    """A name for a new profile: the first part of the host, or `demo`, with a number if taken."""
    word = "demo" if origin.loopback else origin.host.partition(".")[0]
    word = re.sub(r"[^a-z0-9-]", "", word).strip("-")[:28]
    if not NAME.fullmatch(word):
        word = "crm"
    taken = (f"{word}{number}" for number in ("", *range(2, 1000)))
    return next(one for one in taken if one not in settings.profiles)


def _ask(question: str, suggestion: str = "") -> str:
    """One line from the user; an empty one is the suggestion."""
    shown = f"{question} [{suggestion}]: " if suggestion else f"{question}: "
    if not sys.stdin.isatty():
        return sys.stdin.readline().strip() or suggestion
    try:
        # Asked by a call of its own: a ctrl+c just after `input` has written would be overlooked.
        print(harmless(shown), end="", flush=True)
        return input().strip() or suggestion
    except EOFError:
        raise ConfigError("cli.login.ended") from None


def _ask_hidden(question: str) -> str:
    """One line that is not shown while it is typed."""
    if not sys.stdin.isatty():
        return sys.stdin.readline()
    from getpass import getpass

    try:
        return getpass(f"{question}: ")
    except EOFError:
        raise ConfigError("cli.login.ended") from None
