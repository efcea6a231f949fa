# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Files that are either whole or absent, and a lock between two calls."""

import fcntl
import hashlib
import json
import os
import shutil
from contextlib import contextmanager

from .paths import EBS
from .steps import say

_NO_BYTES = {"__pycache__", ".git", "node_modules"}


def write_whole(path, text, mode=0o644):
    """Write a file so that a reader finds the old text or the new, never a part."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
    with os.fdopen(handle, "w", encoding="utf-8") as stream:
        stream.write(text)
        stream.flush()
        os.fsync(stream.fileno())
    part.replace(path)


def write_json(path, values, mode=0o644):
    """Write values as JSON, whole or not at all."""
    write_whole(path, json.dumps(values, indent=1, sort_keys=True) + "\n", mode)


def read_json(path):
    """The values of a JSON file, or an empty dict when it is absent or broken."""
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return values if isinstance(values, dict) else {}


def sha256(path):
    """Checksum of a file, read in pieces."""
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while piece := stream.read(1 << 20):
            digest.update(piece)
    return digest.hexdigest()


def digest_of(*values):
    """A short key for values that JSON can hold."""
    text = json.dumps(values, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def hash_addon(folder):
    """Checksum of what an addon installs: all its files but tests and papers."""
    digest = hashlib.sha256()
    for base, folders, names in os.walk(folder):
        idle = {"tests", "readme"} if base == str(folder) else set()
        folders[:] = sorted(set(folders) - _NO_BYTES - idle)
        for name in sorted(names):
            path = os.path.join(base, name)
            if name.endswith(".pyc") or not os.path.isfile(path):
                continue
            digest.update(os.path.relpath(path, folder).encode() + b"\0")
            with open(path, "rb") as stream:
                digest.update(hashlib.sha256(stream.read()).digest())
    return digest.hexdigest()[:16]


def remove(path):
    """Remove a file, a link or a whole folder, if it is there."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


@contextmanager
def locked(name, waiting=""):
    """Let only one call at a time into this block; the lock ends with the process."""
    EBS.mkdir(parents=True, exist_ok=True)
    with (EBS / f"{name}.lock").open("w") as stream:
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            if waiting:
                say(waiting)
            fcntl.flock(stream, fcntl.LOCK_EX)
        yield
