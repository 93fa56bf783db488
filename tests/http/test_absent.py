"""What httpcore would look for at every request, and what is not there, is known to be absent."""

from __future__ import annotations

import sys
from importlib.machinery import PathFinder

import csc_tui.http.wire  # noqa: F401 -- what is tested is that it has been imported


def test_a_request_searches_no_path_for_a_module_that_is_not_installed() -> None:
    assert "sniffio" in sys.modules or PathFinder.find_spec("sniffio") is not None
