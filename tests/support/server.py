# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Odoo as its users meet it: a process of its own that answers HTTP."""

import contextlib
import os
import signal
import socket
import subprocess
import time
from pathlib import Path

import requests

from .databases import ROOT, odoo_command

START_LIMIT = 120
STOP_LIMIT = 15


def free_port():
    """Return a TCP port of the loopback address that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class OdooServer:
    """One Odoo server on one database, stopped at the end with all its processes.

    `workers` are worker processes (0: threads), `cron_threads` run scheduled
    actions (0: none run), `options` go to Odoo's command line as they are. The
    log is kept with those of the test run, where a warning fails the run, unless
    the server is to meet `trouble`.
    """

    def __init__(self, database, workers=0, cron_threads=0, options=(), trouble=False):
        self.database = database
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        logs = Path(os.environ.get("EBS_LOGS") or ROOT / ".ebs" / "logs")
        kind = "trouble.txt" if trouble else "log"
        self.log_path = logs / f"{database}-{self.port}.{kind}"
        self._command = odoo_command(
            "server",
            f"--config={os.environ['EBS_CONF']}",
            f"--database={database}",
            "--http-interface=127.0.0.1",
            f"--http-port={self.port}",
            f"--gevent-port={free_port()}",
            f"--workers={workers}",
            f"--max-cron-threads={cron_threads}",
            *options,
        )
        self._process = None

    def __enter__(self):
        self.log_path.parent.mkdir(parents=True, exist_ok=True)
        with self.log_path.open("wb") as log:
            self._process = subprocess.Popen(
                self._command,
                cwd=ROOT,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        try:
            self._wait_until_it_answers()
        except BaseException:
            self.kill()
            raise
        return self

    def __exit__(self, *exc_info):
        self._signal(signal.SIGTERM)
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(STOP_LIMIT)
        self.kill()

    @property
    def pid(self):
        """The process that watches over the workers."""
        return self._process.pid

    def kill(self):
        """Kill the server and its workers at once, as a power cut would."""
        self._signal(signal.SIGKILL)
        self._process.wait()

    def log(self):
        """Return what the server has logged so far."""
        return self.log_path.read_text(errors="replace")

    def _signal(self, number):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, number)

    def _wait_until_it_answers(self):
        limit = time.monotonic() + START_LIMIT
        while time.monotonic() < limit:
            if self._process.poll() is not None:
                break
            try:
                if requests.get(f"{self.url}/web/health", timeout=5).ok:
                    return
            except requests.RequestException:
                time.sleep(0.2)
        raise AssertionError(f"Odoo did not start:\n{self.log()[-4000:]}")
