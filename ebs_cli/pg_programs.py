# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Which PostgreSQL server is on this machine, and where its programs lie."""

import os
import re
import shutil
from pathlib import Path

from . import embedded
from .files import read_json
from .paths import PG_STATE
from .process import output_of
from .steps import EbsError

OLDEST = 13
PLACES = (
    "/usr/lib/postgresql/*/bin",
    "/usr/pgsql-*/bin",
    "/usr/local/pgsql/bin",
    "/opt/homebrew/opt/postgresql@*/bin",
)


def version_of(folder):
    """The major version of the server in a folder of programs, or 0."""
    text = output_of([folder / "postgres", "--version"]) or ""
    found = re.search(r"PostgreSQL\) (\d+)", text)
    return int(found[1]) if found else 0


def _has_contrib(folder, version):
    shares = (
        folder.parent / "share" / "extension",
        folder.parent / "share" / "postgresql" / "extension",
        folder.parent / "share" / f"postgresql@{version}" / "extension",
        Path(f"/usr/share/postgresql/{version}/extension"),
        Path("/usr/share/pgsql/extension"),
    )
    return any((share / "unaccent.control").exists() for share in shares)


def candidates():
    """(version, folder) of the servers on this machine, the newest first."""
    folders = {
        Path(place).resolve()
        for pattern in PLACES
        for place in Path("/").glob(pattern.lstrip("/"))
    }
    on_path = shutil.which("postgres")
    if on_path:
        folders.add(Path(on_path).resolve().parent)
    found = []
    for folder in folders:
        if (folder / "initdb").exists():
            version = version_of(folder)
            if version >= OLDEST and _has_contrib(folder, version):
                found.append((version, folder))
    return sorted(found, reverse=True)


def find(wanted=0):
    """The folder of programs to use; `wanted` is the version of a cluster."""
    forced = os.environ.get("EBS_POSTGRES")
    if forced and forced != "embedded":
        return version_of(Path(forced)), Path(forced)
    found = [] if forced else candidates()
    packed = embedded.programs()
    if packed:
        found.append((version_of(packed), packed))
    for version, folder in found:
        if wanted in (0, version):
            return version, folder
    if wanted:
        raise EbsError(
            f"the databases in .ebs/pg were made by PostgreSQL {wanted}, which is gone",
            f"install PostgreSQL {wanted} again, or start afresh: ./ebs reset",
        )
    raise EbsError(
        f"no PostgreSQL {OLDEST} or later is on this machine, and none fits in a wheel",
        "install PostgreSQL with its contrib modules, or set db_host in odoo.conf",
    )


def client(name):
    """A client's program: of the server that runs, of the machine, of the wheel."""
    programs = read_json(PG_STATE).get("programs")
    for path in (programs and f"{programs}/{name}", shutil.which(name)):
        if path and output_of([path, "--version"]):
            return Path(path)
    if embedded.programs():
        return embedded.programs() / name
    raise EbsError(f"{name} is not on this machine", "install PostgreSQL's client")
