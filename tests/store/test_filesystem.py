"""Which file systems get no WAL."""

from pathlib import Path

import pytest

from csc_tui.store.filesystem import NETWORK_KINDS, kind_of, network_kind

MOUNTS = r"""
22 27 0:21 / /proc rw,relatime - proc proc rw
27 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
40 27 0:40 / /home rw,relatime shared:2 master:1 - nfs4 server:/home rw,vers=4.2
41 40 8:2 / /home/ilse/local rw,relatime - xfs /dev/sda2 rw
42 27 0:42 / /mnt/my\040share rw,relatime - cifs //server/share rw
43 27 0:43 / /over rw - ext4 /dev/sda3 rw
44 43 0:44 / /over rw - fuse.sshfs host: rw
nonsense
"""


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/var/cache", "ext4"),
        ("/home", "nfs4"),
        ("/home/ilse/.cache", "nfs4"),
        ("/home/ilse/local/x", "xfs"),
        ("/home2/x", "ext4"),
        ("/mnt/my share/x", "cifs"),
        ("/over/x", "fuse.sshfs"),
    ],
)
def test_the_file_system_of_a_path(path: str, kind: str) -> None:
    assert kind_of(path, MOUNTS) == kind


def test_none_is_known_without_mounts() -> None:
    assert kind_of("/home", "") == ""


def test_a_local_folder_is_no_network(tmp_path: Path) -> None:
    assert network_kind(tmp_path) in {"", *NETWORK_KINDS}
    assert network_kind(Path("/proc")) == ""
