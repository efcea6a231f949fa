# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The database server during a call: who started it stops it."""

import fcntl
import os
import socket
from contextlib import contextmanager

from . import config
from .files import locked, read_json, write_json
from .paths import EBS
from .postgres import Cluster
from .steps import EbsError, step

# Who started the server; 0 when that call ended while others were using it.
OWNER = EBS / "postgres.owner.json"
USERS = EBS / "postgres.users.lock"


def check_named(server):
    """Fail in one line when the server named in odoo.conf does not answer."""
    host, port = server["host"], server["port"]
    try:
        if host.startswith("/"):
            with socket.socket(socket.AF_UNIX) as probe:
                probe.settimeout(5)
                probe.connect(f"{host}/.s.PGSQL.{port}")
        else:
            socket.create_connection((host, port), timeout=5).close()
    except OSError as error:
        raise EbsError(
            f"the PostgreSQL named in odoo.conf, db_host {host} port {port}, does not "
            f"answer ({error.strerror or error})",
            "start it, correct db_host, or comment it out to use one from .ebs/",
        ) from error


@contextmanager
def running(careless=False):
    """Have a server during this block; yield how to reach it."""
    named = config.named_server()
    if named:
        check_named(named)
        yield named
        return
    cluster = Cluster()
    EBS.mkdir(parents=True, exist_ok=True)
    with USERS.open("a") as users:
        with locked("postgres"):
            fcntl.flock(users, fcntl.LOCK_SH)
            _begin(cluster, careless)
        try:
            yield cluster.access
        finally:
            with locked("postgres"):
                _end(cluster, users)


def _begin(cluster, careless):
    cluster.make()
    if cluster.pid():
        if not cluster.wait_for():
            with step("Restarting PostgreSQL, which does not answer"):
                cluster.stop()
    if not cluster.pid():
        # Ours from now on, even if we are interrupted while it starts.
        write_json(OWNER, {"pid": os.getpid()})
        try:
            cluster.start(careless)
        except BaseException:
            cluster.stop()
            raise


def _end(cluster, users):
    owner = read_json(OWNER).get("pid")
    if owner is None or (owner and owner != os.getpid() and _lives(owner)):
        return  # somebody else's: its starter is there, or it was never ours
    fcntl.flock(users, fcntl.LOCK_UN)
    try:
        fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        write_json(OWNER, {"pid": 0})  # others use it: the last of them stops it
        return
    cluster.stop()
    OWNER.unlink(missing_ok=True)


def _lives(pid):
    try:
        os.kill(pid, 0)
    except PermissionError:
        return True
    except OSError:
        return False
    return True


def is_used():
    """Whether another call is using the server now."""
    if not USERS.exists():
        return False
    with USERS.open("a") as users:
        try:
            fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return True
    return False
