"""Where a record's values lead: hosts that cannot be hidden, numbers that can be dialled."""

from __future__ import annotations

import pytest

from csc_tui.ui.links import link_of, real_host, tel, understood, with_host


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


@pytest.mark.parametrize(
    ("role", "text", "link"),
    [
        ("phone", "+49 221 4710 123", "tel:+492214710123"),
        ("email", "j.mueller@brandt.example", "mailto:j.mueller@brandt.example"),
        ("email", "ö@brandt.example", "mailto:%C3%B6@brandt.example"),
        ("email", "a@b.example?bcc=spy@evil.example", ""),
        ("email", "a@b.example?subject=x", "mailto:a@b.example%3Fsubject%3Dx"),
        ("email", "a@b.example, c@d.example", ""),
        ("url", "https://brandt.example/a b?q=1#x", "https://brandt.example/a%20b?q=1#x"),
        ("url", "https://bank.example@evil.example/", "https://evil.example/"),
        ("url", "https://bücher.example/ü", "https://xn--bcher-kva.example/%C3%BC"),
        ("url", "https://x.example/\x1b\\\x07;;", "https://x.example/%1B%5C%07;;"),
        ("url", "javascript:alert(1)", ""),
        ("url", "https://x.example/" + "a" * 2_000, ""),
        ("text", "https://brandt.example", ""),
        ("address", "Am Römerturm 3", ""),
    ],
)
def test_a_link_says_what_it_leads_to_and_nothing_else(role: str, text: str, link: str) -> None:
    assert link_of(role, text) == link
    assert link == "" or (link.isascii() and link.isprintable())


def test_a_host_that_hides_is_shown_first() -> None:
    assert with_host("https://brandt.example/x") == "https://brandt.example/x"
    hidden = "https://bank.example@evil.example/"
    assert with_host(hidden) == f"evil.example: {hidden}"
    assert with_host("https://а.example").startswith("xn--80a.example: ")


@pytest.mark.parametrize(
    ("env", "known"),
    [
        ({"TERM": "xterm-256color"}, False),
        ({"TERM": "xterm-kitty", "SSH_TTY": "/dev/pts/1"}, True),
        ({"TERM": "foot"}, True),
        ({"TERM": "xterm-256color", "TERM_PROGRAM": "iTerm.app"}, True),
        ({"TERM": "xterm-256color", "TERM_PROGRAM": "Apple_Terminal"}, False),
        ({"TERM": "xterm-256color", "VTE_VERSION": "7600"}, True),
        ({"TERM": "xterm-256color", "VTE_VERSION": "4800"}, False),
        ({"TERM": "xterm-256color", "VTE_VERSION": "7600", "TMUX": "x"}, False),
        ({"TMUX": "x", "TERM_PROGRAM": "tmux", "TERM_PROGRAM_VERSION": "3.3a"}, False),
        ({"TMUX": "x", "TERM_PROGRAM": "tmux", "TERM_PROGRAM_VERSION": "3.5a"}, True),
        ({"TERM": "screen", "VTE_VERSION": "7600", "STY": "1.x"}, False),
        ({"WT_SESSION": "x"}, True),
    ],
)
def test_only_terminals_that_are_known_to_have_links_get_them(
    env: dict[str, str], known: bool
) -> None:
    assert understood("auto", env) is known
    assert understood("on", env)
    assert not understood("off", env)
