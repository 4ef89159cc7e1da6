"""A revoked wall link is dead within a minute, its running websockets too."""

import asyncio
import time
from pathlib import Path

import pytest
from starlette.types import Message
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from nps_app.store import StoreError, WallLink
from nps_app.web import sessions, walls
from nps_app.web.gate import Gate
from nps_app.web.sign_in import SignIn
from tests.loops import in_a_loop

KEY = "k" * 43
OTHER = "o" * 43


class Links:
    """The store's links, which can be revoked, and which can fail."""

    def __init__(self) -> None:
        self.open = {KEY: WallLink("kitchen", id=1), OTHER: WallLink("hall", id=2)}
        self.asked = 0
        self.failing = False

    def __call__(self, token: str) -> WallLink | None:
        self.asked += 1
        if self.failing:
            raise StoreError("The store cannot be read.")
        return self.open.get(token)


class Socket:
    """One websocket of a display, as a server would run it."""

    def __init__(self, gate: Gate, cookie: str) -> None:
        self.sent: list[Message] = []
        self._incoming: asyncio.Queue[Message] = asyncio.Queue()
        self._incoming.put_nowait({"type": "websocket.connect"})
        scope = {
            "type": "websocket",
            "path": "/_stcore/stream",
            "raw_path": b"/_stcore/stream",
            "query_string": b"",
            "client": ("127.0.0.1", 1),
            "headers": [(b"host", b"localhost"), (b"cookie", f"nps_wall={cookie}".encode())],
            "extensions": {"websocket.http.response": {}},
        }
        self.run = asyncio.ensure_future(gate(scope, self._incoming.get, self._send))

    async def _send(self, message: Message) -> None:
        self.sent.append(message)

    def kinds(self) -> list[str]:
        return [message["type"] for message in self.sent]


async def stays(scope, receive, send) -> None:
    """An app that takes a websocket and keeps it until it is closed."""
    await send({"type": "websocket.accept"})
    while (await receive())["type"] != "websocket.disconnect":
        pass


@pytest.fixture
def links() -> Links:
    return Links()


@pytest.fixture(params=[None, SignIn("http://localhost", ("default",))], ids=["open", "sign-in"])
def gate(request, links, tmp_path: Path, monkeypatch) -> Gate:
    monkeypatch.setattr(sessions, "LOOK_AGAIN_SECONDS", 0.05)
    monkeypatch.setattr(walls, "_TRUSTED_SECONDS", 0.05)
    monkeypatch.setattr("nps_app.web.identity.get_cookie_secret", lambda: "c" * 40)
    return Gate(stays, request.param, links, tmp_path / "signed_out", lambda _: "en")


def test_the_seconds_together_stay_within_a_minute():
    assert sessions.LOOK_AGAIN_SECONDS + walls._TRUSTED_SECONDS < 30


def test_revoking_leads_the_running_display_away_and_closes_it(gate, links):
    async def story() -> Socket:
        socket = Socket(gate, KEY)
        await asyncio.sleep(0.3)
        assert socket.kinds() == ["websocket.accept"]
        del links.open[KEY]
        await asyncio.wait_for(socket.run, 5)
        return socket

    socket = in_a_loop(story())
    assert socket.kinds() == ["websocket.accept", "websocket.send", "websocket.close"]
    leave = ForwardMsg.FromString(socket.sent[1]["bytes"])
    assert leave.auth_redirect.url == f"/wall?key={KEY}"
    assert socket.sent[2]["code"] == 1008


def test_another_link_of_the_same_browser_goes_on(gate, links):
    async def story() -> Socket:
        socket = Socket(gate, f"{KEY}.{OTHER}")
        await asyncio.sleep(0.1)
        del links.open[KEY]
        await asyncio.sleep(0.3)
        assert not socket.run.done()
        socket.run.cancel()
        return socket

    assert in_a_loop(story()).kinds() == ["websocket.accept"]


def test_a_revoked_link_opens_no_websocket(gate, links):
    async def story() -> Socket:
        links.open.clear()
        socket = Socket(gate, KEY)
        await asyncio.wait_for(socket.run, 5)
        return socket

    socket = in_a_loop(story())
    assert socket.sent[0]["type"] == "websocket.http.response.start"
    assert socket.sent[0]["status"] in (401, 403)


def test_while_the_store_fails_running_displays_stay_and_no_new_one_comes_in(gate, links):
    async def story() -> tuple[Socket, Socket]:
        running = Socket(gate, KEY)
        await asyncio.sleep(0.1)
        links.failing = True
        await asyncio.sleep(0.3)
        late = Socket(gate, OTHER)
        await asyncio.wait_for(late.run, 5)
        assert not running.run.done()
        links.failing = False
        links.open.clear()
        await asyncio.wait_for(running.run, 5)
        return running, late

    running, late = in_a_loop(story())
    assert late.sent[0]["status"] == 503
    assert running.kinds()[-1] == "websocket.close"


def test_guesses_cost_no_memory_and_odd_ones_no_look_into_the_store(links):
    known = walls.Walls(links)

    async def guess() -> None:
        for n in range(200):
            assert await known.link(f"{n:043d}") is None
        asked = links.asked
        for odd in ("", "short", "a" * 5000, "../../x" * 9, "é" * 43, f"{KEY}\n"):
            assert await known.link(odd) is None
        assert links.asked == asked == 200

    began = time.monotonic()
    in_a_loop(guess())
    assert time.monotonic() - began < 10
    assert known._known == {}


def test_a_cookie_keeps_the_latest_eight_keys():
    keys = [f"{n:043d}" for n in range(12)]
    cookie = ""
    for key in [*keys, keys[5]]:
        cookie = walls.cookie_with(cookie, key)
    assert walls.tokens_in(cookie) == [*keys[4:5], *keys[6:], keys[5]]
    assert len(cookie) < 1000
