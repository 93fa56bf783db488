"""Which file systems SQLite's shared memory does not work on: those of other hosts."""

from __future__ import annotations

import re
from pathlib import Path

NETWORK_KINDS = frozenset(
    ("nfs", "nfs4", "cifs", "smb3", "smbfs", "afs", "ceph", "lustre", "fuse.sshfs", "fuse.rclone")
)
"""File systems that several hosts may write to at once (Linux's names of them)."""

_MOUNTS = Path("/proc/self/mountinfo")


def network_kind(folder: Path) -> str:
    """The network file system that `folder` lies on; empty for a local one or where unknown."""
    try:
        mounts = _MOUNTS.read_text("utf-8", "surrogateescape")
    except OSError:
        return ""
    kind = kind_of(str(folder.resolve()), mounts)
    return kind if kind in NETWORK_KINDS else ""


def kind_of(path: str, mounts: str) -> str:
    """The file system's name for `path` in the text of `/proc/self/mountinfo`; later ones win."""
    best, kind = -1, ""
    for line in mounts.splitlines():
        fields, _, tail = line.partition(" - ")
        words = fields.split(" ")
        if len(words) < 5 or not tail:
            continue
        point = re.sub(r"\\([0-7]{3})", lambda m: chr(int(m[1], 8)), words[4])
        inside = path == point or path.startswith(point.rstrip("/") + "/")
        if inside and len(point) >= best:
            best, kind = len(point), tail.split(" ")[0]
    return kind
