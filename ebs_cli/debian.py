# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Debian packages without root: lists and files of our own, checked by apt."""

import shutil
import sys
import threading
from pathlib import Path

from .files import remove, sha256, write_whole
from .paths import DOWNLOADS, EBS, LOGS
from .process import child_env, output_of, run_logged, tail
from .steps import EbsError, step

APT = EBS / "apt"
APT_LOG = LOGS / "apt.log"
HELPER = Path("/usr/lib/apt/apt-helper")
KEYRING = "/usr/share/keyrings/debian-archive-keyring.gpg"
RELEASED = ("bookworm", "trixie")
NO_NETWORK = (
    "no network, or the mirror of this machine does not answer, and nothing is cached",
    "connect it once, or name a copy: ./ebs --odoo PATH-TO-CHECKOUT-OR-DEB serve",
)


def release():
    """The names in /etc/os-release."""
    try:
        text = Path("/etc/os-release").read_text(encoding="utf-8")
    except OSError:
        return {}
    pairs = (line.partition("=") for line in text.splitlines())
    return {key: value.strip('"') for key, _, value in pairs}


def is_debian():
    """Whether apt and Debian's own mirror are at hand."""
    return release().get("ID") == "debian" and HELPER.exists()


def _paragraphs(text):
    for block in text.split("\n\n"):
        fields, last = {}, ""
        for line in block.splitlines():
            if line.startswith("#"):
                continue
            if line[:1] in " \t" and last:
                fields[last] += "\n" + line.strip()
            elif ":" in line:
                last, _, value = line.partition(":")
                last = last.strip().lower()
                fields[last] = value.strip()
        yield fields


def _deb822(text):
    for fields in _paragraphs(text):
        if "deb" not in fields.get("types", "").split():
            continue
        if fields.get("enabled", "yes").lower() in ("no", "false"):
            continue
        for uri in fields.get("uris", "").split():
            suites = fields.get("suites", "").split()
            parts = fields.get("components", "").split()
            yield uri, suites, parts, fields.get("signed-by", "")


def _one_line(text):
    for line in text.splitlines():
        words = line.split("#")[0].split()
        if not words or words[0] != "deb":
            continue
        signed, rest = "", words[1:]
        if rest and rest[0].startswith("["):
            while rest and not rest[0].endswith("]"):
                signed += rest.pop(0) + " "
            signed += rest.pop(0)
        key = signed.strip("[] ").partition("signed-by=")[2].split(" ")[0]
        if len(rest) >= 3:
            yield rest[0], [rest[1]], rest[2:], key


def mirror(suites, etc=Path("/etc/apt")):
    """Address and keyring of the machine's own source for one of these suites."""
    texts = []
    for path in [etc / "sources.list", *sorted((etc / "sources.list.d").glob("*"))]:
        if path.is_file() and path.suffix in (".list", ".sources"):
            read = _one_line if path.suffix == ".list" else _deb822
            texts.append((read, path.read_text(encoding="utf-8", errors="replace")))
    for read, text in texts:
        for uri, named, parts, key in read(text):
            if "main" in parts and set(named) & set(suites):
                return uri, key if key.startswith("/") else KEYRING
    return None


class Apt:
    """apt with sources, lists and cache of its own, below .ebs/apt."""

    def __init__(self):
        codename = release().get("VERSION_CODENAME", "")
        self.own = codename if codename in RELEASED else "stable"
        source = mirror({codename, self.own, "stable", "testing", "sid"})
        if not source:
            raise EbsError(
                "no Debian mirror is named in this machine's apt sources",
                "name a copy of Odoo: ./ebs --odoo PATH-TO-CHECKOUT-OR-DEB serve",
            )
        uri, key = source
        lines = [f"deb [signed-by={key}] {uri} {s} main" for s in (self.own, "sid")]
        write_whole(APT / "sources.list", "\n".join(lines) + "\n")
        for folder in ("lists/partial", "cache/archives/partial"):
            (APT / folder).mkdir(parents=True, exist_ok=True)
        self.options = [
            f"-oDir::Etc::sourcelist={APT}/sources.list",
            "-oDir::Etc::sourceparts=/dev/null",
            f"-oDir::State::Lists={APT}/lists",
            f"-oDir::Cache={APT}/cache",
            "-oAPT::Sandbox::User=",
            "-oAcquire::Languages=none",
            "-oAcquire::Retries=2",
            "-oAcquire::http::Timeout=30",
            "-oAcquire::https::Timeout=30",
        ]

    def update(self):
        """Read the lists of packages, signatures checked by apt."""
        with step("Reading Debian's lists of packages"):
            command = ["apt-get", *self.options, "-oAPT::Update::Error-Mode=any"]
            if run_logged([*command, "update"], APT_LOG, env=child_env(LC_ALL="C")):
                raise EbsError(*NO_NETWORK)

    def find(self, package, suite):
        """(address, file name, size, checksum) of a package, or None."""
        text = output_of(
            ["apt-get", *self.options, "download", "--print-uris", f"{package}/{suite}"]
        )
        words = (text or "").strip().split()
        if len(words) < 4 or not words[3].startswith("SHA256:"):
            return None
        return words[0].strip("'"), words[1], int(words[2]), words[3][7:]

    def fetch(self, found):
        """Download one package, or take the copy already here; return its path."""
        uri, name, size, checksum = found
        target = DOWNLOADS / name
        if target.exists() and sha256(target) == checksum:
            return target
        part = target.with_name(f"{name}.part")
        DOWNLOADS.mkdir(parents=True, exist_ok=True)
        with step(f"Downloading {name.split('_')[0]}") as now:
            ended = threading.Event()

            def watch():
                while not ended.wait(0.3):
                    here = part.stat().st_size if part.exists() else 0
                    now.progress(here, size, f"{size / 1e6:.0f} MB")

            watcher = threading.Thread(target=watch, daemon=True)
            watcher.start()
            command = [HELPER, *self.options, "download-file", uri, part]
            try:
                failed = run_logged([*command, f"SHA256:{checksum}"], APT_LOG)
            finally:
                ended.set()
                watcher.join()
        if failed:
            remove(part.with_name(f"{part.name}.FAILED"))
            if "Hash Sum mismatch" in tail(APT_LOG, 30):
                raise EbsError(
                    f"the checksum of the downloaded {name} is wrong",
                    "run the same command again; nothing of it was used",
                )
            raise EbsError(*NO_NETWORK)
        return keep_if_sound(part, target, checksum)


def keep_if_sound(part, target, checksum):
    """Give a finished download its name, if its checksum is the one expected."""
    if sha256(part) != checksum:
        remove(part)
        raise EbsError(
            f"the checksum of the downloaded {target.name} is wrong",
            "run the same command again; nothing of it was used",
        )
    part.replace(target)
    return target


def unpack(deb, folder):
    """Unpack a package below a folder; works without dpkg where ar and tar are."""
    if shutil.which("dpkg-deb"):
        return run_logged(["dpkg-deb", "-x", deb, folder], APT_LOG) == 0
    shell = shutil.which("sh") or sys.exit("sh is missing")
    script = 'ar p "$1" data.tar.xz | tar -xJ -C "$2"'
    return run_logged([shell, "-c", script, "sh", deb, folder], APT_LOG) == 0
