# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import SQL

from .common import ListingsCase


@tagged("ebs_listings")
class TestAudit(ListingsCase):
    """The audit finds nothing in a sane database, and each thing that is broken."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.owner = cls.make_member("Olga", zone_id=cls.zone.id)
        cls.asker = cls.make_member("Anna")
        cls.listing = cls.make_listing(cls.owner)
        cls.exchange = cls.ask(cls.asker, cls.listing)
        cls.by(cls.owner, cls.exchange).action_accept()
        cls.promise = cls.exchange.promise_ids

    def break_it(self, table, record, **values):
        """Write past the models, as a bug or a hand in the database would."""
        self.env.flush_all()
        for column, value in values.items():
            self.env.cr.execute(
                SQL(
                    "UPDATE %s SET %s = %s WHERE id = %s",
                    SQL.identifier(table),
                    SQL.identifier(column),
                    value,
                    record.id,
                )
            )

    def run_audit(self):
        return "\n".join(self.env["ebs.audit"]._run())

    def test_nothing_is_found_in_a_sane_world(self):
        second = self.ask(self.asker, self.make_listing(self.owner))
        self.by(self.owner, second).action_decline()
        third = self.ask(self.asker, self.make_listing(self.owner))
        self.by(self.asker, third).action_cancel()
        self.by(self.owner, self.exchange).action_done()
        self.make_draft(self.owner, category_id=False, way_ids=[])
        self.assertEqual(self.env["ebs.audit"]._run(), [])

    def test_a_broken_listing_is_found(self):
        for sentence, values in (
            ("is nowhere", {"latitude": None, "longitude": 0}),
            ("without a category", {"category_id": None}),
            ("at no time", {"published_at": None}),
            ("and for none", {"visibility": "circles"}),
            ("not of one platform", {"company_id": self.other_company.id}),
        ):
            with self.subTest(sentence=sentence), self.cr.savepoint() as savepoint:
                self.break_it("ebs_listing", self.listing, **values)
                self.assertIn(sentence, self.run_audit())
                savepoint.rollback()
        self.listing.way_ids = [Command.clear()]
        self.assertIn("without a way", self.run_audit())

    def test_a_listing_of_who_may_not_act_is_found(self):
        self.break_it("ebs_member", self.owner, state="suspended")
        self.assertIn("who is suspended", self.run_audit())

    def test_a_circle_of_another_platform_is_found(self):
        self.listing.write(
            {"visibility": "circles", "circle_ids": self.open_circle.ids}
        )
        self.break_it("ebs_circle", self.open_circle, company_id=self.other_company.id)
        self.assertIn("of another platform", self.run_audit())

    def test_a_broken_exchange_is_found(self):
        rival = self.make_member("Rita")
        for sentence, values in (
            ("a party of another platform", {"company_id": self.other_company.id}),
            ("not with the member who offers", {"owner_id": rival.id}),
            ("its moments say otherwise", {"accepted_at": None}),
            ("its moments say otherwise", {"state": "done"}),
            ("by neither party", {"asker_id": rival.id}),
        ):
            with self.subTest(sentence=sentence), self.cr.savepoint() as savepoint:
                self.break_it("ebs_exchange", self.exchange, **values)
                self.assertIn(sentence, self.run_audit())
                savepoint.rollback()

    def test_a_broken_promise_is_found(self):
        other = self.make_listing(self.owner)
        for sentence, values in (
            ("nothing is promised", {"state": "cancelled"}),
            ("its exchange is accepted", {"state": "done"}),
            ("of another listing", {"listing_id": other.id}),
        ):
            with self.subTest(sentence=sentence), self.cr.savepoint() as savepoint:
                self.break_it("ebs_promise", self.promise, **values)
                self.assertIn(sentence, self.run_audit())
                savepoint.rollback()

    def test_a_thing_promised_twice_is_found_when_the_index_is_gone(self):
        self.listing.way_ids += self.get_way("service")
        rival = self.make_member("Rita")
        second = self.ask(rival, self.listing, way="service")
        self.env.cr.execute("DROP INDEX ebs_promise_promised_once")
        self.env["ebs.promise"].create(
            {"exchange_id": second.id, "listing_id": self.listing.id}
        )
        self.assertIn("promised 2 times", self.run_audit())

    def test_an_exchange_with_oneself_is_found(self):
        """Two personas of one account stand on two platforms, or never should."""
        self.env.flush_all()
        self.env.cr.execute("DROP INDEX ebs_member_one_account")
        self.break_it("ebs_member", self.asker, user_id=self.owner.user_id.id)
        self.assertIn("one account", self.run_audit())
