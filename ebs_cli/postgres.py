# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The PostgreSQL cluster below .ebs/pg: made, started, stopped."""

import os
import secrets
import socket
import sys
import time
from pathlib import Path

from . import account
from .files import read_json, remove, write_json, write_whole
from .paths import LOGS, PG, PG_STATE
from .pg_programs import find, version_of
from .process import child_env, output_of, run_logged, tail
from .steps import EbsError, step

ROLE = "ebs"
OWNER = "ebs_owner"
# New databases are copies of this one: unaccent is there, and the role owns it.
EMPTY = "ebs_empty"
LOG = LOGS / "initdb.log"


def free_port(first=0):
    """A TCP port of the loopback that nobody uses; `first` if it is free."""
    for port in (first, 0):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return probe.getsockname()[1]
    raise EbsError("no free TCP port on 127.0.0.1", "end some programs")


class Cluster:
    """The server that `./ebs` runs itself: made, started and stopped here."""

    data = PG / "data"
    log = PG / "server.log"

    def __init__(self):
        self.state = read_json(PG_STATE)

    @property
    def access(self):
        """How Odoo reaches it."""
        return {
            "host": "127.0.0.1",
            "port": self.state["port"],
            "user": ROLE,
            "password": self.state["password"],
            "template": EMPTY,
        }

    @property
    def programs(self):
        return Path(self.state["programs"])

    def is_made(self):
        return bool(self.state) and (self.data / "PG_VERSION").exists()

    def make(self):
        """Create the cluster in a temporary folder and name it when it is whole."""
        if self.is_made():
            wanted = int((self.data / "PG_VERSION").read_text(encoding="utf-8"))
            if version_of(self.programs) != wanted:
                version, folder = find(wanted)
                self._keep(programs=str(folder), version=version)
            return
        version, folder = find()
        part = PG.with_name("pg.part")
        with step(f"Creating a PostgreSQL {version} cluster"):
            remove(PG_STATE)
            for old in (part, PG):
                remove(old)
            part.mkdir(parents=True, mode=0o700)
            account.give(part)
            self.state = {"owner_password": secrets.token_urlsafe(24)}
            secret = part / "secret"
            write_whole(secret, self.state["owner_password"] + "\n", 0o600)
            account.give(secret)
            command = [
                folder / "initdb",
                "-D",
                part / "data",
                "-U",
                OWNER,
                "-E",
                "UTF8",
            ]
            command += ["--auth=scram-sha-256", f"--pwfile={secret}"]
            if run_logged(
                [*command, *_locale(version)], LOG, cwd="/", wrap=account.wrap(part)
            ):
                raise EbsError(
                    f"PostgreSQL's initdb failed: {_last_line(tail(LOG))}", f"see {LOG}"
                )
            remove(secret)
            part.rename(PG)
        self._keep(
            programs=str(folder),
            version=version,
            port=free_port(),
            password=secrets.token_urlsafe(24),
        )

    def _keep(self, **values):
        self.state.update(values)
        write_json(PG_STATE, self.state, 0o600)

    def pid(self):
        """Process of the running server, or None."""
        try:
            text = (self.data / "postmaster.pid").read_text(encoding="utf-8")
            number = int(text.split()[0])
            os.kill(number, 0)
        except PermissionError:
            return number
        except (OSError, ValueError, IndexError):
            return None
        if sys.platform == "linux":
            try:
                name = Path(f"/proc/{number}/comm").read_text(encoding="utf-8")
            except OSError:
                return None
            if not name.startswith("postgres"):
                return None
        return number

    def _control(self, *words):
        command = [self.programs / "pg_ctl", "-D", self.data, *words]
        return run_logged(
            command,
            LOGS / "pg_ctl.log",
            env=child_env(LC_ALL="C.UTF-8"),
            cwd="/",
            wrap=account.wrap(self.data),
        )

    def start(self, careless=False):
        """Start the server; `careless` trades safety at power loss for speed."""
        port = free_port(self.state["port"])
        if port != self.state["port"]:
            self._keep(port=port)
        options = [f"-p {port}", "-c listen_addresses=127.0.0.1"]
        options += ["-c unix_socket_directories=", "-c max_connections=200"]
        options += ["-c shared_buffers=256MB", "-c max_wal_size=2GB"]
        if careless:
            options += ["-c fsync=off", "-c synchronous_commit=off"]
            options += ["-c full_page_writes=off"]
        words = ["-o", " ".join(options), "-l", self.log, "-w", "-t", "60", "start"]
        with step("Starting PostgreSQL"):
            if self._control(*words):
                raise EbsError(
                    f"PostgreSQL did not start: {_last_line(tail(self.log))}",
                    f"see {self.log}; ./ebs reset starts afresh",
                )
            self._prepare()

    def stop(self):
        """Stop the server and wait for its end."""
        if self.pid():
            self._control("-m", "fast", "-w", "-t", "60", "stop")

    def _prepare(self):
        if self.state.get("prepared"):
            return
        import psycopg2  # noqa: PLC0415 - of the virtual environment
        from psycopg2 import sql  # noqa: PLC0415

        owner = {
            "host": "127.0.0.1",
            "port": self.state["port"],
            "user": OWNER,
            "password": self.state["owner_password"],
        }
        role, password = sql.Identifier(ROLE), sql.Literal(self.state["password"])
        empty = sql.Identifier(EMPTY)
        link = psycopg2.connect(dbname="postgres", **owner)
        link.autocommit = True
        with link.cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [ROLE])
            verb = sql.SQL("ALTER" if cursor.fetchone() else "CREATE")
            cursor.execute(
                sql.SQL("{} ROLE {} LOGIN CREATEDB PASSWORD {}").format(
                    verb, role, password
                )
            )
            cursor.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(empty))
            cursor.execute(
                sql.SQL(
                    "CREATE DATABASE {} OWNER {} ENCODING 'UTF8' LC_COLLATE 'C' "
                    "TEMPLATE template0"
                ).format(empty, role)
            )
        link.close()
        link = psycopg2.connect(dbname=EMPTY, **owner)
        link.autocommit = True
        with link.cursor() as cursor:
            cursor.execute("CREATE EXTENSION unaccent; CREATE EXTENSION pg_trgm")
            cursor.execute("ALTER FUNCTION unaccent(text) IMMUTABLE")
            # Odoo says the same when it creates a database: let it be allowed to.
            cursor.execute(
                sql.SQL("ALTER FUNCTION unaccent(text) OWNER TO {}").format(role)
            )
        link.close()
        self._keep(prepared=True)

    def wait_for(self, seconds=15):
        """Wait until the running server answers; False when it does not."""
        limit = time.monotonic() + seconds
        while time.monotonic() < limit:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.state["port"])) == 0:
                    return True
            time.sleep(0.2)
        return False


def _locale(version):
    names = (output_of(["locale", "-a"]) or "").lower().replace("-", "").split()
    libc = "C.UTF-8" if "c.utf8" in names else "C"
    if version >= 17:
        # Case rules of Unicode, without the machine's libraries.
        return [
            f"--locale={libc}",
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8",
        ]
    return [f"--locale={libc}"]


def _last_line(text):
    return (text.splitlines() or ["no word of it"])[-1]
