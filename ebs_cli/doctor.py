# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""`./ebs doctor`: what is there, what is missing, and each cure."""

import importlib.util
import os
import shutil
import sys

from . import (
    account,
    browser,
    config,
    environment,
    javascript,
    odoo_source,
    pg_programs,
    postgres,
)
from . import server as servers
from .files import read_json
from .paths import ODOO_STAMP, PG, PG_STATE, ROOT, VENV
from .ready import NEEDED_GB
from .serve import check_port
from .steps import EbsError


def _python():
    version = ".".join(map(str, sys.version_info[:3]))
    environment.need_venv()
    return f"{version} with venv"


def _disk():
    free = shutil.disk_usage(ROOT).free / 1e9
    if free < NEEDED_GB:
        raise EbsError(f"{free:.1f} GB free", f"make room: {NEEDED_GB} GB for a set-up")
    return f"{free:.0f} GB free"


def _odoo():
    path = odoo_source.current()
    if not path:
        raise EbsError("not there yet", "./ebs serve fetches it")
    lost = odoo_source.dangling(path)
    if lost:
        raise EbsError(
            f"{len(lost)} files lead nowhere, as {lost[0]}", "./ebs reset --all"
        )
    return f"{odoo_source.SERIES} ({read_json(ODOO_STAMP).get('kind')}) in {path}"


def _packages():
    if not environment.is_whole():
        raise EbsError("not there, or not as requirements.txt says", "./ebs serve")
    environment.activate()
    names = ("psycopg2", "phonenumbers", "websocket", "pytest_odoo", "twilio")
    lost = [name for name in names if not importlib.util.find_spec(name)]
    if lost:
        raise EbsError(f"{', '.join(lost)} missing", f"remove {VENV}, then ./ebs serve")
    return f"as pinned, in {VENV}"


def _postgres():
    named = config.named_server()
    if named:
        servers.check_named(named)
        return f"{named['host']}:{named['port']} of odoo.conf answers"
    cluster = postgres.Cluster()
    if not cluster.is_made():
        version, folder = pg_programs.find()
        return f"{version} in {folder}; no cluster yet: ./ebs serve makes it"
    state = read_json(PG_STATE)
    user = account.user()
    who = f", as {user.pw_name}" if user else ""
    pid = cluster.pid()
    how = f"runs as process {pid} on port {state['port']}" if pid else "is stopped"
    return f"{state['version']} in {state['programs']}; {PG} {how}{who}"


def _port():
    conf = config.read()
    port = int(conf.get("http_port", 8069))
    check_port(conf.get("http_interface", "127.0.0.1"), port)
    return f"{port} is free"


def _browser():
    found = browser.find()
    if not found:
        raise EbsError("missing: ./ebs test needs it", f"as root: {browser.INSTALL}")
    return found


def _javascript():
    found = javascript.programs()
    if not found:
        raise EbsError("no Node.js: ./ebs lint fetches it as a wheel", "./ebs lint")
    return str(found[0])


def _git():
    found = shutil.which("git")
    if not found:
        raise EbsError("git is missing", "install it (needed off Debian only)")
    return found


CHECKS = {
    "Python": _python,
    "disk": _disk,
    "Odoo": _odoo,
    "Python packages": _packages,
    "PostgreSQL": _postgres,
    "port": _port,
    "browser": _browser,
    "Node.js": _javascript,
    "git": _git,
}


def main(options):
    """Print one line for each thing; 1 when something is missing."""
    missing = 0
    for name, check in CHECKS.items():
        try:
            mark, text = "ok", check()
        except EbsError as error:
            mark, text = "--", str(error)
            missing += 1
        print(f"{mark}  {name:<16} {text}")
    user = "root" if os.geteuid() == 0 else "an ordinary user"
    print(f"    called as {user}, in {ROOT}")
    return 1 if missing else 0
