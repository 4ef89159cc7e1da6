"""Without a sign-in the dashboard answers its own machine, whatever it is told at the start."""

import json
import re
import socket
import subprocess
import time
import urllib.request

import pytest
from streamlit.util import calc_hash
from websockets.exceptions import InvalidStatus

from nps_app.web.gate import TOLD, Gate
from tests.loops import in_a_loop
from tests.serving import PAGE, ROOT, free_port, prepare, run_page, start

NOT_STARTED = "The dashboard was not started: server.address is"


def own_addresses() -> list[str]:
    """The addresses other machines reach this one by."""
    found = subprocess.run(["hostname", "-I"], capture_output=True, text=True, check=True)
    return [address for address in found.stdout.split() if "." in address]


def answered(address: str, port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://{address}:{port}/livez", timeout=2) as answer:
            return answer.status > 0
    except OSError:
        return False


def test_it_listens_on_this_machine_alone_and_says_so_in_one_line(open_dashboard):
    said = [line for line in open_dashboard.log.read_text().splitlines() if "127.0.0.1)" in line]
    assert len(said) == 1
    assert "No sign-in is configured" in said[0]
    port = int(open_dashboard.url.rsplit(":", 1)[1])
    assert answered("127.0.0.1", port)
    addresses = own_addresses()
    assert addresses, "this machine has no second address to try"
    for address in addresses:
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection((address, port), timeout=3)


@pytest.mark.parametrize(
    ("arguments", "environment"),
    [
        (["--server.address", "0.0.0.0"], {}),
        ([], {"STREAMLIT_SERVER_ADDRESS": "0.0.0.0"}),
        (["--server.address", "::"], {}),
        (["--server.address", ""], {}),
    ],
)
def test_told_to_serve_other_machines_it_does_not_start(tmp_path, arguments, environment):
    prepare(tmp_path / "data")
    port = free_port()
    process = start(tmp_path / "data", port, None, *arguments, **environment)
    seen = []
    try:
        deadline = time.monotonic() + 60
        while process.poll() is None and time.monotonic() < deadline:
            seen += [address for address in own_addresses() if answered(address, port)]
        assert process.poll() not in (None, 0)
    finally:
        process.kill()
        process.wait()
    assert seen == []
    log = (tmp_path / "log").read_text()
    assert NOT_STARTED in log
    assert "docs/sign-in.md" in log
    assert "Traceback" not in log
    assert (ROOT / "docs" / "sign-in.md").exists()


def test_another_server_on_all_addresses_refuses_who_is_not_on_this_machine(tmp_path):
    import os
    import sys

    prepare(tmp_path / "data")
    port = free_port()
    with (tmp_path / "log").open("wb") as log:
        process = subprocess.Popen(
            [*(sys.executable, "-m", "uvicorn", "dashboard:app"), *("--host", "0.0.0.0"),
             *("--port", str(port))],
            cwd=ROOT,
            env=os.environ | {"NPS_DATA": str(tmp_path / "data")},
            stdout=log,
            stderr=subprocess.STDOUT,
        )  # fmt: skip
    try:
        deadline = time.monotonic() + 60
        while not answered("127.0.0.1", port):
            assert process.poll() is None
            assert time.monotonic() < deadline
            time.sleep(0.2)
        for path in ("/livez", "/", "/_stcore/health", "/static/js/x.js"):
            request = urllib.request.Request(
                f"http://{own_addresses()[0]}:{port}{path}", headers={"Host": "127.0.0.1"}
            )
            with pytest.raises(urllib.error.HTTPError) as refused:
                urllib.request.urlopen(request, timeout=5)
            assert refused.value.code == 403
    finally:
        process.terminate()
        process.wait(20)


def test_what_a_proxy_forwards_for_others_is_refused(open_dashboard):
    for address in ("203.0.113.9", "127.0.0.1, 203.0.113.9", "2001:db8::1"):
        with open_dashboard.client(headers={"X-Forwarded-For": address}) as client:
            assert client.get("/", headers=PAGE).status_code == 403


@pytest.mark.parametrize(
    "host",
    ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example", "192.0.2.1", "a@127.0.0.1",
     "127.0.0.1/evil.example", "0.0.0.0", "", "[::1].evil.example"],
)  # fmt: skip
def test_a_page_elsewhere_cannot_pass_for_this_host(open_dashboard, host):
    with open_dashboard.client() as client:
        answer = client.get("/", headers=PAGE | {"Host": host})
        assert answer.status_code in (400, 403), host
        assert "Streamlit" not in answer.text


@pytest.mark.parametrize(
    ("host", "told"), [("localhost:8501", True), ("evil.example", False), ("10.0.0.7", False)]
)
def test_why_the_store_does_not_open_is_told_under_its_own_name_alone(tmp_path, host, told):
    seen = []

    async def app(scope, receive, send):
        seen.append(scope[TOLD])

    gate = Gate(app, None, lambda token: None, tmp_path / "signed_out", lambda languages: "en")
    scope = {"type": "http", "method": "GET", "path": "/readyz", "raw_path": b"/readyz",
             "query_string": b"", "client": ("127.0.0.1", 1),
             "headers": [(b"host", host.encode())]}  # fmt: skip
    in_a_loop(gate(scope, None, None))
    assert seen == [told]


def test_names_of_this_machine_are_served(open_dashboard):
    port = open_dashboard.url.rsplit(":", 1)[1]
    with open_dashboard.client() as client:
        for host in (f"localhost:{port}", f"127.0.0.1:{port}", f"[::1]:{port}", "LOCALHOST"):
            assert client.get("/", headers=PAGE | {"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "origin",
    ["https://evil.example", "null", "http://localhost:1", "http://127.0.0.1.evil.example"],
)
def test_pages_of_other_sites_open_no_websocket_and_change_nothing(open_dashboard, origin):
    with pytest.raises(InvalidStatus) as refused:
        open_dashboard.websocket(origin=origin)
    assert refused.value.response.status_code == 403
    with open_dashboard.client(headers={"Origin": origin}) as client:
        assert client.put("/_stcore/upload_file/s/f", content=b"x").status_code == 403
        assert client.post("/wall/leave").status_code == 403


def page_texts(messages) -> bytes:
    return b"".join(message.SerializeToString() for message in messages)


ON_DATA = b"Respondent id, exactly as in your export"
IN_MENU = b"Product changes"


def test_a_page_asked_for_by_its_number_is_what_an_open_dashboard_shows(open_dashboard):
    with open_dashboard.websocket() as socket:
        texts = page_texts(run_page(socket, page_script_hash=calc_hash("data")))
    assert ON_DATA in texts
    assert IN_MENU in texts


def test_a_display_of_this_machine_shows_the_wall_and_nothing_else(open_dashboard):
    key = open_dashboard.keys["kitchen"]
    with open_dashboard.client() as client:
        answer = client.get("/wall", params={"key": key}, headers=PAGE)
        assert answer.status_code == 200
        set_cookie = answer.headers["set-cookie"]
        assert "HttpOnly" in set_cookie
        assert "SameSite=Lax" in set_cookie
        for path in ("/data", "/", "/segments", "/wall_links", "/wall/x", "//data", "/Data"):
            deep = client.get(path, headers=PAGE)
            assert deep.status_code in (400, 403), path
            assert "Streamlit" not in deep.text
        assert client.get("/media/x.csv").status_code == 403
        assert client.put("/_stcore/upload_file/s/f", content=b"x").status_code == 403
        cookies = {"Cookie": f"nps_wall={client.cookies['nps_wall']}"}
        with open_dashboard.websocket(additional_headers=cookies) as socket:
            data = page_texts(run_page(socket, page_script_hash=calc_hash("data")))
            named = page_texts(run_page(socket, page_name="data", query_string="key="))
        for texts in (data, named):
            assert ON_DATA not in texts
            assert IN_MENU not in texts
        left = client.post("/wall/leave", headers={"Origin": open_dashboard.url})
        assert (left.status_code, left.headers["location"]) == (303, "/")
        assert client.get("/data", headers=PAGE).status_code == 200


def test_a_key_in_the_address_makes_a_session_a_display_for_good(open_dashboard):
    key = open_dashboard.keys["kitchen"]
    with open_dashboard.websocket() as socket:
        run_page(socket, page_name="wall", query_string=f"key={key}")
        later = page_texts(run_page(socket, page_script_hash=calc_hash("data"), query_string=""))
    assert ON_DATA not in later
    assert IN_MENU not in later
    assert b"This display shows the wall and nothing else." in later


def test_revoked_unknown_and_maimed_keys_open_nothing(open_dashboard):
    key = open_dashboard.keys["kitchen"]
    wrong = [open_dashboard.keys["gone"], key[:-1], key + "a", key.swapcase(), "", "a" * 43, "%00",
             "' OR 1=1 --", "\u00e9" * 43]  # fmt: skip
    for one in wrong:
        with open_dashboard.client() as client:
            answer = client.get("/wall", params={"key": one}, headers=PAGE)
            assert answer.status_code == 403, one
            assert "This wall display is switched off" in answer.text
            assert "set-cookie" not in answer.headers


def test_a_visitor_cannot_say_who_let_them_in(open_dashboard):
    headers = {"x-nps-admission": "wall 1", "X-Nps-Admission": "signed_in"}
    with open_dashboard.websocket(additional_headers=headers) as socket:
        texts = page_texts(run_page(socket))
    assert IN_MENU in texts
    assert b"Sign out" not in texts


SECURITY = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "SAMEORIGIN",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}


def check_headers(headers, where: str) -> None:
    for name, value in SECURITY.items():
        assert headers.get(name) == value, (where, name)
    assert "default-src 'self'" in headers["content-security-policy"], where
    assert re.search("no-store|immutable", headers["cache-control"]), where
    assert len(headers.get_list("content-security-policy")) == 1, where


def test_every_route_has_the_headers_with_every_answer(open_dashboard, routes):
    paths = {path for path, _ in routes}
    assert {"/livez", "/_stcore/stream", "/media/" + "0" * 56 + ".csv"} <= paths
    more = [("/static/js/nothing.js", ["GET"]), ("/favicon.png", ["GET"]), ("/segments", ["GET"]),
            ("/segments/", ["GET"]), ("//x", ["GET"]), ("/..%2f", ["GET"]), ("/livez", ["POST"]),
            ("/wall?key=x", ["GET"]), ("/wall/leave", ["POST"])]  # fmt: skip
    with open_dashboard.client() as client:
        for path, methods in routes + more:
            for method in methods:
                for accept in ("text/html", "*/*"):
                    answer = client.request(method, path, headers={"Accept": accept})
                    check_headers(answer.headers, f"{method} {path} {answer.status_code}")
        refused = client.get("/", headers={"Host": "evil.example"})
        check_headers(refused.headers, "refused host")


def test_refused_and_opened_websockets_have_the_headers(open_dashboard):
    for options in ({"origin": "https://evil.example"},):
        with pytest.raises(InvalidStatus) as refused:
            open_dashboard.websocket(**options)
        assert refused.value.response.headers["X-Frame-Options"] == "SAMEORIGIN"
    with open_dashboard.websocket() as socket:
        assert socket.response.headers["X-Content-Type-Options"] == "nosniff"


def test_only_files_that_never_change_may_be_kept_by_a_browser(open_dashboard):
    with open_dashboard.client() as client:
        page = client.get("/", headers=PAGE)
        script = re.search(r'src="\./(static/js/[^"]+)"', page.text)
        assert script
        assert "immutable" in client.get(f"/{script[1]}").headers["cache-control"]
        assert page.headers["cache-control"] == "no-store"
        assert client.get("/_stcore/host-config").headers["cache-control"] == "no-store"
        assert json.loads(client.get("/_stcore/host-config").text)
