"""From file, environment and command line to the one account that is to be opened."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from csc_tui.config.account import Account, Line, environment_folder
from csc_tui.config.files import reason
from csc_tui.config.origin import origin_of
from csc_tui.config.paths import Paths
from csc_tui.config.refusal import ConfigError
from csc_tui.config.secrets import KEY_VARIABLE, Secret, demo_nonce, read_key, run_key_command
from csc_tui.config.settings import BACKENDS, MOST_FILLED, Profile, Settings, check_name
from csc_tui.http.origin import Origin, UrlError, parse_proxy, proxy_for

VARIABLES = (
    "CSC_TUI_PROFILE",
    "CSC_TUI_BACKEND",
    "CSC_TUI_URL",
    KEY_VARIABLE,
    "CSC_TUI_READ_ONLY",
    "CSC_TUI_FILL",
)
"""Every variable of the environment that names an account or how it is used."""


class Overrides(NamedTuple):
    """What the environment says, checked; None where it says nothing."""

    profile: str | None
    backend: str | None
    url: Origin | None
    """Set exactly if `secret` is."""
    secret: Secret | None
    read_only: bool | None
    fill: int | None

    @classmethod
    def of(cls, env: Mapping[str, str]) -> Overrides:
        """Read `env`; an empty variable counts as unset.

        ConfigError for a bad value, and where URL and key do not come together: a key goes only
        to the address it was given for.
        """
        url, key = env.get("CSC_TUI_URL", ""), env.get(KEY_VARIABLE, "")
        if url and not key:
            raise ConfigError("config.env-url-alone")
        if key and not url:
            raise ConfigError("config.env-key-alone")
        return cls(
            profile=env.get("CSC_TUI_PROFILE") or None,
            backend=backend_of(env),
            url=origin_of(url) if url else None,
            secret=Secret(key) if key else None,
            read_only=read_only_of(env),
            fill=fill_of(env),
        )


def backend_of(env: Mapping[str, str]) -> str | None:
    """CSC_TUI_BACKEND, None if unset; ConfigError for a CRM that is not known."""
    backend = env.get("CSC_TUI_BACKEND") or None
    if backend is not None and backend not in BACKENDS:
        raise ConfigError("config.env-backend", value=backend, choices=", ".join(BACKENDS))
    return backend


def read_only_of(env: Mapping[str, str]) -> bool | None:
    """CSC_TUI_READ_ONLY, None if unset; ConfigError unless it is 1 or 0."""
    text = env.get("CSC_TUI_READ_ONLY", "")
    if text not in ("", "0", "1"):
        raise ConfigError("config.env-switch", variable="CSC_TUI_READ_ONLY", value=text)
    return text == "1" if text else None


def fill_of(env: Mapping[str, str]) -> int | None:
    """CSC_TUI_FILL, None if unset; ConfigError if it is no number or too large."""
    text = env.get("CSC_TUI_FILL", "")
    if not text:
        return None
    if not (text.isascii() and text.isdigit()) or len(text) > 9 or int(text) > MOST_FILLED:
        facts = {"variable": "CSC_TUI_FILL", "value": text, "high": MOST_FILLED}
        raise ConfigError("config.env-number", **facts)
    return int(text)


def chosen_profile(settings: Settings, named: str | None) -> str | None:
    """The profile to open: `named` by command line or environment, the default, or the only one.

    None if there is no profile at all; ConfigError if there is none of that name, or if several
    are there and none is the default.
    """
    name = named or settings.default_profile
    if name:
        if check_name(name) not in settings.profiles:
            raise unknown_profile(settings, name)
        return name
    if len(settings.profiles) > 1:
        raise ConfigError("config.profile-which", known=", ".join(settings.profiles))
    return next(iter(settings.profiles), None)


def unknown_profile(settings: Settings, name: str) -> ConfigError:
    """The error that there is no profile `name`, with those there are."""
    if not settings.profiles:
        return ConfigError("config.profile-none", name=name)
    return ConfigError("config.profile-unknown", name=name, known=", ".join(settings.profiles))


def resolve(
    settings: Settings,
    paths: Paths,
    env: Mapping[str, str],
    *,
    profile: str | None = None,
    read_only: bool = False,
) -> Account | None:
    """The account that file, environment and command line (`profile`, `read_only`) name.

    None if nothing names one: the welcome screen's case. ConfigError (one line, exit 2) for
    anything that cannot be used. May run the profile's `key_command`.
    """
    said = Overrides.of(env)
    if not profile and (account := _from_environment(settings, paths, env, said, read_only)):
        return account
    name = chosen_profile(settings, profile or said.profile)
    if name is None:
        return None
    kept = settings.profiles[name]
    origin = profile_origin(name, kept)
    secret, source = _key_of(name, kept, origin, paths, env)
    backend = said.backend or kept.backend
    return Account(
        name=name,
        folder_id=name if backend == kept.backend else f"{name}.{backend}",
        backend=backend,
        url=origin.url,
        secret=secret,
        key_source=source,
        fill=_first(said.fill, kept.fill, settings.fill),
        read_only=read_only or bool(_first(said.read_only, kept.read_only)),
        demo=kept.demo,
        nonce=demo_nonce(paths, secret, origin),
        line=line_of_profile(name, kept, origin, paths, env),
    )


def _from_environment(
    settings: Settings,
    paths: Paths,
    env: Mapping[str, str],
    said: Overrides,
    read_only: bool,
) -> Account | None:
    """The account whose URL and key the environment gives, None if it does not.

    A profile that CSC_TUI_PROFILE names beside them keeps its name, data and line if the address
    is its own; for another address it lends nothing but its `read_only` and `fill`.
    """
    origin, secret = said.url, said.secret
    if origin is None or secret is None:
        return None
    name = chosen_profile(settings, said.profile) if said.profile else None
    kept = settings.profiles[name] if name else Profile()
    same = name is not None and origin_of(kept.url) == origin
    backend = said.backend or kept.backend
    mine = name if same and backend == kept.backend else None
    return Account(
        name=mine or origin.netloc,
        folder_id=mine or environment_folder(backend, origin.url, secret),
        backend=backend,
        url=origin.url,
        secret=secret,
        key_source="environment",
        fill=_first(said.fill, kept.fill, settings.fill),
        read_only=read_only or bool(_first(said.read_only, kept.read_only)),
        demo=same and kept.demo,
        nonce=demo_nonce(paths, secret, origin),
        line=line_of_profile(name or "", kept if same else Profile(), origin, paths, env),
    )


def _first(*values: int | None) -> int:
    """The first of `values` that is set."""
    return next(value for value in values if value is not None)


def profile_origin(name: str, profile: Profile) -> Origin:
    """The profile's origin.

    ConfigError if its address is bad, or plain http for a real CRM's key, loopback included:
    another program of this host could have taken the port.
    """
    origin = origin_of(profile.url)
    if origin.scheme == "http" and not profile.demo:
        raise ConfigError("config.profile-http", name=name, host=origin.netloc)
    return origin


def _key_of(
    name: str, profile: Profile, origin: Origin, paths: Paths, env: Mapping[str, str]
) -> tuple[Secret, str]:
    """The profile's key and where it came from; ConfigError if there is none."""
    if profile.key_command:
        return run_key_command(profile.key_command, name, paths, env), "command"
    secret = read_key(paths, name, origin)
    if secret is None:
        raise ConfigError("config.key-missing", name=name)
    return secret, "file"


def line_of_profile(
    name: str, profile: Profile, origin: Origin, paths: Paths, env: Mapping[str, str]
) -> Line:
    """The profile's certificates and proxy; ConfigError if a file is not there or not safe.

    A profile that names no proxy takes the environment's.
    """
    proxy = profile.proxy if profile.proxy != "none" else None
    if proxy == "":
        proxy = proxy_for(origin, env)
    return Line(
        ca_file=_pem(name, "ca_file", profile.ca_file, paths),
        client_cert=_pem(name, "client_cert", profile.client_cert, paths),
        client_key=_pem(name, "client_key", profile.client_key, paths),
        proxy=_proxy(proxy) if proxy and not origin.loopback else None,
    )


def _proxy(address: str) -> str:
    """A proxy's address; ConfigError if it is none that can be used."""
    try:
        return parse_proxy(address)
    except UrlError as error:
        raise ConfigError("config.proxy-bad", proxy=error.text) from None


def _pem(name: str, setting: str, value: str, paths: Paths) -> Path | None:
    """The absolute path of a certificate file (relative: to the config folder), None if unset.

    It must be a plain file that only the user or root can change.
    """
    if not value:
        return None
    path = paths.config / os.path.expanduser(value)  # `Path` raises for a user who is not there
    try:
        status = os.stat(path)
    except (OSError, ValueError) as error:
        raise ConfigError(
            "config.pem-failed", name=name, setting=setting, path=path, why=reason(error)
        ) from None
    if not path.is_file() or status.st_uid not in (0, os.geteuid()) or status.st_mode & 0o022:
        raise ConfigError("config.pem-unsafe", name=name, setting=setting, path=path)
    return path
