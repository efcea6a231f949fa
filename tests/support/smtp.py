# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Mail servers on the loopback: one that never answers, one that takes all.

And one that brings what it takes into Odoo, as an operator's does.
"""

import socket
import subprocess
import sys
import threading
from pathlib import Path

import odoo.addons.mail
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


class GatewayServer(MailServer):
    """Hands each mail to core's gateway script, as a pipe of Postfix does.

    `exits` holds what the script answered: 0 when Odoo took the mail.
    """

    SCRIPT = Path("static", "scripts", "odoo-mailgate.py")

    def __init__(self, database, port, user_id, password):
        super().__init__()
        self.exits = []
        folder = Path(next(iter(odoo.addons.mail.__path__)))
        self._command = [sys.executable, str(folder / self.SCRIPT)]
        self._command += ["-d", database, "-u", str(user_id), "-p", password]
        self._command += ["--host", "127.0.0.1", "--port", str(port)]

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 (aiosmtpd)
        """Take the mail and pass it on, with whom it was for written in it."""
        answer = await super().handle_DATA(server, session, envelope)
        head = f"Delivered-To: {envelope.rcpt_tos[0]}\r\n".encode()
        done = subprocess.run(  # noqa: S603 (core's script, our arguments)
            self._command, input=head + envelope.content, check=False, timeout=120
        )
        self.exits.append(done.returncode)
        return answer
