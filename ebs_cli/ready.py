# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Everything that is missing: Odoo, the environment, the server, the local file."""

import shutil
from contextlib import contextmanager

from . import config, environment, odoo_source, server
from .files import locked
from .paths import EBS, ROOT
from .steps import EbsError

NEEDED_GB = 4


def check_disk():
    """Fail in one line where the disk cannot take a whole set-up."""
    free = shutil.disk_usage(ROOT).free / 1e9
    if free < NEEDED_GB:
        raise EbsError(
            f"{free:.1f} GB are free below {ROOT}, {NEEDED_GB} GB are needed",
            "make room, or move the checkout to a larger disk",
        )


def ensure_files(named=None):
    """Odoo and the virtual environment; return the folder that holds Odoo."""
    with locked("setup", "Another ./ebs is setting up this checkout: waiting for it"):
        EBS.mkdir(parents=True, exist_ok=True)
        if not (odoo_source.current() and environment.is_whole()):
            check_disk()
            environment.is_whole() or environment.need_venv()
        odoo = odoo_source.ensure(named)
        environment.ensure(odoo)
    return odoo


@contextmanager
def everything(named=None, careless=False):
    """Have Odoo, its environment and its database server; yield the server."""
    options = config.named_server()
    if options:
        server.check_named(options)
    odoo = ensure_files(named)
    with server.running(careless) as access:
        config.write_local(odoo, access)
        yield access
