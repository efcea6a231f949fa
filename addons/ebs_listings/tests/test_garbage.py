# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.exceptions import AccessError, UserError
from odoo.service.model import call_kw
from odoo.tests import tagged

from .common import ListingsCase

GARBAGE = (
    None,
    True,
    0,
    -1,
    10**30,
    1.5,
    "",
    "x" * 100_000,
    "\x00",
    "\ud800",
    "é'\"%_\\",
    [],
    [None],
    {},
    {"way": []},
    {1: 2},
)


@tagged("ebs_listings", "ebs_security")
class TestGarbage(ListingsCase):
    """T-S8: any portal user may call what is public, with anything in it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.owner = cls.make_member("Olga")
        cls.asker = cls.make_member("Anna")
        cls.listing = cls.make_listing(cls.owner)
        cls.exchange = cls.ask(cls.asker, cls.listing)

    def rpc(self, record, method, *args, **kwargs):
        """Call as /web/dataset/call_kw does; a sentence is a good answer."""
        try:
            with self.cr.savepoint():
                call_kw(record.browse(), method, [*args], kwargs)
        except (UserError, AccessError) as error:
            self.assertTrue(str(error))

    def test_every_public_action_answers_garbage_with_a_sentence(self):
        users = self.owner.user_id + self.asker.user_id + self.moderator + self.visitor
        calls = {
            self.listing: (
                ("action_save", 1),
                ("action_ask", 1),
                ("action_remove_photo", 1),
                ("action_reject", 1),
            ),
            self.exchange: (
                ("action_write", 1),
                ("action_decline", 1),
                ("action_cancel", 1),
            ),
        }
        for user in users:
            for record, methods in calls.items():
                for method, _count in methods:
                    for value in GARBAGE:
                        with self.subTest(user=user.login, m=method, v=str(value)[:9]):
                            theirs = record.with_user(user)
                            self.rpc(theirs, method, record.ids, value)

    def test_who_one_acts_for_may_be_garbage(self):
        theirs = self.listing.with_user(self.asker.user_id)
        for value in GARBAGE:
            with self.subTest(value=str(value)[:9]):
                values = {"way": "give", "name": "x"}
                ids = self.listing.ids
                self.rpc(theirs, "action_ask", ids, values, as_member_id=value)
                self.rpc(theirs, "action_create", values, as_member_id=value)

    def test_ids_may_be_of_nothing_or_of_several(self):
        other = self.make_listing(self.owner)
        methods = (
            (self.listing, "action_publish"),
            (self.listing, "action_pause"),
            (self.listing, "action_resume"),
            (self.listing, "action_close"),
            (self.listing, "action_approve"),
            (self.exchange, "action_accept"),
            (self.exchange, "action_done"),
            (self.exchange, "action_cancel"),
        )
        for record, method in methods:
            for ids in ([], [2**31 - 1], [0], [-1], [*self.listing.ids, other.id]):
                with self.subTest(method=method, ids=ids):
                    theirs = record.with_user(self.asker.user_id)
                    self.rpc(theirs, method, ids)

    def test_private_methods_are_not_to_be_called(self):
        for record, method in (
            (self.listing, "_publish"),
            (self.listing, "_set_state"),
            (self.listing, "_save"),
            (self.listing, "_search_catalogue"),
            (self.exchange, "_finish"),
            (self.exchange, "_write_message"),
            (self.exchange, "_cron_expire"),
        ):
            with self.subTest(method=method), self.assertRaises(AccessError):
                call_kw(
                    record.with_user(self.owner.user_id).browse(),
                    method,
                    [record.ids],
                    {},
                )
