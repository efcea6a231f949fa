# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta
from unittest.mock import patch

import psycopg2
from odoo.addons.ebs_base.clock import clock_at, now
from odoo.exceptions import MissingError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import ListingsCase


@tagged("ebs_listings")
class TestListingExpiry(ListingsCase):
    """A listing is shown for a while, then its owner says whether it still holds."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.ebs_expiry_days = 60
        cls.owner = cls.make_member("Olga")
        cls.listing = cls.make_listing(cls.owner)
        cls.today = cls.company._ebs_today()

    def run_cron(self, days, batch_size=200):
        """Run the task so many days later; what it commits is not for a test."""
        with clock_at(now() + timedelta(days=days)), patch.object(self.cr, "commit"):
            self.env["ebs.listing"]._cron_expire(batch_size)

    def subjects(self):
        return self.mails_to(self.owner).mapped("subject")

    def do(self, act, listing=None, days=0):
        with clock_at(now() + timedelta(days=days)):
            getattr(self.by(self.owner, listing or self.listing), f"action_{act}")()

    def test_it_is_shown_for_the_days_of_its_platform(self):
        self.assertEqual(self.listing.expires_at, self.today + timedelta(days=60))
        self.run_cron(59)
        self.assertEqual(self.listing.state, "published")
        self.run_cron(60)
        self.assertEqual(self.listing.state, "paused")
        self.assertTrue(self.listing.is_expired)
        self.assertEqual(self.env["ebs.audit"]._run(), [])

    def test_its_owner_is_told_two_weeks_and_two_days_before_and_at_the_end(self):
        told = []
        for day in (45, 46, 47, 57, 58, 59, 60, 61, 90):
            self.run_cron(day)
            told.append(len(self.subjects()))
        self.assertEqual(told, [0, 1, 1, 1, 2, 2, 3, 3, 3])
        mail = self.mails_to(self.owner)[:1]
        self.assertIn(f"/my/listings/{self.listing.id}/renew", mail.body_html)

    def test_a_task_that_slept_tells_once(self):
        self.run_cron(59)
        self.assertEqual(len(self.subjects()), 1)
        self.run_cron(59)
        self.assertEqual(len(self.subjects()), 1)

    def test_one_click_gives_it_another_while(self):
        self.run_cron(46)
        self.do("renew", days=50)
        self.assertEqual(self.listing.expires_at, self.today + timedelta(days=110))
        self.run_cron(60)
        self.assertEqual(self.listing.state, "published")
        self.run_cron(97)
        self.assertEqual(len(self.subjects()), 2, "it is told anew")

    def test_one_click_shows_again_what_was_over(self):
        self.run_cron(60)
        published_at = self.listing.published_at
        self.do("renew", days=70)
        self.assertEqual(self.listing.state, "published")
        self.assertEqual(self.listing.expires_at, self.today + timedelta(days=130))
        self.assertEqual(self.listing.published_at, published_at, "no jump to the top")
        self.assertFalse(self.listing.is_expired)

    def test_what_its_owner_paused_has_not_expired(self):
        self.do("pause")
        self.assertFalse(self.listing.expires_at)
        self.run_cron(100)
        self.assertFalse(self.listing.is_expired)
        with self.assertRaisesRegex(UserError, "nothing to renew"):
            self.do("renew")
        self.do("resume", days=100)
        self.assertEqual(self.listing.expires_at, self.today + timedelta(days=160))

    def test_nothing_expires_where_the_operator_said_so(self):
        self.company.ebs_expiry_days = 0
        self.run_cron(400)
        self.assertEqual(self.listing.state, "published")
        self.assertFalse(self.make_listing(self.owner).expires_at)
        self.assertFalse(self.subjects())

    def test_what_was_there_before_the_rule_gets_its_whole_time(self):
        self.company.ebs_expiry_days = 0
        old = self.make_listing(self.owner)
        self.company.ebs_expiry_days = 30
        self.run_cron(10)
        self.assertEqual(old.expires_at, self.today + timedelta(days=40))
        self.assertFalse(self.subjects())

    def test_each_platform_has_its_own_days(self):
        self.other_company.ebs_expiry_days = 30
        there = self.make_listing(self.make_member("Ella", company=self.other_company))
        self.run_cron(30)
        self.assertEqual((there.state, self.listing.state), ("paused", "published"))

    def test_the_days_are_sane(self):
        for days in (-1, 1, 29, 731):
            with (
                self.subTest(days=days),
                self.assertRaises(psycopg2.errors.CheckViolation),
                mute_logger("odoo.sql_db"),
                self.cr.savepoint(),
            ):
                self.company.ebs_expiry_days = days
                self.env.flush_all()
        self.env.invalidate_all()

    def test_only_its_owner_renews(self):
        guest = self.make_member("Anna")
        with self.assertRaises(UserError):
            self.by(guest, self.listing).action_renew()
        self.run_cron(60)
        with self.assertRaises(MissingError):
            self.by(guest, self.listing).action_renew()
        with self.assertRaises(UserError):
            self.listing.with_user(self.manager).action_renew()
        self.assertEqual(self.listing.state, "paused")

    def test_one_run_does_one_batch_with_one_commit_each(self):
        for _number in range(2):
            self.make_listing(self.owner)
        with (
            clock_at(now() + timedelta(days=60)),
            patch.object(self.cr, "commit") as commit,
        ):
            self.env["ebs.listing"]._cron_expire(batch_size=2)
        paused = self.env["ebs.listing"].search_count(
            [("member_id", "=", self.owner.id), ("state", "=", "paused")]
        )
        self.assertEqual(paused, 2)
        self.assertGreaterEqual(commit.call_count, 2)
