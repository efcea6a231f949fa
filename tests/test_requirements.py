# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The pins of requirements.txt install on every Python that the README names."""

import re
from importlib.metadata import distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement

PINS = Path(__file__).resolve().parents[1] / "requirements.txt"
# The oldest that is supported, and the one that Debian 12 comes with.
OLDEST = ("3.10.12", "3.11.2")


def read_pins():
    """Return the requirements that this Python installs."""
    lines = re.sub(r"#.*", "", PINS.read_text(encoding="utf-8")).splitlines()
    pins = [Requirement(line) for line in lines if line.strip()]
    return [pin for pin in pins if not pin.marker or pin.marker.evaluate()]


@pytest.mark.parametrize("python", OLDEST)
def test_every_pin_admits_an_old_python(python):
    refused = [
        f"{pin} wants Python {wanted}"
        for pin in read_pins()
        if (wanted := distribution(pin.name).metadata["Requires-Python"])
        and not Requirement(f"python{wanted}").specifier.contains(python)
    ]
    assert refused == []


def test_what_is_installed_is_what_is_pinned():
    for pin in read_pins():
        assert pin.specifier.contains(distribution(pin.name).version), pin
