# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Mail servers on the loopback: one that never answers, one that takes all."""

import socket
import threading

from aiosmtpd.controller import Controller

from .server import free_port


class SilentMailServer:
    """Takes each connection and says nothing, until the caller loses patience.

    `connections` counts the callers, to prove that somebody did try.
    """

    def __init__(self):
        self.connections = 0
        self._held = []
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = self._socket.getsockname()[1]

    def __enter__(self):
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(self, *exc_info):
        self._socket.close()
        for caller in self._held:
            caller.close()

    def _accept(self):
        while True:
            try:
                caller, _address = self._socket.accept()
            except OSError:
                return
            self._held.append(caller)
            self.connections += 1


class MailServer:
    """Takes each mail; `envelopes` holds them as aiosmtpd gives them."""

    def __init__(self):
        self.envelopes = []
        self.port = free_port()
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port)

    def __enter__(self):
        self._controller.start()
        return self

    def __exit__(self, *exc_info):
        self._controller.stop()

    async def handle_DATA(self, _server, _session, envelope):  # noqa: N802 (aiosmtpd)
        self.envelopes.append(envelope)
        return "250 OK"
