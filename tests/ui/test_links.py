"""Where a record's values lead: hosts that cannot be hidden, numbers that can be dialled."""

from __future__ import annotations

import pytest

from csc_tui.ui.links import real_host, tel


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("https://brandt.example", "brandt.example"),
        ("HTTPS://Brandt.Example/Kontakt", "brandt.example"),
        ("http://127.0.0.1:41000/people/3", "127.0.0.1:41000"),
        ("http://[::1]:80/x", "[::1]:80"),
        ("https://bank.example@evil.example/login", "evil.example"),
        ("https://bücher.example:8080/", "xn--bcher-kva.example:8080"),
        ("https://а.example/", "xn--80a.example"),  # a Cyrillic a
        ("javascript:alert(1)", ""),
        ("file:///etc/passwd", ""),
        ("https://", ""),
        ("https://a b/", ""),
        ("https://x\x1b]8;;y\x07/", ""),
        ("https://x:99999/", ""),
        ("https://..", ""),
        ("-oProxyCommand=x", ""),
        ("brandt.example", ""),
    ],
)
def test_the_real_host(address: str, host: str) -> None:
    assert real_host(address) == host


@pytest.mark.parametrize(
    ("number", "dialled"),
    [
        ("+49 221 4710 123", "tel:+492214710123"),
        (" +49 (0)221 / 4710-123", "tel:+492214710123"),
        ("0049 (0)40 66969 1", "tel:004940669691"),
        ("(0221) 4710.123", "tel:02214710123"),
        ("112", "tel:112"),
        ("+49 221 4710 ext. 5", ""),
        ("0221 4710 123, 0171 392", ""),
        ("n/a", ""),
        ("12", ""),
        ("٣٣٣٣", ""),
        ("1" * 21, ""),
        ("112;phone-context=x", ""),
    ],
)
def test_a_number_that_can_be_dialled(number: str, dialled: str) -> None:
    assert tel(number) == dialled
