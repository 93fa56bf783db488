"""`csc-tui sync`: the account, or a part of it, into the local store."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime
from time import monotonic
from typing import TYPE_CHECKING, Any

from csc_tui.cli.at_desk import filter_of
from csc_tui.cli.exits import FAILED, OK
from csc_tui.cli.hardening import harden
from csc_tui.cli.output import complain, put, put_json
from csc_tui.config.profiles import resolve
from csc_tui.config.refusal import ConfigError
from csc_tui.config.settings import load_settings
from csc_tui.domain.query import Query
from csc_tui.domain.typed import BadValue, typed_date
from csc_tui.services.sync_words import forecast, result, share
from csc_tui.words import say

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from csc_tui.config.account import Account
    from csc_tui.config.paths import Paths
    from csc_tui.services.desk import Desk
    from csc_tui.services.sync import Plan

TOLD = 0.25
"""Seconds between two lines of progress, on a terminal."""


def sync(found: argparse.Namespace, paths: Paths, env: Mapping[str, str]) -> int:
    """Say what it will cost, do it, say what came of it; what broke off goes on the next time.

    ConfigError for what cannot be asked, CrmError where the CRM could not be.
    """
    harden()
    account = resolve(load_settings(paths), paths, env, profile=found.profile)
    if account is None:
        raise ConfigError("cli.no-account")
    return asyncio.run(_sync(found, account, paths))


async def _sync(found: argparse.Namespace, account: Account, paths: Paths) -> int:
    from csc_tui.session import headless_desk

    since = _since(found.since)
    async with headless_desk(account, paths) as desk:
        queries = _queries(desk, found.resource, found.tag, since)
        for notice in desk.store.notices:
            complain(say(notice.key, **notice.params))
        if desk.store.in_memory:
            return FAILED
        if found.matching:
            queries = [await _narrowed(desk, query, found.matching) for query in queries]
        plans = await desk.sync.plan(queries, whole=found.whole)
        for plan in plans:
            put(forecast(plan, desk.resources[plan.query.resource].many), sys.stderr)
        if found.forecast:
            if found.json:
                put_json([_packed(plan) for plan in plans])
            return OK
        try:
            with _told(desk):
                outcomes = await desk.sync.run(plans)
        except asyncio.CancelledError:
            complain(say("cli.sync.stopped"))
            raise
    if found.json:
        put_json([asdict(one) for one in outcomes])
    else:
        for one in outcomes:
            put(result(one, desk.resources[one.resource].many))
    return OK if all(one.complete for one in outcomes) else FAILED


def _since(text: str | None) -> datetime | None:
    """Midnight of a day as it is typed, here. ConfigError for what is no day."""
    if text is None:
        return None
    try:
        return datetime.fromisoformat(typed_date(text)).astimezone()
    except BadValue as error:
        raise ConfigError("cli.sync.bad-day", text=text, why=error.words()) from None


def _queries(
    desk: Desk, names: Sequence[str], tag: str | None, since: datetime | None
) -> list[Query]:
    """The lists that are named, all of them if none is. ConfigError for what there is not."""
    known = {tab.name: tab for tab in desk.tabs}
    for name in names:
        if name not in known:
            facts = {"name": name, "known": ", ".join(known)}
            raise ConfigError("cli.sync.unknown", **facts)
    for option, given in (("tag", tag), ("since", since)):
        if given and option not in desk.crm.narrows:
            raise ConfigError("cli.sync.no-filter", crm=desk.crm.title, option=option)
    return [
        Query(name, known[name].sorts[0].sort, tag=tag or "", since=since)
        for name in dict.fromkeys(names or known)
    ]


async def _narrowed(desk: Desk, query: Query, text: str) -> Query:
    """The shortest list that the CRM gives with all that a filter lets through in it.

    ConfigError for one that cannot be read, CrmError where what it needs cannot be had.
    """
    wanted = await filter_of(desk, desk.resources[query.resource], [text])
    return desk.crm.narrow(query, wanted, desk.choices()) if wanted else query


@contextmanager
def _told(desk: Desk) -> Iterator[None]:
    """While this lasts a terminal at stderr sees how far it is; a pipe gets nothing."""
    if not sys.stderr.isatty():
        yield
        return
    told = 0.0

    def tell(_: object) -> None:
        nonlocal told
        progress = desk.sync.progress
        if progress is not None and monotonic() - told >= TOLD:
            told = monotonic()
            words = say("sync.progress", share=share(progress))
            print(f"\r{words}\x1b[K", end="", file=sys.stderr, flush=True)

    deaf = desk.events.listen(tell)
    try:
        yield
    finally:
        deaf()
        print("\r\x1b[K", end="", file=sys.stderr, flush=True)


def _packed(plan: Plan) -> dict[str, Any]:
    """A forecast as JSON."""
    return {
        "resource": plan.query.resource,
        "mode": plan.mode,
        "records": plan.records,
        "total": plan.total,
        "requests": plan.requests,
        "seconds": round(plan.seconds, 1),
        "bytes": plan.size,
    }
