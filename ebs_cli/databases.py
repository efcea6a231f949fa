# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Databases: made, copied, dropped, and trusted only when stamped as complete."""

import os
import re
import shutil
from contextlib import closing
from pathlib import Path

from .files import read_json, remove, write_json
from .paths import DATA, LOGS, STAMPS
from .steps import EbsError

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,62}\Z")
_NOT_OURS = ("postgres", "template0", "template1", "ebs_empty")


def check_name(name):
    """Refuse a name that PostgreSQL or a folder would not take as it is."""
    if not _NAME.match(name) or name in _NOT_OURS:
        raise EbsError(
            f"{name!r} is no name for a database",
            "use letters, digits, points and underscores",
        )
    return name


def connect(server, name="postgres"):
    """A connection in autocommit mode, closed by its `with`."""
    import psycopg2  # noqa: PLC0415 - of the virtual environment

    try:
        link = psycopg2.connect(
            host=server["host"],
            port=server["port"],
            user=server["user"],
            password=server["password"] or None,
            dbname=name,
            connect_timeout=10,
        )
    except psycopg2.OperationalError as error:
        raise EbsError(
            f"PostgreSQL refuses database {name}: {error}",
            "./ebs doctor says which server and role are used",
        ) from error
    link.autocommit = True
    return closing(link)


def query(server, name, text, values=()):
    """The rows that a query gives."""
    with connect(server, name) as link, link.cursor() as cursor:
        cursor.execute(text, values)
        return cursor.fetchall() if cursor.description else []


def _identified(text, *names):
    from psycopg2 import sql  # noqa: PLC0415 - of the virtual environment

    return sql.SQL(text).format(*map(sql.Identifier, names))


def exists(server, name):
    """Whether the server has a database of this name."""
    text = "SELECT 1 FROM pg_database WHERE datname = %s"
    return bool(query(server, "postgres", text, [name]))


def filestore(name):
    """The folder of a database's attachments."""
    return DATA / "filestore" / name


def drop(server, name):
    """Drop a database, its files and its stamp; connections to it are ended."""
    if exists(server, name):
        ending = (
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s"
        )
        query(server, "postgres", ending, [name])
        query(server, "postgres", _identified("DROP DATABASE {}", name))
    remove(filestore(name))
    remove(_stamp(name))


def copy(server, source, target):
    """Make `target` a copy of `source`, attachments included (as hard links)."""
    drop(server, target)
    text = "CREATE DATABASE {} TEMPLATE {}"
    query(server, "postgres", _identified(text, target, source))
    if filestore(source).is_dir():
        shutil.copytree(filestore(source), filestore(target), copy_function=_link)


def _link(source, target):
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


def installed(server, name):
    """Names of the modules that are installed in a database."""
    has = "SELECT 1 FROM pg_class WHERE relname = 'ir_module_module'"
    if not query(server, name, has):
        return set()
    text = "SELECT name FROM ir_module_module WHERE state = 'installed'"
    return {row[0] for row in query(server, name, text)}


def without_demo(server, name):
    """Addons of ours whose sample data failed: Odoo only logs that and goes on."""
    text = "SELECT name FROM ir_module_module WHERE state = 'installed' AND NOT demo"
    rows = query(server, name, text + " AND name LIKE 'ebs\\_%%' ORDER BY name")
    return [row[0] for row in rows]


def _stamp(name):
    return STAMPS / f"{name}.json"


def stamp(name):
    """What was noted about a database; empty when it is not ours."""
    return read_json(_stamp(name))


def begin(name, **facts):
    """Note, before it is made, that a database is under way."""
    write_json(_stamp(name), {"complete": False, **facts})


def finish(name, **facts):
    """Note, last of all, that a database is complete."""
    write_json(_stamp(name), {"complete": True, **facts})


def is_complete(server, name):
    """Whether a database was finished and is still there."""
    return bool(stamp(name).get("complete")) and exists(server, name)


def known():
    """Names of the databases that we made."""
    return sorted(path.stem for path in STAMPS.glob("*.json"))


def install_log(name):
    """Where the log of a database's installation is kept, as long as it lives."""
    return Path(LOGS / f"install-{name}.log")
