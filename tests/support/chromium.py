# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A real browser without a window, spoken to by its own protocol.

It reaches this machine alone: any other name is not found, and is told of.
"""

import base64
import json
import re
import resource
import shutil
import subprocess
import tempfile
import time
from urllib.parse import urlsplit

import requests
import websocket

NAMES = ("google-chrome", "chromium", "chromium-browser", "google-chrome-stable")
FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-sync",
    "--disable-features=OptimizationHints,MediaRouter",
    "--remote-allow-origins=*",
    "--remote-debugging-port=0",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)
LISTENING = re.compile(r"DevTools listening on ws://127\.0\.0\.1:(\d+)/")
PATIENCE = 60
# Odoo's scripts have come and run.
READY = "document.body?.getAttribute('is-ready') === 'true'"


def _unlimited():
    """Give back the room that Odoo takes from itself: browsers reserve more."""
    _soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (hard, hard))


class Chromium:
    """One tab of one browser; leaves nothing behind."""

    def __init__(self):
        self.requests = []  # addresses asked since the last page was opened
        self._open = set()
        self._loaded = False
        self._number = 0

    def __enter__(self):
        program = next(path for name in NAMES if (path := shutil.which(name)))
        self._folder = tempfile.mkdtemp(prefix="ebs-chromium-")
        self._process = subprocess.Popen(
            [program, *FLAGS, f"--user-data-dir={self._folder}", "about:blank"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            preexec_fn=_unlimited,  # noqa: PLW1509 - it calls the system alone
        )
        said = []
        for line in self._process.stderr:
            said.append(line)
            if found := LISTENING.search(line):
                break
        else:
            raise AssertionError(f"the browser does not start: {said}")
        address = f"http://127.0.0.1:{found[1]}/json"
        tabs = requests.get(address, timeout=PATIENCE).json()
        tab = next(tab for tab in tabs if tab["type"] == "page")
        self._socket = websocket.create_connection(
            tab["webSocketDebuggerUrl"], timeout=PATIENCE, suppress_origin=True
        )
        for domain in ("Page", "Network", "Runtime"):
            self.call(f"{domain}.enable")
        return self

    def __exit__(self, *exc_info):
        self._socket.close()
        self._process.kill()
        self._process.wait()
        self._process.stderr.close()
        shutil.rmtree(self._folder, ignore_errors=True)

    # === PROTOCOL === #

    def call(self, method, **params):
        """Have the browser do something and return what it says."""
        self._number += 1
        number = self._number
        self._socket.send(
            json.dumps({"id": number, "method": method, "params": params})
        )
        while True:
            message = self._listen(PATIENCE)
            if message.get("id") == number:
                assert "error" not in message, (method, message)
                return message["result"]

    def _listen(self, seconds):
        self._socket.settimeout(seconds)
        message = json.loads(self._socket.recv())
        name, params = message.get("method"), message.get("params", {})
        if name == "Network.requestWillBeSent":
            address = params["request"]["url"]
            if urlsplit(address).scheme in ("http", "https", "ws", "wss"):
                self.requests.append(address)
                if params.get("type") not in ("Other", "Prefetch"):
                    self._open.add(params["requestId"])
        elif name in ("Network.loadingFinished", "Network.loadingFailed"):
            self._open.discard(params["requestId"])
        elif name == "Network.webSocketCreated":
            self.requests.append(params["url"])
        elif name == "Page.frameNavigated":
            # What the page before had still asked for ends with it.
            self._open.clear()
        elif name == "Page.loadEventFired":
            self._loaded = True
        return message

    def settle(self, quiet=0.4):
        """Wait until the page has loaded and asks for nothing more."""
        limit = time.monotonic() + PATIENCE
        while time.monotonic() < limit:
            try:
                self._listen(quiet)
            except websocket.WebSocketTimeoutException:
                if self._loaded and not self._open:
                    return
        raise AssertionError(f"the page does not come to rest: {self.requests[-5:]}")

    # === ACTS === #

    def be(self, url, session):
        """Take on a session's cookies, and nothing of the one before."""
        self.call("Network.clearBrowserCookies")
        for cookie in session.cookies:
            self.call(
                "Network.setCookie", name=cookie.name, value=cookie.value, url=url
            )

    def size(self, width, height=800, phone=None):
        """Give the window this size, in points; a narrow one is a phone's."""
        self.call(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=1,
            mobile=width < 600 if phone is None else phone,
        )

    def visit(self, address):
        """Open a page and wait for all that it asks for by itself."""
        self.requests, self._open, self._loaded = [], set(), False
        self.call("Page.navigate", url=address)
        self.settle()

    def wake(self):
        """Touch the page, and wait for the scripts that this starts."""
        limit, at = time.monotonic() + PATIENCE, 2
        while not self.run(READY):
            assert time.monotonic() < limit, "the scripts never come"
            at = 5 - at
            self.call("Input.dispatchMouseEvent", type="mouseMoved", x=at, y=at)
            time.sleep(0.2)
        self.settle()

    def wait(self, condition):
        """Wait until an expression of JavaScript is true."""
        limit = time.monotonic() + PATIENCE
        while not self.run(condition):
            assert time.monotonic() < limit, f"never: {condition}"
            time.sleep(0.1)

    def run(self, script):
        """Return the value of an expression of JavaScript, promises awaited."""
        answer = self.call(
            "Runtime.evaluate",
            expression=script,
            returnByValue=True,
            awaitPromise=True,
        )
        assert "exceptionDetails" not in answer, answer["exceptionDetails"]
        return answer["result"].get("value")

    def press(self, key, code=0, shift=False):
        """Press and release one key."""
        values = {"key": key, "code": key, "windowsVirtualKeyCode": code}
        values["modifiers"] = 8 if shift else 0
        text = {"Enter": "\r"}.get(key)
        down = {"type": "keyDown", "text": text} if text else {"type": "rawKeyDown"}
        self.call("Input.dispatchKeyEvent", **values, **down)
        self.call("Input.dispatchKeyEvent", **values, type="keyUp")

    def picture(self):
        """Return what is in the window, as PNG."""
        return base64.b64decode(self.call("Page.captureScreenshot")["data"])
