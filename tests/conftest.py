# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What several test files start from."""

import pytest

from .support.databases import installed_template, run_odoo, temporary_database
from .support.server import OdooServer

SAMPLE = "ebs_test_sample_site"


@pytest.fixture(scope="module")
def sample_site():
    """A server of its own on the sample platform."""
    with temporary_database(installed_template(), SAMPLE):
        run_odoo("module", "force-demo", "-d", SAMPLE)
        with OdooServer(SAMPLE) as server:
            yield server
