"""Commands that work on an account: from the options to a desk, and down again."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Callable, Coroutine, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from csc_tui.cli.hardening import harden
from csc_tui.config.profiles import resolve
from csc_tui.config.refusal import ConfigError, FileError
from csc_tui.config.settings import load_settings

if TYPE_CHECKING:
    import argparse

    from csc_tui.config.account import Account
    from csc_tui.config.paths import Paths
    from csc_tui.domain.filter import Filter
    from csc_tui.domain.query import Query
    from csc_tui.domain.resource import Resource
    from csc_tui.services.desk import Desk
    from csc_tui.services.layout import Tab

Work = Callable[["Desk", "argparse.Namespace"], Coroutine[None, None, int]]
"""What a command does with the account; gives the exit code."""


def at_desk(
    work: Callable[[], Work],
    found: argparse.Namespace,
    paths: Paths,
    env: Mapping[str, str],
    *,
    reads_only: bool = False,
) -> int:
    """Open the account that command line, environment or file name, work, close it.

    `work` imports what is to be done, once a desk is there. ConfigError where no account is
    named; CrmError as the work raises it.
    """
    harden()
    account = account_of(found, paths, env)
    return asyncio.run(_run(work, found, account, paths, reads_only))


def account_of(found: argparse.Namespace, paths: Paths, env: Mapping[str, str]) -> Account:
    """The account that is meant. ConfigError where none is named, or it cannot be used."""
    settings = load_settings(paths)
    account = resolve(settings, paths, env, profile=found.profile, read_only=found.read_only)
    if account is None:
        raise ConfigError("cli.no-account")
    return account


async def _run(
    work: Callable[[], Work],
    found: argparse.Namespace,
    account: Account,
    paths: Paths,
    reads_only: bool,
) -> int:
    from csc_tui.services.patience import patiently
    from csc_tui.session import headless_desk

    first = partial(_first, found)
    async with headless_desk(account, paths, reads_only=reads_only, first=first) as desk:
        doing = work()(desk, found)
        gc.freeze()  # what was imported stays: no collection need look through it
        gc.enable()
        return await (patiently(desk, doing) if reads_only else _kept(doing))


async def _kept(doing: Coroutine[None, None, int]) -> int:
    """Work that needs the outbox. FileError where its file cannot be used."""
    from csc_tui.store.edits_thread import OutboxUnusableError

    try:
        return await doing
    except OutboxUnusableError:
        raise FileError("cli.not-queued") from None


def _first(found: argparse.Namespace, tabs: Sequence[Tab]) -> Query | None:
    """The list that `csc-tui list` begins with, where the last start has kept what tells it."""
    if found.command != "list" or found.filter or found.sort or found.columns or found.offline:
        return None
    from csc_tui.domain.query import Query

    meant = (tab for tab in tabs if _is_called(tab, found.resource))
    return next((Query(tab.name, tab.sorts[0].sort) for tab in meant if tab.sorts), None)


def resource_of(desk: Desk, name: str) -> Resource:
    """The resource that is meant, by its name or by what one of it is called. ConfigError."""
    for tab in desk.tabs:
        if _is_called(tab, name):
            return desk.resources[tab.name]
    for one in desk.resources.values():
        if name.casefold() in one.also:
            return one
    raise ConfigError("cli.no-resource", name=name, known=", ".join(desk.resources))


def _is_called(one: Tab, name: str) -> bool:
    return name.casefold() in (one.name, one.one, one.many, one.title.casefold())


def query_of(resource: Resource, sort: str | None) -> Query:
    """The list of a resource in the order that was asked for, else in that of its tab.

    It may be one that only this program makes. ConfigError for one that there is not.
    """
    from csc_tui.domain.query import Query

    if sort is None and not resource.views:
        return Query(resource.name, resource.sorts[0].sort)
    from csc_tui.domain.ordering import find_order, order_name, orders_of

    options = [*resource.sorts, *orders_of(resource.columns, resource.sorts)]
    found = find_order(options, sort if sort is not None else resource.views[0].sort)
    if found is None:
        known = ", ".join(order_name(one.sort) for one in options)
        raise ConfigError("cli.no-sort", name=sort, known=known)
    return Query(resource.name, found.sort)


async def filter_of(
    desk: Desk, resource: Resource, typed: Sequence[str], *, offline: bool = False
) -> Filter | None:
    """The filter that the arguments mean, None for none.

    ConfigError for one that cannot be read; CrmError where what it needs cannot be had.
    """
    if not typed:
        return None
    from csc_tui.domain.dates import Here
    from csc_tui.domain.filter_text import FilterError, joined
    from csc_tui.services.filtering import read_filter

    try:
        return await read_filter(
            desk,
            resource.name,
            joined(typed),
            zone=Here(),
            offline=offline,
        )
    except FilterError as error:
        raise ConfigError("cli.words", why=error.words()) from None
