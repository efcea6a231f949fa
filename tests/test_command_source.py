# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Odoo is whole or absent: downloads, packages and folders that were cut short."""

import subprocess

import pytest

from tests.command import NOWHERE, Checkout

PACKAGES = (
    "fonts-font-awesome",
    "fonts-inconsolata",
    "fonts-ocr-b",
    "fonts-roboto-unhinted",
    "libjs-jquery",
    "libjs-jquery-form",
    "libjs-underscore",
    "fonts-montserrat",
)
WHERE = "import ebs_cli.odoo_source as s; print(s.current())"


@pytest.fixture
def checkout(tmp_path):
    return Checkout(tmp_path)


def build(folder, name, files):
    """A Debian package with these files."""
    tree = folder / f"tree-{name}"
    (tree / "DEBIAN").mkdir(parents=True)
    control = f"Package: {name}\nVersion: 1\nArchitecture: all\n"
    control += "Maintainer: EBS <ebs@example.org>\nDescription: test\n"
    (tree / "DEBIAN" / "control").write_text(control)
    for path, text in files.items():
        (tree / path).parent.mkdir(parents=True, exist_ok=True)
        (tree / path).write_text(text)
    deb = folder / f"{name}_1_all.deb"
    subprocess.run(
        ["dpkg-deb", "--build", "-Znone", tree, deb], check=True, capture_output=True
    )
    return deb


@pytest.fixture
def deb(tmp_path):
    """A package of a very small Odoo 19, with its companions beside it."""
    folder = tmp_path / "debs"
    folder.mkdir()
    for name in PACKAGES:
        build(folder, name, {f"usr/share/{name}/file": name})
    odoo = "usr/lib/python3/dist-packages/odoo"
    files = {f"{odoo}/release.py": "version_info = (19, 0, 0, 'final', 0, '')\n"}
    return build(folder, "odoo-19", {**files, f"{odoo}/addons/web/x.txt": "x"})


def test_a_named_package_is_unpacked_and_found_again(checkout, deb):
    code = f"import ebs_cli.odoo_source as s; s.ensure({str(deb)!r})"
    done = checkout.python(code)
    assert done.returncode == 0, done.stderr
    assert "odoo-19" in checkout.python(WHERE).stdout
    empty = "mail/static/lib/selfie_segmentation/selfie_segmentation.js"
    assert list(checkout.root.glob(f".ebs/odoo-19/**/addons/{empty}"))


def test_an_interrupted_unpacking_is_never_taken_for_whole(checkout, deb):
    """Killed before the last package: nothing is trusted, the next call succeeds."""
    code = f"""
import os, ebs_cli.debian as d, ebs_cli.odoo_source as s
unpack, seen = d.unpack, []
def killed(*words):
    seen.append(words)
    return os._exit(9) if len(seen) == 3 else unpack(*words)
d.unpack = killed
s.ensure({str(deb)!r})
"""
    assert checkout.python(code).returncode == 9
    assert (checkout.root / ".ebs" / "odoo-19.part").is_dir()
    assert checkout.python(WHERE).stdout.strip() == "None"
    again = f"import ebs_cli.odoo_source as s; print(s.ensure({str(deb)!r}))"
    assert "odoo-19" in checkout.python(again).stdout
    assert not (checkout.root / ".ebs" / "odoo-19.part").exists()


def test_a_folder_without_its_stamp_is_not_trusted(checkout, deb):
    code = f"import ebs_cli.odoo_source as s; s.ensure({str(deb)!r})"
    assert checkout.python(code).returncode == 0
    (checkout.root / ".ebs" / "odoo.json").unlink()
    assert checkout.python(WHERE).stdout.strip() == "None"


def test_a_package_cut_short_gives_one_line_with_the_cure(checkout, deb):
    deb.write_bytes(deb.read_bytes()[:2000])
    done = checkout.ebs("--odoo", str(deb), "odoo", "--version")
    assert done.returncode == 1
    assert "cannot be unpacked" in done.stderr
    assert "Cure: remove it" in done.stderr
    assert "Traceback" not in done.stderr
    assert checkout.python(WHERE).stdout.strip() == "None"


def test_a_file_that_leads_nowhere_is_found(checkout, deb):
    tree = deb.parent / "tree-odoo-19"
    addon = tree / "usr/lib/python3/dist-packages/odoo/addons/web"
    (addon / "jquery.js").symlink_to("../../../../../../share/no-such-file")
    command = ["dpkg-deb", "--build", "-Znone", tree, deb]
    subprocess.run(command, check=True, capture_output=True)
    done = checkout.ebs("--odoo", str(deb), "odoo", "--version")
    assert done.returncode == 1
    assert "lead nowhere" in done.stderr
    assert "jquery.js" in done.stderr


def test_a_download_with_a_wrong_checksum_is_thrown_away(checkout):
    code = """
from pathlib import Path
from ebs_cli import debian, steps
part, target = Path("x.deb.part"), Path("x.deb")
part.write_text("not what was promised")
try:
    debian.keep_if_sound(part, target, "0" * 64)
except steps.EbsError as error:
    print(error, part.exists(), target.exists())
"""
    done = checkout.python(code)
    assert "the checksum of the downloaded x.deb is wrong" in done.stdout
    assert done.stdout.strip().endswith("False False")


def test_a_copy_that_is_not_odoo_19_is_refused(checkout, tmp_path):
    done = checkout.ebs("--odoo", str(tmp_path / "nowhere"), "odoo", "--version")
    assert "neither a folder nor a .deb" in done.stderr
    package = tmp_path / "old" / "odoo"
    package.mkdir(parents=True)
    (package / "release.py").write_text("version_info = (18, 0, 0, 'final', 0, '')\n")
    done = checkout.ebs("--odoo", str(package.parent), "odoo", "--version")
    assert "holds Odoo 18.0, not 19.0" in done.stderr


def test_without_network_and_cache_one_line_says_so(checkout):
    code = f"""
from ebs_cli import cli, debian
debian.is_debian = lambda: True
debian.mirror = lambda suites: ({NOWHERE!r}, debian.KEYRING)
raise SystemExit(cli.main(["odoo", "--version"]))
"""
    done = checkout.python(code)
    assert done.returncode == 1
    assert "ebs: error: no network" in done.stderr
    assert "Cure:" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_mirror_is_read_from_both_forms_of_sources(checkout, tmp_path):
    """One-line and deb822 sources; other vendors' sources are passed over."""
    etc = tmp_path / "apt"
    (etc / "sources.list.d").mkdir(parents=True)
    (etc / "sources.list.d" / "a-vendor.list").write_text(
        "deb [arch=amd64 signed-by=/k.gpg] https://vendor.example bookworm stable\n"
    )
    (etc / "sources.list.d" / "debian.sources").write_text(
        "Types: deb\n# a comment\nURIs: http://mirror.example/debian\n"
        "Suites: bookworm bookworm-updates\nComponents: main\n"
        "Signed-By: /usr/share/keyrings/some.gpg\n"
    )
    code = f"""
from pathlib import Path
from ebs_cli import debian
print(*debian.mirror({{"bookworm"}}, Path({str(etc)!r})))
print(debian.mirror({{"trixie"}}, Path({str(etc)!r})))
"""
    lines = checkout.python(code).stdout.splitlines()
    assert lines[0] == "http://mirror.example/debian /usr/share/keyrings/some.gpg"
    assert lines[1] == "None"
    (etc / "sources.list").write_text(
        "deb [trusted=yes] http://one.example trixie main"
    )
    assert "http://one.example" in checkout.python(code).stdout.splitlines()[1]
