"""`python -m tests.contract.transcript`: what a form edit of each type of custom field sends.

Against a demo server of its own; prints each request as curl would be told it, and what is shown
after reading back.
"""

from __future__ import annotations

import asyncio
import json
import tempfile
from pathlib import Path
from typing import Any

from csc_tui.domain import detail
from csc_tui.domain.dates import Here
from csc_tui.domain.form import check
from csc_tui.domain.ref import CUSTOM
from csc_tui.http.message import Request, Response
from tests.contract.test_concord import CONCORD, TYPED
from tests.live_demo import running_demo
from tests.outbox.terminal import Terminal


async def main() -> None:
    """Define a field of every type, edit each alone, print."""
    with (
        tempfile.TemporaryDirectory() as folder,
        running_demo(Path(folder) / "demo", *CONCORD) as demo,
    ):
        for number, kind in enumerate(TYPED):
            key = f"cf_t_{'abcdefghijklmnopq'[number]}"
            body: dict[str, Any] = {"resource_name": "contacts", "field_type": kind}
            body |= {"label": kind, "field_id": key}
            if "{" in TYPED[kind][0]:
                body["options"] = [{"name": "Eins"}, {"name": "Zwei"}]
            demo.ask("POST", "/api/custom-fields", body)
        made = demo.ask("POST", "/api/contacts", {"first_name": "Transcript"})
        terminal = await Terminal(demo, Path(folder)).open()
        await _edits(terminal, f"contacts/{made['id']}")
        await terminal.close()


async def _edits(terminal: Terminal, path: str) -> None:
    from csc_tui.domain.ref import Ref

    ref, desk = Ref(*path.split("/")), terminal.desk
    await desk.lookups.need("fields")
    resource = desk.resources[ref.resource]
    send = terminal.line.send

    async def shown(request: Request, **options: Any) -> Response:
        if request.writes:
            body = json.dumps(request.body, ensure_ascii=False)
            print(f"curl -X {request.method} $URL/api{request.path} -d '{body}'")
        return await send(request, **options)

    terminal.line.send = shown  # type: ignore[method-assign]
    for field in resource.fields:
        if field.name.startswith(f"{CUSTOM}cf_t_"):
            words = [one.words for one in field.choices]
            typed = TYPED[field.label][0].format(*words)
            print(f"\n# {field.label}: typed {typed!r}")
            await terminal.save(ref, **{field.name: check(field, typed)})
            await terminal.settled()
            record = await terminal.shown(ref)
            lines = detail.lines(resource, record, desk.choices(), lambda _: "", Here())
            seen = next(one.text for one in lines if one.field == field.name)
            print(f"# shown: {seen!r}")


if __name__ == "__main__":
    asyncio.run(main())
