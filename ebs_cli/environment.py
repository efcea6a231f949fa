# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The virtual environment: made afresh unless the stamp says that it is whole."""

import importlib.util
import site
import sys

from .files import digest_of, read_json, remove, write_json, write_whole
from .paths import LOGS, ODOO_BIN, PYTHON, REQUIREMENTS, VENV
from .process import child_env, run_logged, tail
from .steps import EbsError, step

STAMP = VENV / "ebs.json"
PIP_LOG = LOGS / "pip.log"
_OFFLINE = (
    "Name or service not known",
    "Temporary failure",
    "ConnectionError",
    "NewConnectionError",
    "Network is unreachable",
    "ProxyError",
    "Connection refused",
    "ConnectTimeout",
)
# `python -m odoo` would start its websocket process over and over.
_ODOO_SCRIPT = """#!{python}
import odoo.cli

if __name__ == "__main__":
    odoo.cli.main()
"""


def _key():
    version = list(sys.version_info[:2])
    pins = REQUIREMENTS.read_text(encoding="utf-8")
    return digest_of(pins, version, str(VENV.resolve()))


def site_packages():
    """Where this environment keeps its packages."""
    name = f"python{sys.version_info[0]}.{sys.version_info[1]}"
    return VENV / "lib" / name / "site-packages"


def is_whole():
    """Whether every pinned package is there, for this Python."""
    return read_json(STAMP).get("key") == _key() and PYTHON.exists()


def ensure(odoo=None):
    """Make the environment and let it find Odoo in the folder `odoo`."""
    if not is_whole():
        _make()
    if odoo:
        path = site_packages() / "ebs_odoo.pth"
        if not path.exists() or path.read_text(encoding="utf-8") != f"{odoo}\n":
            write_whole(path, f"{odoo}\n")
    if not ODOO_BIN.exists():
        write_whole(ODOO_BIN, _ODOO_SCRIPT.format(python=PYTHON), 0o755)
    activate()


def activate():
    """Let the running Python import what the environment holds."""
    if str(site_packages()) not in sys.path:
        site.addsitedir(str(site_packages()))


def need_venv():
    """Say in one line what is missing where Python comes without venv."""
    if importlib.util.find_spec("venv") and importlib.util.find_spec("ensurepip"):
        return
    version = f"{sys.version_info[0]}.{sys.version_info[1]}"
    raise EbsError(
        f"this Python {version} comes without venv (ensurepip is missing)",
        f"apt-get install python3-venv (or python{version}-venv), as root",
    )


def _make():
    need_venv()
    # An interrupted pip leaves packages that look installed: start afresh.
    remove(STAMP)
    remove(VENV)
    remove(PIP_LOG)
    with step("Making the virtual environment"):
        if run_logged([sys.executable, "-m", "venv", VENV], PIP_LOG, env=child_env()):
            raise EbsError("the virtual environment cannot be made", f"see {PIP_LOG}")
    with step("Installing Python packages"):
        # All are pinned, so none needs to be resolved; and one addon's metadata
        # asks for psycopg2, which would have to be compiled.
        command = [PYTHON, "-m", "pip", "install", "--no-deps", "--no-input"]
        command += ["--disable-pip-version-check", "-r", REQUIREMENTS]
        if run_logged(command, PIP_LOG, env=child_env()):
            _explain()
    write_json(STAMP, {"key": _key(), "python": list(sys.version_info[:3])})


def _explain():
    text = tail(PIP_LOG, 40)
    if any(word in text for word in _OFFLINE):
        raise EbsError(
            "no network, or the package index does not answer, and nothing is cached",
            "connect this machine and run the same command again",
        )
    errors = [line for line in text.splitlines() if line.startswith("ERROR:")]
    last = errors[-1] if errors else text.splitlines()[-1:]
    raise EbsError(f"pip failed: {last}", f"see {PIP_LOG}, then run it again")
