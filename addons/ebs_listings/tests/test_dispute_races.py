# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.addons.ebs_base.tests.real_races import RealRacesCase
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import new_test_user, tagged
from psycopg2.errors import SerializationFailure

CASE = "ebs.dispute"
EXCHANGE = "ebs.exchange"


@tagged("ebs_concurrency", "post_install", "-at_install")
class TestDisputeRaces(RealRacesCase):
    """Real cursors: two act on a case at once, and each has read before.

    What fails to be serialized is what Odoo runs again: the second run reads what
    the first one did, and says so in a sentence.
    """

    @classmethod
    def _make_world(cls, env):
        """Make for all to see what other transactions need to see."""
        company = env["res.company"].search([], order="id", limit=1)
        users = env["res.users"]
        members = env["ebs.member"]
        for name in ("race.olga", "race.anna"):
            user = users._ebs_create_portal(
                company, name, f"{name}@example.com", f"{name}@example.com"
            )
            member = members._create_persona(company, user, name)
            member.private_ids.email_confirmed_at = "2026-01-01 00:00:00"
            member._approve()
            members |= member
            users |= user
        for name in ("race.one", "race.two"):
            users |= new_test_user(
                env,
                f"{name}@staff.example.com",
                groups="ebs_base.group_ebs_mediator",
                company_id=company.id,
                company_ids=[Command.set(company.ids)],
            )
        category = env["ebs.category"].create(
            {"company_id": company.id, "name": "Race", "icon": "other"}
        )
        way = env["ebs.way"].search([("code", "=", "service")])
        listing = env["ebs.listing"].create(
            {
                "company_id": company.id,
                "member_id": members[0].id,
                "name": "Race",
                "category_id": category.id,
                "way_ids": [Command.set(way.ids)],
            }
        )
        listing._publish(("draft",))
        return {
            "members": members.ids,
            "users": users.ids,
            "listing": listing.id,
            "category": category.id,
        }

    @classmethod
    def _clean_world(cls):
        with cls.connection.cursor() as cr:
            env = cls._env(cr)
            env["mail.mail"].search([("email_to", "ilike", "race.")]).unlink()
            listing = env["ebs.listing"].browse(cls.names["listing"])
            env[EXCHANGE].search([("listing_id", "=", listing.id)]).unlink()
            listing.unlink()
            env["ebs.category"].browse(cls.names["category"]).unlink()
            env["ebs.member"].browse(cls.names["members"]).unlink()
            users = env["res.users"].browse(cls.names["users"])
            partners = users.partner_id
            users.unlink()
            partners.unlink()

    def setUp(self):
        super().setUp()
        with self.connection.cursor() as cr:
            env = self._env(cr)
            listing = env["ebs.listing"].browse(self.names["listing"])
            env[EXCHANGE].search([("listing_id", "=", listing.id)]).unlink()
            owner, asker = env["res.users"].browse(self.names["users"][:2])
            exchange = listing.with_user(asker).action_ask(
                {"way": "service", "message": "Hello"}
            )
            exchange.with_user(owner).action_accept()
            self.exchange = exchange.id
        self.case = None

    # === WORDS OF THE TESTS === #

    def _act(self, who, model, method, *args):
        """An act of the one with that number, for a cursor to come."""

        def act(cr):
            env = self._env(cr, self.names["users"][who])
            record = env[model].browse(self.case if model == CASE else self.exchange)
            result = getattr(record, method)(*args)
            env.flush_all()
            return result and result.id

        return act

    def _open(self, who=1):
        values = {"reason": "It is broken."}
        return self._act(who, EXCHANGE, "action_open_dispute", values)

    def _make_settled(self):
        self._make_heard()
        self._do(self._settle())

    def _make_heard(self):
        self.case = self._do(self._open())
        self._do(self._act(2, CASE, "action_take"))
        self._do(self._act(0, CASE, "action_write", {"body": "No."}))

    def _settle(self, outcome="no_fault"):
        return self._act(2, CASE, "action_settle", outcome, "As seen.")

    def _read(self, *names):
        with self.connection.cursor() as cr:
            case = self._env(cr)[CASE].browse(self.case)
            return [case[name] for name in names]

    # === RACES === #

    def test_two_mediators_take_one_case(self):
        self.case = self._do(self._open())
        first = self._act(2, CASE, "action_take")
        second = self._act(3, CASE, "action_take")
        self.assertIsInstance(self._race(first, second), SerializationFailure)
        with self.assertRaisesRegex(UserError, "took this case a moment ago"):
            self._do(second)
        with self.connection.cursor() as cr:
            case = self._env(cr)[CASE].browse(self.case)
            self.assertEqual(case.mediator_id.id, self.names["users"][2])

    def test_the_outcome_is_given_once(self):
        self._make_heard()
        error = self._race(self._settle("no_fault"), self._settle("repair"))
        self.assertIsInstance(error, SerializationFailure)
        with self.assertRaisesRegex(UserError, "Take this case first"):
            self._do(self._settle("repair"))
        self.assertEqual(self._read("outcome"), ["no_fault"])

    def test_a_case_is_opened_again_once(self):
        self._make_settled()
        first = self._act(0, CASE, "action_reopen", "Look again.")
        second = self._act(1, CASE, "action_reopen", "Me too.")
        self.assertIsInstance(self._race(first, second), SerializationFailure)
        with self.assertRaisesRegex(UserError, "cannot be opened again"):
            self._do(second)

    def test_both_parties_open_one_case(self):
        error = self._race(self._open(0), self._open(1))
        self.assertIsInstance(error, UserError)
        self.assertIn("a moment ago", str(error))
        with self.assertRaisesRegex(UserError, "a mediation case"):
            self._do(self._open(1))

    def test_it_is_withdrawn_or_settled_but_not_both(self):
        self._make_heard()
        withdraw = self._act(1, CASE, "action_withdraw")
        error = self._race(self._settle(), withdraw)
        self.assertIsInstance(error, SerializationFailure)
        with self.assertRaisesRegex(UserError, "cannot be withdrawn"):
            self._do(withdraw)

    def test_what_a_case_stops_and_its_opening_do_not_pass_each_other(self):
        """Whatever ends the exchange writes its row, and so does opening a case."""
        error = self._race(self._act(0, EXCHANGE, "action_done"), self._open())
        self.assertIsInstance(error, SerializationFailure)
