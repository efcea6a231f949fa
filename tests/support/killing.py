# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Processes that die in the middle of their work: Odoo's workers, PostgreSQL's."""

import contextlib
import os
import random
import signal
import time

import psutil
import psycopg2

from .databases import query

# Backends that are in the middle of a transaction now, and who they work for.
BUSY = """
SELECT pid, client_port FROM pg_stat_activity
 WHERE datname = %s AND pid != pg_backend_pid() AND backend_type = 'client backend'
   AND xact_start IS NOT NULL AND state != 'idle'
"""


def kill(pid):
    """Kill a process as a power cut would; it may be gone already."""
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)


def wait_until(done, limit=60, pause=0.02):
    """Wait until `done()` gives something, and return it; not longer than `limit`."""
    end = time.monotonic() + limit
    while True:
        found = done()
        if found:
            return found
        assert time.monotonic() < end, f"waited in vain for {limit} s"
        time.sleep(pause)


def busy_backends(database):
    """Return (process, client port) of each backend within a transaction."""
    try:
        return query(database, BUSY, (database,))
    except psycopg2.OperationalError:
        return []


def workers_of(server):
    """Return the processes of a server that answer HTTP."""
    found = []
    for child in psutil.Process(server.pid).children():
        with contextlib.suppress(psutil.Error):
            if "gevent" not in child.cmdline():
                found.append(child)
    return found


def worker_in_transaction(server):
    """Return the id of a worker that is in the middle of a transaction, or None."""
    ports = {port for _pid, port in busy_backends(server.database)}
    for worker in random.sample(found := workers_of(server), len(found)):
        with contextlib.suppress(psutil.Error):
            links = worker.net_connections(kind="tcp4")
            if any(link.laddr.port in ports for link in links):
                return worker.pid
    return None
