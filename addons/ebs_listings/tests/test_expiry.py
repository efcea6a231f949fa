# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta
from unittest.mock import patch

from odoo.addons.ebs_base.clock import clock_at, now
from odoo.tests import tagged

from .common import ListingsCase


@tagged("ebs_listings")
class TestExpiry(ListingsCase):
    """A request that nobody answers ends by itself."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.owner = cls.make_member("Olga")
        cls.asker = cls.make_member("Anna")
        cls.listing = cls.make_listing(cls.owner, way="service")

    def run_cron(self, **later):
        """Run the task at a later moment; what it commits is not for a test."""
        with clock_at(now() + timedelta(**later)), patch.object(self.cr, "commit"):
            self.env["ebs.exchange"]._cron_expire()

    def ask_service(self, member=None, listing=None):
        return self.ask(member or self.asker, listing or self.listing, way="service")

    def test_a_request_ends_after_the_days_of_the_platform(self):
        exchange = self.ask_service()
        self.run_cron(days=6, hours=23)
        self.assertEqual(exchange.state, "requested")
        self.run_cron(days=7)
        self.assertEqual(exchange.state, "expired")
        self.assertEqual(exchange.ended_at, now() + timedelta(days=7))

    def test_each_platform_has_its_own_days(self):
        self.other_company.ebs_request_days = 2
        abroad = self.make_member("Ella", company=self.other_company)
        guest = self.make_member("Emil", company=self.other_company)
        there = self.ask_service(guest, self.make_listing(abroad, way="service"))
        here = self.ask_service()
        self.run_cron(days=3)
        self.assertEqual((there.state, here.state), ("expired", "requested"))

    def test_both_are_told_once(self):
        self.ask_service()
        self.run_cron(days=8)
        self.run_cron(days=9)
        for member in (self.owner, self.asker):
            mails = self.mails_to(member).filtered(
                lambda mail: "No answer in time" in mail.subject
            )
            self.assertEqual(len(mails), 1)

    def test_what_was_answered_stays(self):
        accepted = self.ask_service()
        declined = self.ask_service(self.make_member("Rita"))
        self.by(self.owner, accepted).action_accept()
        self.by(self.owner, declined).action_decline()
        self.run_cron(days=100)
        self.assertEqual((accepted.state, declined.state), ("accepted", "declined"))

    def test_one_run_ends_one_batch_the_oldest_first(self):
        exchanges = []
        for number in range(3):
            with clock_at(now() - timedelta(days=20 - number)):
                exchanges.append(self.ask_service(self.make_member(f"Asker {number}")))
        with patch.object(self.cr, "commit") as commit:
            self.env["ebs.exchange"]._cron_expire(batch_size=2)
        states = [exchange.state for exchange in exchanges]
        self.assertEqual(states, ["expired", "expired", "requested"])
        self.assertGreaterEqual(commit.call_count, 2, "one commit for each")
