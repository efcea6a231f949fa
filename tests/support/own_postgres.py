# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A PostgreSQL of the test's own, on its own port and folder, to be killed.

It holds a copy of the installed database, and keeps what it has confirmed: a kill
takes nothing that a process has written, so that the disk need not be waited for.
"""

import configparser
import contextlib
import json
import os
import shutil
import subprocess
import time
from unittest.mock import patch

import psycopg2

from ebs_cli import pg_programs
from tests.command import Checkout

from .databases import configuration, connect, copy_files, filestore, query

MAKE = "from ebs_cli.postgres import Cluster; Cluster().make()"
START = "from ebs_cli.postgres import Cluster; Cluster().start()"
STOP = "from ebs_cli.postgres import Cluster; Cluster().stop()"


class OwnPostgres:
    """The server: started at the beginning, stopped and thrown away at the end."""

    def __init__(self, folder):
        self.checkout = Checkout(folder).borrow()
        self._folder = self.checkout.root / ".ebs"

    def __enter__(self):
        self._run(MAKE)
        with (self._folder / "pg" / "data" / "postgresql.conf").open("a") as stream:
            stream.write("fsync = off\n")
        self._run(START)
        return self

    def __exit__(self, *exc_info):
        self.checkout.python(STOP)

    def _run(self, code):
        done = self.checkout.python(code)
        assert done.returncode == 0, done.stdout + done.stderr

    def restart(self):
        """Stop and start it, so that nothing is left to be recovered from its log."""
        self._run(STOP)
        self._run(START)

    @property
    def pid(self):
        """The process of the postmaster."""
        text = (self._folder / "pg" / "data" / "postmaster.pid").read_text()
        return int(text.split()[0])

    def state(self):
        """Return how to reach it, as the command keeps it."""
        return json.loads((self._folder / "postgres.json").read_text())

    def start_again(self, limit=15):
        """Start it after it was killed; it may take more than one try."""
        port, end = self.state()["port"], time.monotonic() + limit
        while self.checkout.python(START).returncode:
            assert time.monotonic() < end, "PostgreSQL does not start again"
        assert self.state()["port"] == port

    def environment(self):
        """Return what names this server to Odoo, in a configuration of its own."""
        parser = configparser.RawConfigParser()
        state = self.state()
        parser["options"] = {
            **configuration(),
            "db_host": "127.0.0.1",
            "db_port": state["port"],
            "db_user": "ebs",
            "db_password": state["password"],
        }
        path = self.checkout.root / "killed.conf"
        with path.open("w") as stream:
            parser.write(stream)
        return {
            "EBS_CONF": str(path),
            "PGHOST": "127.0.0.1",
            "PGPORT": str(state["port"]),
            "PGUSER": "ebs",
            "PGPASSWORD": state["password"],
        }


def dump(database, path):
    """Write a database of the run's server into a file."""
    options = configuration()
    _run("pg_dump", options, "--format=custom", f"--file={path}", database)


def restore(path, source, target):
    """Make `target` on the server in use of a dump and the files of `source`."""
    options = configuration()
    query("postgres", f'CREATE DATABASE "{target}" TEMPLATE ebs_empty')
    words = ["--no-owner", "--no-comments", "--jobs=2", f"--dbname={target}"]
    _run("pg_restore", options, *words, path)
    copy_files(source, target)


def _run(program, options, *words):
    _version, folder = pg_programs.find()
    where = [f"--host={options['db_host']}", f"--port={options['db_port']}"]
    where += [f"--username={options['db_user']}"]
    done = subprocess.run(
        [folder / program, *where, *words],
        env={**os.environ, "PGPASSWORD": options["db_password"]},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


@contextlib.contextmanager
def killable_database(source, target, folder):
    """Give a server that may be killed, and have `target`, a copy of `source`, in it.

    During the block the Odoo configuration in use is one that names this server.
    """
    dumped = folder / "dump"
    dump(source, dumped)
    with OwnPostgres(folder) as postgres:
        with patch.dict(os.environ, postgres.environment()):
            try:
                restore(dumped, source, target)
                postgres.restart()
                yield postgres
            finally:
                shutil.rmtree(filestore(target), ignore_errors=True)


def answers(database):
    """Whether the server in use answers."""
    try:
        with contextlib.closing(connect(database)):
            return True
    except psycopg2.OperationalError:
        return False
