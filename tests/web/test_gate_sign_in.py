"""With a sign-in, nobody gets anything without one: forged cookies, odd paths, wall links."""

import base64
import json
import re
import time
import zlib
from urllib.parse import quote

import httpx2
import pytest
from itsdangerous import URLSafeTimedSerializer
from joserfc.jwk import RSAKey
from streamlit.util import calc_hash
from websockets.exceptions import ConnectionClosed, InvalidStatus

from tests.openid_provider import ADA
from tests.serving import PAGE, run_page

USER = "_streamlit_user"
SECRET = "c" * 40
OPEN = {"/livez", "/readyz"}
ROUND = {"/auth/login", "/auth/logout", "/oauth2callback"}
ON_DATA = b"Respondent id, exactly as in your export"


def signed(person: dict, secret: str = SECRET, name: str = USER) -> str:
    return URLSafeTimedSerializer(secret, salt=name).dumps(json.dumps(person))


def ada_at(url: str) -> dict:
    return ADA | {"origin": url, "is_logged_in": True, "provider": "default"}


def texts_of(messages) -> bytes:
    return b"".join(message.SerializeToString() for message in messages)


def refused_status(dashboard, cookie: str) -> int:
    with pytest.raises(InvalidStatus) as refused:
        dashboard.websocket(additional_headers={"Cookie": cookie})
    return refused.value.response.status_code


def test_no_route_gives_a_stranger_anything(closed_dashboard, routes):
    with closed_dashboard.client() as client:
        for path, methods in [*routes, ("/segments", ["GET"]), ("/wall", ["GET"])]:
            for method in methods:
                if path in OPEN:
                    answer = client.request(method, path)
                    assert answer.text in ("ok", "not ready", "", "Method Not Allowed"), path
                    continue
                if path in ROUND:
                    continue
                answer = client.request(method, path)
                assert answer.status_code == 401, (method, path)
                assert answer.text in ("Sign in first.", ""), (method, path)
                page = client.request(method, path, headers=PAGE)
                assert page.status_code in (302, 401), (method, path)
                if page.status_code == 302:
                    assert page.headers["location"].startswith("/auth/login?provider=")
                    assert page.text == ""
                assert page.headers["x-frame-options"] == "SAMEORIGIN"
                assert page.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    "path",
    ["//media/x", "/livez/", "/livez/../data", "/livez/..;/data", "/livez%2f..%2fdata", "/LIVEZ",
     "/readyz.", "/static/../data", "/static/%2e%2e/_stcore/host-config", "/static/js/../../data",
     "/static//js/x.js", "/static/js/x.js/", "/static/js/x.js;/data", "/static/js/x.JS%00",
     "/static/.js", "/auth/login/../../data", "/auth/login/", "/Auth/Login", "/oauth2callback/x",
     "/_STCORE/host-config", "/_stcore//host-config", "/_stcore/health", "/_stcore/metrics",
     "/./data", "/data.", "/%64ata", "/index.html", "/app/static/x.js", "/base/livez"],
)  # fmt: skip
def test_odd_spellings_of_a_path_open_nothing(closed_dashboard, path):
    with closed_dashboard.client() as client:
        address = httpx2.URL(closed_dashboard.url).copy_with(raw_path=path.encode())
        answer = client.get(address)
        assert answer.status_code in (400, 401, 404), path
        assert "<script" not in answer.text


def test_the_round_leads_back_to_the_page_that_was_asked_for(closed_dashboard):
    with closed_dashboard.client(follow_redirects=True) as client:
        answer = client.get("/segments?size=Enterprise", headers=PAGE)
        assert answer.status_code == 200
        assert str(answer.url) == f"{closed_dashboard.url}/segments?size=Enterprise"
        assert [step.status_code for step in answer.history] == [302] * 4
        for step in answer.history:
            if step.url.host == "127.0.0.1" and str(step.url).startswith(closed_dashboard.url):
                for value in step.headers.get_list("set-cookie"):
                    assert "httponly" in value.lower()
                    assert "samesite=lax" in value.lower() or "max-age=0" in value.lower()


@pytest.mark.parametrize("wanted", ["//evil.example", "/\\evil.example", "https://evil.example"])
def test_the_round_leads_nowhere_else(closed_dashboard, wanted):
    with closed_dashboard.client() as client:
        answer = client.get("/", headers=PAGE)
        client.cookies.set("nps_next", quote(wanted, safe=""), domain="127.0.0.1")
        for _ in range(3):
            answer = client.get(answer.headers["location"], headers=PAGE)
        assert answer.headers["location"] == "/"
        assert client.cookies.get(USER)


def test_a_signed_in_person_gets_pages_and_the_websocket(closed_dashboard):
    with closed_dashboard.signed_in() as client:
        assert client.get("/_stcore/host-config").status_code == 200
        cookie = f"{USER}={client.cookies[USER]}"
        with closed_dashboard.websocket(additional_headers={"Cookie": cookie}) as socket:
            texts = texts_of(run_page(socket, page_script_hash=calc_hash("data")))
    assert ON_DATA in texts
    assert b"Sign out" in texts


def close_code(socket) -> int:
    """Wait for the server to close a websocket; gives its code."""
    try:
        while True:
            socket.recv(timeout=30)
    except ConnectionClosed as closed:
        return closed.rcvd.code if closed.rcvd else 0


def malleable(cookie: str) -> list[str]:
    """The same signature with other last letters: base64 has bits there that mean nothing."""
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    return [cookie[:-1] + letter for letter in letters if letter != cookie[-1]]


def test_forged_foreign_old_and_maimed_cookies_are_refused(closed_dashboard, monkeypatch):
    url = closed_dashboard.url
    ada = ada_at(url)
    good = signed(ada)
    with closed_dashboard.client(headers={"Cookie": f"{USER}={good}"}) as client:
        assert client.get("/", headers=PAGE).status_code == 200
    unsigned = base64.urlsafe_b64encode(json.dumps(ada).encode()).decode()
    packed = base64.urlsafe_b64encode(zlib.compress(json.dumps(json.dumps(ada)).encode())).decode()
    now = time.time()
    with monkeypatch.context() as patched:
        patched.setattr(time, "time", lambda: now - 31 * 86_400)
        old = signed(ada)
        patched.setattr(time, "time", lambda: now + 86_400)
        early = signed(ada)
    wrong = [
        "", "x", unsigned, packed, "." + packed + ".x.x", json.dumps(ada), good[:-5], good[1:],
        good.replace(".", "", 1), good + ".", good.rpartition(".")[0], good + "\u00e9",
        signed(ada, secret="d" * 40), signed(ada, secret=""),
        signed(ada, name="_streamlit_session"),
        signed(ada | {"origin": "https://evil.example"}), signed(ada | {"is_logged_in": False}),
        signed({}), signed([ada]), old, early, "chunks-2",
        signed("chunks-2"), signed("chunks-99999"),
    ]  # fmt: skip
    for cookie in wrong:
        header = f"{USER}={cookie}".encode("latin-1")
        with closed_dashboard.client() as client:
            answer = client.get("/", headers=[(b"cookie", header), (b"accept", b"text/html")])
            assert answer.status_code == 302, cookie
            plain = client.get("/_stcore/host-config", headers=[(b"cookie", header)])
            assert plain.status_code == 401, cookie
        if cookie.isascii():
            assert refused_status(closed_dashboard, f"{USER}={cookie}") == 401, cookie


def test_signing_out_ends_the_sign_in_also_for_copies_of_its_cookie(closed_dashboard):
    with closed_dashboard.signed_in() as client, closed_dashboard.signed_in() as other:
        copy = client.cookies[USER]
        with closed_dashboard.websocket(additional_headers={"Cookie": f"{USER}={copy}"}) as socket:
            run_page(socket)
            out = client.get("/auth/logout", headers=PAGE)
            assert "You are signed out" in out.text
            assert client.cookies.get(USER) is None
            assert closed_dashboard.provider.signed_out > 0
            for one in (copy, *malleable(copy)):
                headers = {"Cookie": f"{USER}={one}"}
                with closed_dashboard.client(headers=headers) as thief:
                    assert thief.get("/_stcore/host-config").status_code == 401
            assert refused_status(closed_dashboard, f"{USER}={copy}") == 401
            began = time.monotonic()
            assert close_code(socket) == 1008
            assert time.monotonic() - began < 20
        assert other.get("/_stcore/host-config").status_code == 200


def test_a_provider_that_refuses_or_lies_signs_nobody_in(closed_dashboard):
    provider = closed_dashboard.provider
    kept = provider.person
    try:
        provider.person = None
        with closed_dashboard.client(follow_redirects=True) as client:
            answer = client.get("/", headers=PAGE)
            assert answer.status_code == 403
            assert "The sign-in did not work" in answer.text
        provider.person = kept
        provider.published = RSAKey.generate_key(2048, {"kid": "one"})
        with closed_dashboard.client(follow_redirects=True) as client:
            answer = client.get("/", headers=PAGE)
            assert answer.status_code == 403
            assert client.cookies.get(USER) is None
    finally:
        provider.person, provider.published = kept, None


def test_an_answer_of_a_round_that_was_not_begun_here_signs_nobody_in(closed_dashboard):
    with closed_dashboard.client(follow_redirects=True) as client:
        answer = client.get("/oauth2callback?code=x&state=y", headers=PAGE)
        assert answer.status_code == 403
        assert client.cookies.get(USER) is None


def test_localhost_is_led_to_the_name_the_round_needs(closed_dashboard):
    there = closed_dashboard.url.replace("127.0.0.1", "localhost")
    with httpx2.Client() as client:
        answer = client.get(f"{there}/trend?x=1", headers=PAGE)
        assert answer.headers["location"] == f"{closed_dashboard.url}/trend?x=1"


def test_a_wall_link_passes_for_its_own_page_alone(closed_dashboard, routes):
    key = closed_dashboard.keys["kitchen"]
    with closed_dashboard.client() as client:
        assert client.get("/wall", params={"key": key}, headers=PAGE).status_code == 200
        assert client.get("/wall", headers=PAGE).status_code == 200
        for path, methods in [*routes, ("/data", ["GET"]), ("/wall_links", ["GET"])]:
            if path in OPEN | ROUND or path in (
                "/_stcore/health", "/_stcore/host-config", "/wall/watch.js", "/wall",
            ):  # fmt: skip
                continue
            for method in methods:
                assert client.request(method, path).status_code in (403, 404), (method, path)
            page = client.get(path, headers=PAGE)
            assert page.headers.get("location", "").startswith("/auth/login"), path
        cookies = {"Cookie": f"nps_wall={client.cookies['nps_wall']}"}
        with closed_dashboard.websocket(additional_headers=cookies) as socket:
            texts = texts_of(run_page(socket, page_name="wall"))
            assert b"data-wall-beat" in texts
            for state in ({"page_script_hash": calc_hash("data")}, {"page_name": "data"},
                          {"page_script_hash": calc_hash("wall_links")}):  # fmt: skip
                texts = texts_of(run_page(socket, **state))
                assert ON_DATA not in texts
                assert b"New wall link" not in texts
                assert b"Product changes" not in texts


def test_a_wall_session_gets_no_addresses_to_upload_to_and_empties_no_cache(closed_dashboard):
    from streamlit.proto.BackMsg_pb2 import BackMsg

    cookies = {"Cookie": f"nps_wall={closed_dashboard.keys['hall']}"}
    with closed_dashboard.websocket(additional_headers=cookies) as socket:
        asked = BackMsg()
        asked.file_urls_request.request_id = "1"
        asked.file_urls_request.file_names.append("a.csv")
        socket.send(asked.SerializeToString())
        socket.send(BackMsg(clear_cache=True).SerializeToString())
        socket.send(BackMsg(load_git_info=True).SerializeToString())
        messages = run_page(socket, page_name="wall")
    kinds = {message.WhichOneof("type") for message in messages}
    assert "file_urls_response" not in kinds
    assert "git_info_changed" not in kinds


def test_a_wall_session_cannot_go_on_with_a_persons_session(closed_dashboard):
    with closed_dashboard.signed_in() as client:
        cookie = f"{USER}={client.cookies[USER]}"
        with closed_dashboard.websocket(additional_headers={"Cookie": cookie}) as socket:
            first = next(m for m in run_page(socket) if m.WhichOneof("type") == "new_session")
            persons = first.new_session.initialize.session_id
    cookies = {"Cookie": f"nps_wall={closed_dashboard.keys['hall']}"}
    protocols = ["streamlit", "PLACEHOLDER", persons]
    with closed_dashboard.websocket(additional_headers=cookies, subprotocols=protocols) as socket:
        first = next(m for m in run_page(socket) if m.WhichOneof("type") == "new_session")
    assert persons
    assert first.new_session.initialize.session_id != persons


def test_who_is_signed_in_stays_so_with_a_wall_cookie(closed_dashboard):
    with closed_dashboard.signed_in() as client:
        answer = client.get("/wall", params={"key": closed_dashboard.keys["hall"]}, headers=PAGE)
        assert answer.status_code == 200
        assert "nps_wall" not in client.cookies
        client.cookies.set("nps_wall", closed_dashboard.keys["hall"])
        assert client.get("/data", headers=PAGE).status_code == 200
        both = f"{USER}={client.cookies[USER]}; nps_wall={closed_dashboard.keys['hall']}"
        with closed_dashboard.websocket(additional_headers={"Cookie": both}) as socket:
            assert ON_DATA in texts_of(run_page(socket, page_script_hash=calc_hash("data")))


def test_health_tells_strangers_no_reason(closed_dashboard):
    with closed_dashboard.client() as client:
        assert client.get("/livez").text == "ok"
        assert client.get("/readyz").text == "ok"
        assert client.get("/livez", headers={"Host": "10.0.0.7"}).text == "ok"


def test_only_those_on_the_list_come_in(serve, provider):
    served = serve(
        lambda url: provider.secrets(
            url, '[access]\nallowed = ["@Example.com", "bob@other.example"]'
        )
    )
    kept = provider.person
    verified = {"email_verified": True}
    cases = [
        (ADA, True),
        ({"sub": "2", "email": "BOB@other.example"} | verified, True),
        ({"sub": "3", "email": "eve@other.example"} | verified, False),
        ({"sub": "4", "email": "eve@example.com", "email_verified": False}, False),
        ({"sub": "5", "email": "eve@example.com"}, False),
        ({"sub": "6"}, False),
        ({"sub": "7", "email": "eve@example.com.evil.example"} | verified, False),
        ({"sub": "8", "email": "eve@sub.example.com"} | verified, False),
        ({"sub": "9", "email": "@example.com"} | verified, False),
    ]
    try:
        for person, let_in in cases:
            provider.person = person
            with served.client(follow_redirects=True) as client:
                answer = client.get("/", headers=PAGE)
                assert answer.status_code == (200 if let_in else 403), person
                assert ("You have no access" in answer.text) is not let_in
                code = client.get("/_stcore/host-config").status_code
                assert code == (200 if let_in else 403)
                if not let_in:
                    assert refused_status(served, f"{USER}={client.cookies[USER]}") == 403
                    assert re.search('href="/auth/logout"', answer.text)
                    wall = client.get("/wall", params={"key": served.keys["hall"]}, headers=PAGE)
                    assert wall.status_code == 200
                    for path in ("/", "/data"):
                        answer = client.get(path, headers=PAGE)
                        assert (answer.status_code, answer.url.path) == (403, path)
                        assert "You have no access" in answer.text
    finally:
        provider.person = kept


def test_the_round_works_under_a_path_and_health_stays_where_it_is(serve, provider):
    served = serve(lambda url: provider.secrets(f"{url}/nps"), "--server.baseUrlPath", "nps")
    with served.client(follow_redirects=True) as client:
        for path in ("/nps/_stcore/health", "/nps/data", "/data", "/_stcore/health", "/npsx"):
            assert client.get(path).status_code == 401, path
        assert client.get("/livez").text == "ok"
        answer = client.get("/nps/segments", headers=PAGE)
        assert (answer.status_code, answer.url.path) == (200, "/nps/segments")
        assert client.get("/nps/_stcore/host-config").status_code == 200
        out = client.get("/nps/auth/logout", headers=PAGE)
        assert (out.status_code, out.url.path) == (200, "/nps/oauth2callback")
        assert "You are signed out" in out.text
        assert client.get("/nps/_stcore/host-config").status_code == 401


def test_under_a_path_a_display_finds_its_script_and_its_server_beside_its_page(serve):
    served = serve(None, "--server.baseUrlPath", "nps")
    with served.client() as display:
        page = display.get("/nps/wall", params={"key": served.keys["hall"]}, headers=PAGE)
        script = re.search(r'<script src="(wall/watch[^"]+)"', page.text)[1]
        answer = display.get(page.url.join(script))
        assert answer.headers["content-type"].startswith("text/javascript")
        assert display.get(page.url.join("livez")).text == "ok"
        assert display.get(page.url.join("first-visit"), headers=PAGE).status_code == 403
    with served.client() as person:
        answer = person.get("/nps/first-visit?done=1&back=/nps/trend")
        assert (answer.status_code, answer.headers["location"]) == (303, "/nps/trend")
        assert "Path=/nps;" in answer.headers["set-cookie"]
