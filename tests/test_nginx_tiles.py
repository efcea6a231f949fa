# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The ground of the map through the operator's nginx, as docs/ sets it up."""

import os
import re
import subprocess
import threading
import time
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

import pytest

from ebs_cli import nginx
from ebs_cli.paths import ROOT
from ebs_cli.postgres import free_port

CONF = ROOT / "docs" / "nginx-tiles.conf"
MAIN = """
{user}
pid {tmp}/pid;
error_log {tmp}/error.log;
daemon off;
events {{}}
http {{
    access_log off;
    client_body_temp_path {tmp}/body;
    proxy_temp_path {tmp}/proxy;
    fastcgi_temp_path {tmp}/fastcgi;
    uwsgi_temp_path {tmp}/uwsgi;
    scgi_temp_path {tmp}/scgi;
    proxy_cache_path {tmp}/cache keys_zone=ebs:1m;
    server {{
        listen 127.0.0.1:{port};
        proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
        proxy_http_version 1.1;
{tiles}
    }}
}}
"""


@pytest.fixture
def drawer():
    """Somebody who draws maps, and remembers who asked how."""
    asked = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append((self.path, dict(self.headers)))
            self.send_response(200)
            self.send_header("Content-Type", "image/png")
            self.send_header("Set-Cookie", "who=you")
            self.send_header("Content-Length", "4")
            self.end_headers()
            self.wfile.write(b"tile")

        def log_message(self, *args):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_port, asked
    server.shutdown()


@pytest.fixture
def tiles(drawer, tmp_path):
    """The address of nginx in front of the drawer, and what the drawer was asked."""
    if not nginx.find():
        pytest.skip("no nginx")
    far, asked = drawer
    text, found = re.subn(
        r"proxy_pass https://tile[^;]+;",
        f"proxy_pass http://127.0.0.1:{far}/;",
        CONF.read_text(encoding="utf-8"),
    )
    assert found == 1
    port = free_port()
    conf = tmp_path / "nginx.conf"
    user = "" if os.geteuid() else "user root;"
    main = MAIN.format(tmp=tmp_path, user=user, port=port, tiles=text)
    conf.write_text(main, encoding="utf-8")
    child = subprocess.Popen([nginx.find(), "-p", tmp_path, "-c", conf])
    for _turn in range(100):
        with suppress(URLError):
            get(f"http://127.0.0.1:{port}/")
            break
        time.sleep(0.05)
    yield f"http://127.0.0.1:{port}", asked
    child.terminate()
    child.wait(10)


def get(url, **headers):
    """The status and the headers of an answer, whatever it is."""
    try:
        with urlopen(Request(url, headers=headers), timeout=10) as answer:
            return answer.status, dict(answer.headers)
    except HTTPError as error:
        return error.code, dict(error.headers)


def test_nothing_of_the_visitor_goes_along(tiles):
    url, asked = tiles
    status, headers = get(
        f"{url}/tiles/12/2077/1380.png",
        Cookie="session_id=secret",
        Referer="https://partage.example.org/listings?q=secret",
        **{"Accept-Language": "fr", "X-Forwarded-For": "192.0.2.7"},
    )
    assert status == 200
    assert "Set-Cookie" not in headers
    [(path, told)] = asked
    assert path == "/12/2077/1380.png"
    assert set(told) <= {"Host", "User-Agent", "Connection"}
    assert "secret" not in str(told) and "192.0.2.7" not in str(told)


def test_a_tile_is_fetched_once(tiles):
    url, asked = tiles
    for language in ("fr", "en", "de"):
        assert get(f"{url}/tiles/3/4/2.png", **{"Accept-Language": language})[0] == 200
    assert len(asked) == 1


def test_it_leads_nowhere_else(tiles):
    url, asked = tiles
    for path in (
        "/tiles/",
        "/tiles/../admin",
        "/tiles/3/4/2.png.php",
        "/tiles/x/4/2.png",
        "/tiles/99/4/2.png",
        "/tiles/3/4/2.svg",
        "/tiles/3/4/2.png%0aX",
    ):
        assert get(url + path)[0] in (400, 403, 404), path
    assert not asked
