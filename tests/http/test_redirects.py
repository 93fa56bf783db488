"""Where a redirect may lead: hardly anywhere."""

import pytest

from csc_tui.domain.errors import NotAnApi, Redirected
from csc_tui.http.message import Request
from tests.http.ground import KEY, Ground, saying
from tests.http.scripted_server import answer


async def test_redirects_within_the_origin_are_followed_by_a_read(ground: Ground) -> None:
    ground.server.answering = saying(
        answer(301, "", Location="/api/people.json?page=1"),
        answer(307, "", Location=f"{ground.server.url}/api/v2/people"),
        answer(200, "[1]"),
    )
    hops: list[int] = []

    async def before_hop() -> None:
        hops.append(len(ground.server.received))

    response = await ground.transport().send(Request("GET", "/people"), before_hop=before_hop)

    assert response.data == [1]
    targets = [request.target for request in ground.server.received]
    assert targets == ["/api/people", "/api/people.json?page=1", "/api/v2/people"]
    assert hops == [1, 2]


async def test_redirects_come_to_an_end(ground: Ground) -> None:
    ground.server.answering = saying(answer(302, "", Location="/api/people?apikey=x"))

    with pytest.raises(Redirected) as raised:
        await ground.get()

    assert raised.value.target == f"{ground.server.url}/api/people"
    assert len(ground.server.received) == 6


async def test_a_key_in_the_new_address_is_not_told(ground: Ground) -> None:
    ground.server.answering = saying(answer(302, "", Location=f"https://evil.example/{KEY}/x"))

    with pytest.raises(Redirected) as raised:
        await ground.get()

    assert raised.value.target == "https://evil.example/***/x"


@pytest.mark.parametrize(
    ("location", "target"),
    [
        ("http://localhost:{port}/api/people", "http://localhost:{port}/api/people"),
        ("http://127.0.0.1:1/api", "http://127.0.0.1:1/api"),
        ("https://127.0.0.1:{port}/api", "https://127.0.0.1:{port}/api"),
        ("https://evil.example.com/?key=1#x", "https://evil.example.com/"),
        ("https://u:p@evil.example.com/a", "https://evil.example.com/a"),
        ("//evil.example.com/a", "http://evil.example.com/a"),
        ("http://[nonsense/", "?"),
    ],
)
async def test_a_redirect_to_another_origin_is_not_followed(
    ground: Ground, location: str, target: str
) -> None:
    port = ground.server.port
    ground.server.answering = saying(answer(302, "", Location=location.format(port=port)))

    with pytest.raises(Redirected) as raised:
        await ground.get()

    assert raised.value.target == target.format(port=port)
    assert len(ground.server.received) == 1


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
async def test_a_write_is_never_redirected(ground: Ground, method: str, status: int) -> None:
    ground.server.answering = saying(answer(status, "", Location="/api/people/43"))

    with pytest.raises(Redirected):
        await ground.transport().send(Request(method, "/people/42"))
    assert len(ground.server.received) == 1


@pytest.mark.parametrize(
    ("location", "why"),
    [("https://crm.example.com/login", "login"), ("/users/sign_in?x=1", "login"), ("", "redirect")],
)
@pytest.mark.parametrize("method", ["GET", "PUT"])
async def test_a_login_page_means_that_this_is_no_api(
    ground: Ground, method: str, location: str, why: str
) -> None:
    ground.server.answering = saying(answer(302, "", Location=location))

    with pytest.raises(NotAnApi) as raised:
        await ground.transport().send(Request(method, "/people"))

    assert (raised.value.status, raised.value.why) == (302, why)
