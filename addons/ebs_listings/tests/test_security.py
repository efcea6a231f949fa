# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import ListingsCase

MODELS = (
    "ebs.category",
    "ebs.way",
    "ebs.listing",
    "ebs.photo",
    "ebs.exchange",
    "ebs.message",
    "ebs.promise",
)


@tagged("ebs_listings", "ebs_security")
class TestSecurity(ListingsCase):
    """Members write through actions alone; parties read, others do not."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.owner = cls.make_member("Olga")
        cls.asker = cls.make_member("Anna")
        cls.rival = cls.make_member("Rita")
        cls.listing = cls.make_listing(cls.owner)
        cls.photo = cls.make_photo(cls.listing)
        cls.exchange = cls.ask(cls.asker, cls.listing)
        cls.by(cls.owner, cls.exchange).action_accept()
        cls.records = {
            "ebs.exchange": cls.exchange,
            "ebs.message": cls.exchange.message_line_ids,
            "ebs.promise": cls.exchange.promise_ids,
        }

    def readable(self, user):
        """What of an exchange a user reads: search and access must agree."""
        seen = set()
        for name, records in self.records.items():
            theirs = records.with_user(user)
            try:
                found = theirs.search([("id", "in", records.ids)])
            except AccessError:
                found = theirs.browse()
            self.assertEqual(found, theirs._filtered_access("read"))
            if found:
                seen.add(name)
        return seen

    def test_members_and_visitors_write_on_no_model(self):
        users = self.owner.user_id + self.rival.user_id + self.visitor + self.stranger
        for user in users + self.desk:
            for name in MODELS:
                model = self.env[name].with_user(user)
                for operation in ("write", "create", "unlink"):
                    with self.subTest(user=user.login, model=name, op=operation):
                        self.assertFalse(model.has_access(operation))

    def test_nobody_changes_what_was_written_or_agreed(self):
        for user in (self.moderator, self.manager, self.owner.user_id):
            for name, records in self.records.items():
                theirs = records.with_user(user)
                with self.subTest(user=user.login, model=name):
                    with self.assertRaises(AccessError):
                        theirs.write({"company_id": self.company.id})
                    with self.assertRaises(AccessError):
                        theirs.unlink()

    def test_the_two_parties_read_all_of_their_exchange(self):
        for member in (self.owner, self.asker):
            self.assertEqual(self.readable(member.user_id), set(self.records))

    def test_a_party_reads_on_whatever_becomes_of_the_membership(self):
        for member in (self.owner, self.asker):
            member.with_user(self.moderator).action_suspend("A test.")
            self.assertEqual(self.readable(member.user_id), set(self.records))

    def test_staff_read_the_deal_and_no_message(self):
        for user in (self.desk, self.moderator, self.manager):
            self.assertEqual(self.readable(user), {"ebs.exchange", "ebs.promise"})

    def test_staff_of_another_platform_read_nothing(self):
        self.desk.write(
            {
                "company_id": self.other_company.id,
                "company_ids": [(6, 0, self.other_company.ids)],
            }
        )
        self.assertEqual(self.readable(self.desk), set())

    def test_everybody_else_reads_nothing(self):
        abroad = self.make_member("Ella", company=self.other_company)
        for user in (
            self.rival.user_id,
            abroad.user_id,
            self.stranger,
            self.visitor,
        ):
            self.assertEqual(self.readable(user), set(), user.login)

    def test_search_and_compute_of_a_party_agree(self):
        for user in (self.owner.user_id, self.rival.user_id, self.desk):
            exchanges = self.env["ebs.exchange"].with_user(user).sudo()
            for name in ("is_party", "is_readable"):
                found = exchanges.search([(name, "=", True)])
                rest = exchanges.search([(name, "=", False)])
                every = exchanges.search([])
                self.assertEqual(every.filtered(name), found)
                self.assertEqual(every, found | rest)

    def test_who_typed_it_stays_hidden(self):
        records = [self.listing, self.photo, *self.records.values()]
        for record in records:
            theirs = record.with_user(self.owner.user_id)
            for field in ("create_uid", "write_uid"):
                with self.subTest(record=record), self.assertRaises(AccessError):
                    theirs.read([field])
                with self.subTest(record=record), self.assertRaises(AccessError):
                    theirs.search([(field, "=", 1)])
        message = self.exchange.message_line_ids.with_user(self.owner.user_id)
        with self.assertRaises(AccessError):
            message.read(["user_id"])

    def test_the_staff_log_is_closed_to_members(self):
        note = self.listing.with_user(self.moderator).message_post(body="Strange one")
        self.assertFalse(note.with_user(self.owner.user_id).has_access("read"))
        for record in (self.listing, self.exchange):
            with self.assertRaises(AccessError):
                self.by(self.owner, record).read(["message_ids"])
            with self.assertRaises(AccessError):
                self.by(self.owner, record).message_post(body="Hello")

    def test_ways_and_categories_are_read_by_all(self):
        for user in (self.visitor, self.owner.user_id, self.stranger):
            self.assertTrue(self.env["ebs.way"].with_user(user).search([]))
            self.assertTrue(self.garden.with_user(user).name)

    def test_a_manager_keeps_the_categories_of_the_own_platform(self):
        self.garden.with_user(self.manager).name = "Gardens"
        foreign = self.make_category("Foreign", company=self.other_company)
        with self.assertRaises(AccessError):
            foreign.with_user(self.manager).name = "Mine"
        with self.assertRaises(AccessError):
            self.garden.with_user(self.moderator).name = "Mine"
