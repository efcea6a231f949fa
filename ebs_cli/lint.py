# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""`./ebs lint`: every linter over the whole checkout; any word of one fails."""

import os
import subprocess

from . import config, environment, javascript
from .files import locked
from .paths import ADDONS, ROOT, VENV
from .process import child_env
from .steps import EbsError, say

_OURS = ("ebs", "ebs_cli", "addons", "tests")
_SKIP = {"lib", "node_modules", "__pycache__"}


def _files(*endings):
    found = []
    for top in ("addons", "tests"):
        for base, folders, names in os.walk(ROOT / top):
            folders[:] = sorted(set(folders) - _SKIP)
            found += [os.path.join(base, n) for n in names if n.endswith(endings)]
    return sorted(found)


def _tool(name):
    path = VENV / "bin" / name
    if not path.exists():
        raise EbsError(f"the linter {name} is missing", f"remove {VENV}, run it again")
    return path


def linters(fix=False):
    """(name, command) of each linter that has something to read."""
    node = javascript.ensure()
    modules = javascript.NODE / "node_modules"
    there = [name for name in _OURS if (ROOT / name).exists()]
    addons = [str(ADDONS / name) for name in config.addon_names()]
    scripts, sheets = _files(".js"), _files(".scss")
    check = [] if fix else ["--check"]
    write = "--write" if fix else "--check"
    prettier = [node, modules / "prettier/bin/prettier.cjs", "--log-level=warn", write]
    eslint = [node, modules / "eslint/bin/eslint.js", "--max-warnings=0"]
    ruff, oca = _tool("ruff"), ["--fix"] if fix else []
    calls = [
        ("ruff", [ruff, "check", *(["--fix"] if fix else []), *there], there),
        ("ruff format", [ruff, "format", "--quiet", *check, *there], there),
        ("pylint-odoo", [_tool("pylint"), "--rcfile=.pylintrc", *addons], addons),
        ("OCA modules", [_tool("oca-checks-odoo-module"), *oca, *addons], addons),
        ("OCA translations", [_tool("oca-checks-po"), *oca], _files(".po")),
        ("prettier", prettier, [*scripts, *sheets]),
        ("eslint", [*eslint, *(["--fix"] if fix else [])], scripts),
    ]
    for name, command, read in calls:
        whole = read in (there, addons)
        if read:
            yield name, command if whole else [*command, *read]


def main(options):
    """Run all linters, whatever the others say; 1 when one complains."""
    with locked("setup", "Another ./ebs is setting up this checkout: waiting for it"):
        environment.ensure()
    bad = []
    env = child_env(NODE_PATH=javascript.NODE / "node_modules")
    for name, command in linters(options.fix):
        done = subprocess.run(  # noqa: S603 - a list, never a shell
            list(map(str, command)),
            cwd=ROOT,
            env=env,
            stdin=subprocess.DEVNULL,
            check=False,
        )
        say(f"{'ok' if not done.returncode else '--'}  {name}")
        if done.returncode:
            bad.append(name)
    if bad:
        raise EbsError(f"{', '.join(bad)} complained", "./ebs lint --fix mends some")
    return 0
