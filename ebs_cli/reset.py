# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""`./ebs reset`: start afresh."""

import sys

from . import config, databases, environment, server
from .files import remove
from .paths import DATA, EBS, LOCAL_CONF, LOGS, PG, PG_STATE, STAMPS, VENV
from .postgres import Cluster
from .steps import EbsError, say, step


def _agreed(what):
    if not sys.stdin.isatty():
        return True
    say(f"This removes {what}.")
    return input("Type yes to go on: ").strip().lower() == "yes"


def main(options):
    """Drop the databases that ./ebs made; with --all remove all that it made."""
    what = "all of .ebs/ and .venv/" if options.all else "all databases in .ebs/"
    if not _agreed(what):
        return 1
    if server.is_used():
        raise EbsError("another ./ebs is at work here", "end it first")
    with step(f"Removing {what}"):
        named = config.named_server()
        if named:
            if databases.known():
                server.check_named(named)
                environment.activate()
            for name in databases.known():
                databases.drop(named, name)
        else:
            cluster = Cluster()
            if cluster.is_made():
                cluster.stop()
        paths = [PG, PG_STATE, DATA, STAMPS, LOCAL_CONF, LOGS]
        for path in [EBS, VENV] if options.all else paths:
            remove(path)
    return 0
