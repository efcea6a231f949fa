# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""PostgreSQL refuses to run as root: the account that runs it then."""

import os
import pwd
import shutil
import subprocess

from .process import child_env
from .steps import EbsError

_USERS = ("postgres", "nobody")
# To pass the folders above .ebs/ that are closed to others (/root, a temporary
# folder): one right to search, given to the server alone; nothing is chmod'ed.
_RIGHTS = (None, "dac_read_search", "dac_override")


def user():
    """The account that runs the server, or None when we are not root."""
    if os.geteuid():
        return None
    for name in _USERS:
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise EbsError(
        "PostgreSQL does not run as root, and there is no account postgres or nobody",
        "call ./ebs as an ordinary user",
    )


def give(path):
    """Make a file or folder the server's own."""
    account = user()
    if account:
        os.chown(path, account.pw_uid, account.pw_gid)


def wrap(path):
    """The words before a command that make it run as that account."""
    account = user()
    if not account:
        return []
    setpriv = shutil.which("setpriv")
    if not setpriv:
        raise EbsError(
            "PostgreSQL does not run as root, and setpriv is missing",
            "install util-linux, or call ./ebs as an ordinary user",
        )
    words = [setpriv, f"--reuid={account.pw_uid}", f"--regid={account.pw_gid}"]
    words.append("--clear-groups")
    for right in _RIGHTS:
        given = [f"--inh-caps=+{right}", f"--ambient-caps=+{right}"] if right else []
        if right:
            # access(2), by which initdb looks for postgres, honours the right only so.
            given.append("--securebits=+no_setuid_fixup")
        if _reaches([*words, *given], path):
            return [*words, *given]
    raise EbsError(
        f"the account {account.pw_name}, which runs PostgreSQL, cannot reach {path}",
        "move the checkout to a folder that it can pass, such as /srv",
    )


def _reaches(words, path):
    done = subprocess.run(  # noqa: S603 - a list, never a shell
        [*words, "ls", "-d", f"{path}/."],
        cwd="/",
        env=child_env(),
        capture_output=True,
        check=False,
    )
    return done.returncode == 0
