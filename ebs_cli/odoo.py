# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Running Odoo: its command line, and installations with a progress bar."""

import re
import subprocess
import threading

from .paths import LOCAL_CONF, LOGS, ODOO_BIN, PYTHON
from .process import child_env, start_apart, tail, wait_or_stop
from .steps import EbsError, step

_LOADING = re.compile(r"Loading module (\S+) \((\d+)/(\d+)\)")
_RECORD = re.compile(r"^\d{4}-\S+ \S+ \d+ ([A-Z]+) \S+ \S+: (.*)")

_RAISED = re.compile(r"[A-Za-z_][\w.]*(Error|Exception|Warning)\b.*: ")


def env_for(server, **values):
    """Environment of Odoo and of PostgreSQL's programs: this server, this file."""
    return child_env(
        ODOO_RC=LOCAL_CONF,
        PGHOST=server["host"],
        PGPORT=server["port"],
        PGUSER=server["user"],
        PGPASSWORD=server["password"],
        **values,
    )


def command(*words):
    """Odoo's own command line."""
    return [PYTHON, ODOO_BIN, *words]


def install(server, name, title, log, words):
    """Run Odoo on a database until it has installed or updated what is asked."""
    LOGS.mkdir(parents=True, exist_ok=True)
    full = command("server", "-d", name, "--stop-after-init", "--no-http", *words)
    with step(title) as now, log.open("w", encoding="utf-8") as stream:
        child = start_apart(
            full,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env=env_for(server),
            text=True,
            errors="replace",
        )

        def follow():
            for line in child.stdout:
                stream.write(line)
                found = _LOADING.search(line)
                if found:
                    now.progress(int(found[2]), int(found[3]), found[1])

        reader = threading.Thread(target=follow, daemon=True)
        reader.start()
        code = wait_or_stop(child)
        reader.join(10)
    if code:
        raise EbsError(f"Odoo failed: {_why(log)}", f"see {log}, then run it again")


def _why(log):
    """The last exception told in the log, else the last error."""
    raised = errors = ""
    for line in tail(log, 400).splitlines():
        record = _RECORD.match(line)
        if record and record[1] in ("ERROR", "CRITICAL"):
            errors = record[2]
        elif _RAISED.match(line):
            raised = line
    return (raised or errors or "no word of it in the log")[:300]
