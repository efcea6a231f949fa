# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Odoo 19: from a place named by the user, from .ebs/, from Debian, or by git."""

import os
import re
import shutil
import sys
from pathlib import Path

from . import debian
from .files import read_json, remove, write_json
from .paths import DOWNLOADS, EBS, LOGS, ODOO_STAMP, ODOO_TREE
from .process import child_env, output_of, run_logged
from .steps import EbsError, say, step

SERIES = "19.0"
PACKAGE = "odoo-19"
GIT = "https://github.com/odoo/odoo.git"
IN_TREE = Path("usr/lib/python3/dist-packages")
# Files of the package are links into these. Font Awesome must be 4.7, which
# Debian's releases have and its unstable suite has not.
FROM_RELEASE = (
    "fonts-font-awesome",
    "fonts-inconsolata",
    "fonts-ocr-b",
    "fonts-roboto-unhinted",
    "libjs-jquery",
    "libjs-jquery-form",
    "libjs-underscore",
)
FROM_UNSTABLE = ("fonts-montserrat",)
# Removed from Debian's package and asked for by the back office's bundle.
EMPTY = "mail/static/lib/selfie_segmentation/selfie_segmentation.js"
NAME_ONE = "name a copy of Odoo 19: ./ebs --odoo PATH-TO-CHECKOUT-OR-DEB serve"


def version_at(path):
    """The release of the Odoo below this folder, such as '19.0', or None."""
    try:
        text = (path / "odoo" / "release.py").read_text(encoding="utf-8")
    except OSError:
        return None
    found = re.search(r"^version_info = \((\d+), (\d+)", text, re.M)
    return f"{found[1]}.{found[2]}" if found else None


def current():
    """The folder of the Odoo in use, or None when there is no whole one."""
    path = read_json(ODOO_STAMP).get("path")
    if path and version_at(Path(path)) == SERIES:
        return Path(path)
    return None


def core_addons(path):
    """Folders of core addons that are not below the odoo package (a checkout's)."""
    # Debian's package has a folder of this name too, without what addons need.
    if (path / "odoo" / "addons" / "web").exists():
        return []
    return [path / "addons"] if (path / "addons" / "web").exists() else []


def dangling(path):
    """Links below Odoo's addons that lead nowhere."""
    lost = []
    for base, folders, names in os.walk(path / "odoo" / "addons"):
        for name in (*folders, *names):
            link = os.path.join(base, name)
            if os.path.islink(link) and not os.path.exists(link):
                lost.append(link)
    return lost


def ensure(named=None):
    """Return the folder that holds the odoo package, making it if need be."""
    named = named or os.environ.get("EBS_ODOO")
    stamp = read_json(ODOO_STAMP)
    if named:
        named = Path(named).expanduser().resolve()
        if stamp.get("named") == str(named) and current():
            return current()
        return _from_named(named)
    return current() or _from_machine() or _from_download()


def _keep(path, **facts):
    write_json(ODOO_STAMP, {"path": str(path), **facts})
    return path


def _from_named(path):
    if path.is_dir():
        for folder in (path, path / IN_TREE):
            found = version_at(folder)
            if found == SERIES:
                return _keep(folder, named=str(path), kind="checkout")
            if found:
                raise EbsError(f"{path} holds Odoo {found}, not {SERIES}", NAME_ONE)
        raise EbsError(f"{path} holds no Odoo", NAME_ONE)
    if path.is_file() and path.suffix == ".deb":
        return _unpack([path, *_companions(path.parent)], named=str(path))
    raise EbsError(f"{path} is neither a folder nor a .deb", NAME_ONE)


def _from_machine():
    code = "import odoo.release as r; print(r.__file__, r.version_info[:2])"
    base = getattr(sys, "_base_executable", None) or sys.executable
    text = output_of([base, "-c", code], env=child_env())
    if not text or "(19, 0)" not in text:
        return None
    package = Path(text.split()[0]).parent
    link = EBS / "odoo-of-this-machine" / "odoo"
    link.parent.mkdir(parents=True, exist_ok=True)
    remove(link)
    link.symlink_to(package)
    say(f"Odoo {SERIES} of this machine is used: {package}")
    return _keep(link.parent, kind="machine")


def _from_download():
    for folder in (EBS, DOWNLOADS):
        for deb in sorted(folder.glob(f"{PACKAGE}_*.deb"), reverse=True):
            return _unpack([deb, *_companions(deb.parent)], kind="deb")
    if debian.is_debian():
        return _unpack(_download(), kind="deb")
    return _clone()


def _companions(folder):
    """The packages that Odoo's files link to: beside it, cached, or downloaded."""
    found, missing = [], []
    for name in (*FROM_RELEASE, *FROM_UNSTABLE):
        here = [
            deb
            for place in (folder, EBS, DOWNLOADS)
            for deb in sorted(place.glob(f"{name}_*.deb"))
        ]
        if here:
            found.append(here[0])
        else:
            missing.append(name)
    if missing and not debian.is_debian():
        raise EbsError(
            f"Odoo's package links to files of {', '.join(missing)}",
            f"put these Debian packages beside it, in {folder}",
        )
    return [*found, *_download(missing)] if missing else found


def _download(names=(PACKAGE, *FROM_RELEASE, *FROM_UNSTABLE)):
    apt = debian.Apt()
    apt.update()
    found = []
    for name in names:
        suite = apt.own if name in FROM_RELEASE else "sid"
        package = apt.find(name, suite)
        if not package:
            raise EbsError(f"Debian's suite {suite} has no package {name}", NAME_ONE)
        found.append(package)
    # The large one last: its stamp is the one that says all are here.
    return [apt.fetch(package) for package in reversed(found)]


def _unpack(debs, **facts):
    part = ODOO_TREE.with_name(f"{ODOO_TREE.name}.part")
    with step(f"Unpacking Odoo {SERIES}"):
        remove(part)
        part.mkdir(parents=True)
        for deb in debs:
            if not debian.unpack(deb, part):
                raise EbsError(
                    f"{deb} cannot be unpacked (is it whole? is the disk full?)",
                    f"remove it and run the same command again; log: {debian.APT_LOG}",
                )
        path = part / IN_TREE
        if version_at(path) != SERIES:
            raise EbsError(f"no Odoo {SERIES} in {debs[0].name}", NAME_ONE)
        empty = path / "odoo" / "addons" / EMPTY
        empty.parent.mkdir(parents=True, exist_ok=True)
        if not empty.exists():
            empty.touch()
        lost = dangling(path)
        if lost:
            raise EbsError(
                f"{len(lost)} files of Odoo lead nowhere, the first is {lost[0]}",
                f"remove {DOWNLOADS} and run the same command again",
            )
        remove(ODOO_STAMP)
        remove(ODOO_TREE)
        part.rename(ODOO_TREE)
    return _keep(ODOO_TREE / IN_TREE, **{"kind": "deb", **facts})


def _clone():
    if not shutil.which("git"):
        raise EbsError("git is not on this machine", f"install it, or {NAME_ONE}")
    part = ODOO_TREE.with_name(f"{ODOO_TREE.name}.part")
    with step(f"Cloning Odoo {SERIES} (about 300 MB)"):
        remove(part)
        command = ["git", "clone", "--quiet", "--depth=1", f"--branch={SERIES}", GIT]
        if run_logged([*command, part], LOGS / "git.log", env=child_env()):
            raise EbsError(*debian.NO_NETWORK)
        remove(ODOO_STAMP)
        remove(ODOO_TREE)
        part.rename(ODOO_TREE)
    return _keep(ODOO_TREE, kind="clone")
