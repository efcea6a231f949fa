# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Databases that a test makes, fills by Odoo's own command line, and drops.

The test command names in the environment `EBS_CONF`, the Odoo configuration in use,
`EBS_ODOO_BIN`, the script that runs Odoo, and `EBS_TEST_TEMPLATE`, an installed
database that nobody is connected to and that is never changed.
"""

import configparser
import contextlib
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import psycopg2
import psycopg2.errors
from psycopg2 import sql

ROOT = Path(__file__).resolve().parents[2]
ADDONS = (
    "ebs_base",
    "ebs_circles",
    "ebs_listings",
    "ebs_loans",
    "ebs_website",
    "ebs_sms",
    "ebs_payment",
)


def configuration():
    """Return the `[options]` section of the Odoo configuration in use."""
    parser = configparser.RawConfigParser()
    parser.read(os.environ["EBS_CONF"])
    return parser["options"]


def installed_template():
    """Return the name of the installed database that tests copy from."""
    return os.environ["EBS_TEST_TEMPLATE"]


def core_template():
    """Return the name of the database that holds core's modules alone."""
    return os.environ["EBS_CORE_TEMPLATE"]


def connect(database):
    """Return a psycopg2 connection to `database`, in autocommit."""
    options = configuration()
    connection = psycopg2.connect(
        dbname=database,
        host=options.get("db_host"),
        port=options.get("db_port"),
        user=options.get("db_user"),
        password=options.get("db_password"),
    )
    connection.autocommit = True
    return connection


def query(database, statement, parameters=None):
    """Run one statement on `database` and return its rows, if it has any."""
    with contextlib.closing(connect(database)) as connection:
        with connection.cursor() as cursor:
            cursor.execute(statement, parameters)
            return cursor.fetchall() if cursor.description else []


def filestore(database):
    """Return the folder of a database's files."""
    return Path(configuration()["data_dir"]) / "filestore" / database


def copy_database(source, target):
    """Make `target` a copy of `source`, filestore included.

    Another process of the run may look into `source` for a moment: wait for its end.
    """
    drop_database(target)
    statement = sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(
        sql.Identifier(target), sql.Identifier(source)
    )
    limit = time.monotonic() + 60
    while True:
        try:
            query("postgres", statement)
            break
        except psycopg2.errors.ObjectInUse:
            if time.monotonic() > limit:
                raise
            time.sleep(0.5)
    copy_files(source, target)


def copy_files(source, target):
    """Give `target` the files of `source`."""
    shutil.rmtree(filestore(target), ignore_errors=True)
    if filestore(source).exists():
        shutil.copytree(filestore(source), filestore(target), copy_function=os.link)


def drop_database(database):
    """Drop `database` with its filestore; nothing happens when there is none."""
    query(
        "postgres",
        # PostgreSQL ends its own cleaners when the database is dropped.
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE datname = %s AND usename = current_user",
        (database,),
    )
    query(
        "postgres",
        sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(database)),
    )
    shutil.rmtree(filestore(database), ignore_errors=True)


@contextlib.contextmanager
def temporary_database(source, name):
    """Give the name of a copy of `source`, dropped at the end."""
    copy_database(source, name)
    try:
        yield name
    finally:
        drop_database(name)


def odoo_command(*arguments):
    """Return the command line that runs Odoo.

    By its script: a server with workers starts itself again under that name, for
    the process that keeps connections open.
    """
    return [sys.executable, os.environ["EBS_ODOO_BIN"], *arguments]


def odoo_environment():
    """Return the environment in which its shell may import from `tests`."""
    return {**os.environ, "PYTHONPATH": str(ROOT)}


def run_odoo(*arguments, stdin=None, timeout=900):
    """Run Odoo's command line to its end and return what it printed.

    `arguments` are Odoo's, the configuration is added behind them. What is fed to
    its shell may import from `tests`.
    Raises AssertionError with the log when Odoo fails.
    """
    done = subprocess.run(  # noqa: S603 (our own interpreter and arguments)
        odoo_command(*arguments, "-c", os.environ["EBS_CONF"]),
        input=stdin,
        capture_output=True,
        text=True,
        cwd=ROOT,
        env=odoo_environment(),
        timeout=timeout,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr
