# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Where things lie. All that the command makes is in .ebs/ and .venv/."""

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ADDONS = ROOT / "addons"
CONF = ROOT / "odoo.conf"
REQUIREMENTS = ROOT / "requirements.txt"

EBS = ROOT / ".ebs"
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
ODOO_BIN = VENV / "bin" / "odoo"

DOWNLOADS = EBS / "downloads"
LOGS = EBS / "logs"
LOCAL_CONF = EBS / "odoo.conf"
DATA = EBS / "data"
STAMPS = EBS / "databases"
ODOO_TREE = EBS / "odoo-19"
ODOO_STAMP = EBS / "odoo.json"
PG = EBS / "pg"
PG_STATE = EBS / "postgres.json"
