# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What several test files start from."""

import os

import pytest

from .support.databases import installed_template, run_odoo, temporary_database
from .support.server import OdooServer

# Files that run side by side have a site each.
SAMPLE = f"ebs_test_sample_site_{os.environ.get('PYTEST_XDIST_WORKER', 'gw0')}"


@pytest.fixture(scope="module")
def sample_site():
    """A server of its own on the sample platform."""
    with temporary_database(installed_template(), SAMPLE):
        run_odoo("module", "force-demo", "-d", SAMPLE)
        with OdooServer(SAMPLE) as server:
            yield server
