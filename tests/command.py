# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A scratch checkout in which the command's tests call `./ebs` for true."""

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
COPIED = ("ebs", "ebs_cli", "odoo.conf", "requirements.txt")
NOWHERE = "http://127.0.0.1:9"  # nobody listens on the discard port


def _ignore_interrupts():
    signal.signal(signal.SIGINT, signal.SIG_IGN)


class Checkout:
    """The command alone, in a folder that nobody else may pass."""

    def __init__(self, folder):
        self.root = folder / "checkout"
        folder.chmod(0o700)
        self.root.mkdir()
        for name in COPIED:
            source = ROOT / name
            copy = shutil.copytree if source.is_dir() else shutil.copy2
            copy(source, self.root / name)

    def borrow(self):
        """Use the packages, the Odoo and the addons of the checkout under test."""
        for name in (".venv", "addons"):
            (self.root / name).symlink_to(ROOT / name)
        (self.root / ".ebs").mkdir(exist_ok=True)
        shutil.copy2(ROOT / ".ebs" / "odoo.json", self.root / ".ebs" / "odoo.json")
        return self

    def configure(self, **values):
        """Add options to the checkout's odoo.conf."""
        with (self.root / "odoo.conf").open("a", encoding="utf-8") as stream:
            stream.writelines(f"{name} = {value}\n" for name, value in values.items())

    def use_server_of_this_run(self):
        """Name the database server of the running tests in odoo.conf."""
        self.configure(
            db_host=os.environ["PGHOST"],
            db_port=os.environ["PGPORT"],
            db_user=os.environ["PGUSER"],
            db_password=os.environ["PGPASSWORD"],
        )
        return self

    def env(self, **values):
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("EBS_", "PG"))}
        return {**kept, "PYTHONPATH": str(self.root), **values}

    def run(self, command, stdin="", **env):
        return subprocess.run(
            list(map(str, command)),
            cwd=self.root,
            env=self.env(**env),
            input=stdin,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )

    def ebs(self, *words, stdin="", **env):
        """Call ./ebs and wait for its end."""
        return self.run([sys.executable, "ebs", *words], stdin, **env)

    def start(self, *words, deaf=False, **env):
        """Call ./ebs and leave it running, with a pipe for its standard input.

        With `deaf` it starts as a background job of a shell: Ctrl-C ignored.
        """
        return subprocess.Popen(
            [sys.executable, "ebs", *words],
            cwd=self.root,
            env=self.env(**env),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            preexec_fn=_ignore_interrupts if deaf else None,
        )

    def python(self, code, **env):
        """Run code beside the command's package."""
        return self.run([sys.executable, "-c", code], **env)
