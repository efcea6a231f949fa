# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Chromium for the browser tests: missing, they would be skipped in silence."""

import importlib.util
import os
import shutil

from .debian import is_debian
from .paths import LOGS
from .process import child_env, run_logged
from .steps import EbsError, step

# The order in which Odoo looks for one.
NAMES = ("google-chrome", "chromium", "chromium-browser", "google-chrome-stable")
INSTALL = "apt-get install chromium fonts-liberation"
LOG = LOGS / "chromium.log"


def find():
    """The browser that Odoo's tests would use, or None."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def ensure():
    """Have a browser: install Debian's as root, else say what to type."""
    if find():
        return
    if os.geteuid() or not is_debian():
        raise EbsError(
            "the browser tests need Chromium or Chrome, which is missing",
            f"as root: {INSTALL}" if is_debian() else "install one of them",
        )
    with step("Installing Chromium"):
        env = child_env(DEBIAN_FRONTEND="noninteractive")
        for words in ("apt-get update", f"{INSTALL} --yes --no-install-recommends"):
            failed = run_logged(words.split(), LOG, env=env)
    if failed or not find():
        raise EbsError("Chromium could not be installed", f"see {LOG}, or {INSTALL}")


def check_websocket():
    """Fail where Odoo's tests could not speak to the browser."""
    if not importlib.util.find_spec("websocket"):
        raise EbsError(
            "websocket-client is missing: browser tests would be skipped",
            "remove .venv and run the same command again",
        )
