"""The only place that orders work.

The most urgent lane first, within a lane first come first served; identical reads are one job;
what nobody waits for any more is dropped before it spends budget. Pure: no clock, no tasks.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple

from csc_tui.domain.errors import CrmError
from csc_tui.http.message import Request, Response
from csc_tui.worker.lane import Lane

Judge = Callable[[Response], CrmError | None]
"""What an answer means; None for a good one."""

Check = Callable[[], None]
"""Raises CrmError where a request is not to be sent any more."""

Waiter = asyncio.Future[Response]
"""One caller who awaits the answer."""


class Pause(NamedTuple):
    """Why something is not being sent yet."""

    until: float
    """Seconds since the epoch."""
    error: CrmError
    """What the server or the line said last."""
    attempt: int
    """The number of the next try; 1 where nothing is counted (a closed gate)."""
    refused: float = 0.0
    """Seconds for which the server has answered nothing but that there were too many requests."""


@dataclass(eq=False, slots=True)
class Job:
    """One request with everybody who waits for it."""

    request: Request
    lane: Lane
    number: int
    """Order of arrival; kept when the job comes back for another try."""
    waiters: list[Waiter] = field(default_factory=list)
    not_before: float = 0.0
    """Running time (`Clock.monotonic`) before which it is not sent."""
    attempt: int = 1
    """1 for the first try."""
    pause: Pause | None = None
    """Why it came back, while it waits for another try."""
    judge: Judge | None = None
    """What its answer means, where the worker's own judge does not know enough."""
    check: Check | None = None
    """Asked at each try, once there is a slot for it."""

    @property
    def wanted(self) -> bool:
        """Whether anybody still waits."""
        return any(not waiter.done() for waiter in self.waiters)


class Queue:
    """Jobs that wait and jobs that are under way."""

    def __init__(self) -> None:
        self._queued: list[Job] = []
        self._flying: list[Job] = []
        self._reads: dict[Request, Job] = {}
        """Reads that another caller may still join."""
        self._numbers = 0

    @property
    def waiting(self) -> int:
        """Jobs that are not under way."""
        return len(self._queued)

    @property
    def in_flight(self) -> int:
        """Jobs that are under way."""
        return len(self._flying)

    @property
    def idle(self) -> bool:
        """Whether there is nothing to do and nothing under way."""
        return not self._queued and not self._flying

    def put(
        self,
        request: Request,
        lane: Lane,
        waiter: Waiter,
        judge: Judge | None = None,
        check: Check | None = None,
    ) -> Job:
        """Queue a request, or join an identical read, which then takes the sooner lane."""
        job = None if request.writes else self._reads.get(request)
        if job is None:
            self._numbers += 1
            job = Job(request, lane, self._numbers, judge=judge, check=check)
            self._queued.append(job)
            if not request.writes:
                self._reads[request] = job
        job.lane = min(job.lane, lane)
        job.waiters.append(waiter)
        return job

    def promote(self, request: Request, lane: Lane) -> None:
        """Move a waiting read to a sooner lane; nothing if it is not there."""
        job = None if request.writes else self._reads.get(request)
        if job is not None:
            job.lane = min(job.lane, lane)

    def leave(self, job: Job, waiter: Waiter) -> None:
        """`waiter` does not want it any more; an unsent job without others is dropped."""
        if waiter in job.waiters:
            job.waiters.remove(waiter)
        if job in self._queued and not job.wanted:
            self._queued.remove(job)
            self._forget(job)

    def best(self, now: float) -> Job | None:
        """The job to send next; it stays in the queue."""
        first = self._first_writes()
        ready: Job | None = None
        for job in self._queued:
            if job.not_before > now:
                continue
            if job.request.writes and first[job.request.path] < job.number:
                continue
            if ready is None or (job.lane, job.number) < (ready.lane, ready.number):
                ready = job
        return ready

    def pauses(self) -> list[Pause]:
        """Of all jobs that wait for another try."""
        return [job.pause for job in self._queued if job.pause is not None]

    def next_time(self, now: float) -> float | None:
        """When the first job that is held back may be sent; None if none is."""
        times = [job.not_before for job in self._queued if job.not_before > now]
        return min(times, default=None)

    def start(self, job: Job) -> None:
        """The job is being sent."""
        job.pause = None
        self._queued.remove(job)
        self._flying.append(job)

    def finish(self, job: Job) -> None:
        """The job is over.

        After a write no read that is under way may be joined: its answer may be older.
        """
        self._flying.remove(job)
        self._forget(job)
        if job.request.writes:
            for read in self._flying:
                self._forget(read)

    def back(self, job: Job, not_before: float, pause: Pause) -> None:
        """The job waits for another try, at its old place; unless nobody wants it any more."""
        self._flying.remove(job)
        if not job.wanted:
            self._forget(job)
            return
        job.not_before, job.pause = not_before, pause
        self._queued.append(job)
        if not job.request.writes:
            self._reads.setdefault(job.request, job)

    def drain(self) -> list[Job]:
        """Empty the queue at the end; what was in it, under way or not."""
        jobs = self._queued + self._flying
        self._queued, self._flying = [], []
        self._reads.clear()
        return jobs

    def _first_writes(self) -> dict[str, int]:
        """For each path the number of its earliest unfinished write: later ones must follow."""
        first: dict[str, int] = {}
        for job in (*self._flying, *self._queued):
            if job.request.writes:
                path = job.request.path
                first[path] = min(first.get(path, job.number), job.number)
        return first

    def _forget(self, job: Job) -> None:
        if not job.request.writes and self._reads.get(job.request) is job:
            del self._reads[job.request]
