# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import tagged

from .common import WebCase


@tagged("post_install", "-at_install")
class TestAddresses(WebCase):
    """Addresses that nobody types in good faith."""

    def test_an_address_that_names_nothing_is_a_404(self):
        """Core answers these with an error page: NUL in SQL, `..` in its links."""
        for path in ("/listings/a%00b", "/nowhere%00", "/circles/..%2F..%2Fetc"):
            with self.subTest(path=path):
                self.assertEqual(self.get(path).status_code, 404)
