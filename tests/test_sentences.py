from __future__ import annotations

import string

import pytest

from csc_tui import words
from csc_tui.domain.change import Change, Verb
from csc_tui.domain.errors import (
    Ambiguous,
    CertificateError,
    CrmError,
    Forbidden,
    Invalid,
    NotAnApi,
    NotFound,
    Offline,
    QuotaReached,
    RateLimited,
    ReadOnly,
    Redirected,
    Rejected,
    ServerBroken,
    Timeout,
    Unauthorized,
    Unavailable,
)
from csc_tui.domain.ref import Ref
from csc_tui.sentences import (
    explain,
    explain_connecting,
    explain_login,
    explain_wait,
    explain_write,
)
from csc_tui.session import adapter_of
from csc_tui.words import say

HOST = "acme.centralstationcrm.net"
SENTENCES: list[tuple[CrmError, tuple[str, ...]]] = [
    (Offline(HOST, "name"), (f"There is no host {HOST}", "misspelt")),
    (Offline(HOST, "refused"), (f"{HOST} refuses", "Is the CRM running")),
    (Offline(HOST, "unreachable"), (f"No connection to {HOST}", "Check the network")),
    (Offline(HOST, "proxy"), (HOST, "proxy setting")),
    (Offline(HOST, "dropped", sent=True), (HOST, "dropped", "Try again")),
    (CertificateError(HOST, "expired 3 Nov 2026"), (HOST, "expired 3 Nov 2026", "Nothing was")),
    (Timeout(HOST, "connect", 10), (HOST, "10 s", "Check the network")),
    (Timeout(HOST, "read", 30.0), (HOST, "no answer within 30 s")),
    (Timeout(HOST, "write", 30.0), (HOST, "could not be sent", "30 s")),
    (Timeout(HOST, "pool", 2.5), (HOST, "2.5 s")),
    (Redirected("https://else.example"), ("https://else.example", "nothing was sent there")),
    (NotAnApi(200, "html"), ("web page", "200", "API of a CRM", "Check the address")),
    (NotAnApi(302, "login"), ("not an API address", "login page", "302")),
    (NotAnApi(301, "redirect"), ("not an API address", "301")),
    (RateLimited(None), ("Too many requests (429)", "Try again later")),
    (RateLimited(7.6), ("429", "Try again in 8 s")),
    (Unavailable(None), ("503", "Try again later")),
    (Unavailable(3600.0), ("503", "Try again in 3,600 s")),
    (Unauthorized(), ("refused (401)", "csc-tui login")),
    (Forbidden(), ("403", "administrator")),
    (NotFound(), ("no such record (404)", "deleted")),
    (Rejected(400, "bad json"), ("400", "bad json")),
    (Rejected(409, "id taken"), ("409", "Refresh the record", "id taken")),
    (Rejected(415, ""), ("415",)),
    (Rejected(418, "teapot"), ("418", "teapot")),
    (Invalid({"name": ("is empty", "is odd")}), ("name: is empty, is odd", "save again")),
    (Invalid({"": ("That is odd",)}), ("accept: That is odd",)),
    (Invalid({}), ("422",)),
    (QuotaReached("300 of 300"), ("full (507)", "300 of 300")),
    (QuotaReached(""), ("full (507)",)),
    (ServerBroken(500, "status"), ("error of its own (500)", "support")),
    (ServerBroken(200, "json"), ("not JSON (200)",)),
    (ServerBroken(200, "cut"), ("ended in the middle (200)", "Try again")),
    (ServerBroken(200, "large"), ("too large (200)",)),
    (ServerBroken(200, "deep"), ("nested deeper", "200")),
    (ServerBroken(200, "long"), ("more rows than were asked for (200)",)),
    (ServerBroken(200, "shape"), ("not built as", "200")),
    (Ambiguous(Timeout(HOST, "read", 30)), ("not known", "no answer", "before you send it again")),
    (ReadOnly(), ("read-only",)),
]


@pytest.mark.parametrize(("error", "parts"), SENTENCES, ids=lambda value: repr(value)[:40])
def test_every_error_has_its_sentence(error: CrmError, parts: tuple[str, ...]) -> None:
    sentence = explain(error)

    for part in parts:
        assert part in sentence
    assert "\n" not in sentence
    assert sentence == sentence.strip()
    assert sentence.isprintable()


@pytest.mark.parametrize("error", [one for one, _ in SENTENCES], ids=lambda one: repr(one)[:40])
def test_nobody_is_told_to_try_again_what_is_tried_again_by_itself(error: CrmError) -> None:
    assert "ry again" not in explain_wait(error)


@pytest.mark.parametrize(
    ("error", "parts"),
    [
        (RateLimited(None), ("too many requests (429)", "Waiting")),
        (RateLimited(7.6), ("429", "Waiting 8 s as told")),
        (Unavailable(None), ("503", "Waiting")),
        (Unavailable(3600.0), ("503", "Waiting 3,600 s as told")),
    ],
)
def test_what_is_waited_out_says_so(error: CrmError, parts: tuple[str, ...]) -> None:
    assert all(part in explain_wait(error) for part in parts)


def test_refused_fields_are_called_by_their_labels() -> None:
    resources = adapter_of("centralstation").resources()
    new = Change(Verb.CREATE, Ref("people", ""))
    blank = ("can't be blank",)
    refused = Invalid({"addresses.0.city": blank, "last_name": blank, "base": ("is no good",)})

    told = explain_write(refused, new, resources)

    assert "City: can't be blank; Last name: can't be blank; base: is no good." in told
    part = Change(Verb.UPDATE, Ref("addresses", "9"), Ref("people", "1"))
    assert "City: can't be blank." in explain_write(Invalid({"city": blank}), part, resources)


def test_no_two_errors_are_told_alike() -> None:
    told = [explain(error) for error, _ in SENTENCES]

    assert len(set(told)) == len(told)


def test_the_servers_words_stay_on_one_line_and_short() -> None:
    sentence = explain(Rejected(400, "a\n\tb " + "long " * 200))

    assert "a b long" in sentence
    assert len(sentence) < 300


def test_another_vendor_is_called_by_its_name() -> None:
    assert "Concord CRM" in explain(NotAnApi(200, "html"), crm="Concord CRM")
    assert "Concord CRM" in explain_connecting(NotAnApi(200, "html"), crm="Concord CRM")


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (
            Offline("acme.centralstatoncrm.net", "name"),
            "There is no host acme.centralstatoncrm.net. Is it spelt right?",
        ),
        (
            Offline(HOST, "unreachable"),
            "No connection. Nothing was saved; your text stands here.",
        ),
        (Timeout(HOST, "connect", 10), "No connection. Nothing was saved; your text stands here."),
        (
            CertificateError(HOST, "expired 3 Nov 2026"),
            f"The certificate of {HOST} is not valid (expired 3 Nov 2026). The key was not sent.",
        ),
        (
            Unauthorized(),
            (
                "The key was refused (401). The address answers; so the key is wrong or has been "
                "withdrawn."
            ),
        ),
        (Forbidden(), "The key is right, but its user may not use the API."),
        (
            Redirected("https://else.example"),
            (
                "The address sends one on to https://else.example; the key was not sent there. Is "
                "that your CRM? Then enter that address."
            ),
        ),
        (
            NotAnApi(200, "html"),
            "Something answers there, but it is not a CRM.",
        ),
        (NotFound(), "Something answers there, but it is not a CRM."),
        (
            ServerBroken(200, "json"),
            "Something answers there, but it is not a CRM.",
        ),
        (ServerBroken(500, "status"), explain(ServerBroken(500, "status"))),
    ],
    ids=lambda value: repr(value)[:40],
)
def test_connecting_says_what_the_form_promises(error: CrmError, sentence: str) -> None:
    assert explain_connecting(error) == sentence


def test_the_command_line_speaks_of_no_form() -> None:
    assert explain_login(Offline(HOST, "refused")) == explain(Offline(HOST, "refused"))
    assert "your text" not in explain_login(Timeout(HOST, "read", 30))
    assert explain_login(Unauthorized()) == explain_connecting(Unauthorized())


def test_not_https_has_the_words_of_the_form() -> None:
    words_there = "Only https:// (or a loopback address) gets the key."

    assert say("connect.not-https") == words_there
    assert say("config.url-http", url="http://x").endswith(words_there)


def test_every_word_of_settings_errors_and_command_line_can_be_filled() -> None:
    mine = [
        key
        for key in sorted(words.keys())
        if key.startswith(("cli.", "config.", "connect.", "error.", "doctor."))
    ]

    assert len(mine) > 100
    for key in mine:
        names = {name for _, name, _, _ in string.Formatter().parse(say(key)) if name}
        filled = say(key, **{name.partition("!")[0]: 1 for name in names})
        assert filled
        assert "\n" not in filled
