# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.addons.ebs_base.clock import clock_at
from odoo.addons.ebs_base.tests.real_races import RealRacesCase
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged
from psycopg2.errors import SerializationFailure

from .common import MONDAY, utc


@tagged("ebs_concurrency")
class TestAskingRaces(RealRacesCase):
    """Real cursors: two act at once, and each has read before the other wrote.

    A cursor commits at the end of its block.
    """

    @classmethod
    def _make_world(cls, env):
        """Make for all to see what other transactions need to see."""
        company = env["res.company"].search([], order="id", limit=1)
        members = env["ebs.member"]
        for name in ("race.odile", "race.ada", "race.bob", "race.cleo"):
            user = env["res.users"]._ebs_create_portal(
                company, name, f"{name}@example.com", f"{name}@example.com"
            )
            member = members._create_persona(company, user, name)
            member.private_ids.email_confirmed_at = "2026-01-01 00:00:00"
            member._approve()
            members |= member
        cls.limit = company.ebs_loan_max_open
        return {
            "company": company.id,
            "members": members.ids,
            "users": members.user_id.ids,
        }

    @classmethod
    def _clean_world(cls):
        cls._clean_things()
        with cls.connection.cursor() as cr:
            env = cls._env(cr)
            env["res.company"].browse(cls.names["company"]).write(
                {"ebs_loan_max_open": cls.limit}
            )
            env["ebs.rule.change"].search(
                [("field_name", "=", "ebs_loan_max_open")]
            ).unlink()
            env["ebs.member"].browse(cls.names["members"]).unlink()
            users = env["res.users"].browse(cls.names["users"])
            partners = users.partner_id
            users.unlink()
            partners.unlink()

    @classmethod
    def _clean_things(cls):
        with cls.connection.cursor() as cr:
            env = cls._env(cr)
            listings = env["ebs.listing"].search(
                [("member_id", "in", cls.names["members"])]
            )
            about = [("listing_id", "in", listings.ids)]
            env["ebs.waiting"].search(about).unlink()
            env["ebs.exchange"].search(about).unlink()
            listings.unlink()
            env["mail.mail"].search([("email_to", "ilike", "race.")]).unlink()

    def setUp(self):
        super().setUp()
        self._clean_things()
        with self.connection.cursor() as cr:
            env = self._env(cr)
            category = env["ebs.category"].search(
                [("company_id", "=", self.names["company"])], limit=1
            ) or env["ebs.category"].create(
                {"company_id": self.names["company"], "name": "race"}
            )
            listings = env["ebs.listing"].create(
                [
                    {
                        "company_id": self.names["company"],
                        "member_id": self.names["members"][0],
                        "name": name,
                        "category_id": category.id,
                        "agreement": "instant",
                        "way_ids": [Command.set(env.ref("ebs_loans.way_lend").ids)],
                    }
                    for name in ("race one", "race two")
                ]
            )
            listings._publish(("draft",))
            self.listings = listings.ids

    # === ACTS === #

    def _as(self, cr, who):
        return self._env(cr, self.names["users"][who])

    def _ask(self, who, listing, first, last=None, at=MONDAY):
        def act(cr):
            env = self._as(cr, who)
            with clock_at(at):
                exchange = (
                    env["ebs.listing"]
                    .browse(self.listings[listing])
                    .action_ask(
                        {"way": "lend", "date_start": first, "date_end": last or first}
                    )
                )
                env.flush_all()
            self.made = exchange.id

        return act

    def _on_loan(self, who, exchange_id, method, *args, at=MONDAY):
        def act(cr):
            env = self._as(cr, who)
            with clock_at(at):
                getattr(env["ebs.exchange"].browse(exchange_id), method)(*args)
                env.flush_all()

        return act

    def _wait(self, who, listing):
        def act(cr):
            env = self._as(cr, who)
            with clock_at(MONDAY):
                env["ebs.listing"].browse(self.listings[listing]).action_wait()
                env.flush_all()

        return act

    def _pass_on(self, at):
        """What the cron does with one line, in its transaction."""

        def act(cr):
            env = self._env(cr)
            with clock_at(at):
                waiting = env["ebs.waiting"]
                waiting.search(waiting._get_lapsed_domain())._pass_on()
                env.flush_all()

        return act

    def _start_loan(self):
        """Ada has the first thing from Monday to Wednesday."""
        self._do(self._ask(1, 0, "2026-11-23", "2026-11-25"))
        loan_id = self.made
        self._do(self._on_loan(0, loan_id, "action_hand_over"))
        return loan_id

    # === RACES === #

    def test_an_extension_and_a_loan_of_the_same_day_do_not_both_win(self):
        """Lend Engine 120 and 169: extended over somebody else's reservation."""
        loan_id = self._start_loan()
        extend = self._on_loan(1, loan_id, "action_extend", "2026-11-26")
        error = self._race(extend, self._ask(2, 0, "2026-11-26"))
        self.assertIsInstance(error, UserError)
        self.assertIn("Somebody else was faster", str(error))

    def test_a_loan_and_an_extension_over_it_do_not_both_win(self):
        loan_id = self._start_loan()
        extend = self._on_loan(1, loan_id, "action_extend", "2026-11-26")
        error = self._race(self._ask(2, 0, "2026-11-26"), extend)
        self.assertIsInstance(error, UserError)
        self.assertIn("promised to somebody else", str(error))

    def test_the_last_place_in_a_limit_is_taken_once(self):
        with self.connection.cursor() as cr:
            company = self._env(cr)["res.company"].browse(self.names["company"])
            company.ebs_loan_max_open = 1
        second = self._ask(1, 1, "2026-11-24")
        error = self._race(self._ask(1, 0, "2026-11-24"), second)
        self.assertIsInstance(error, SerializationFailure)
        with self.assertRaisesRegex(UserError, "1 at most for each member"):
            self._do(second)
        with self.connection.cursor() as cr:
            company = self._env(cr)["res.company"].browse(self.names["company"])
            company.ebs_loan_max_open = 0

    def test_one_instant_loan_of_two_who_ask_at_once(self):
        error = self._race(self._ask(1, 0, "2026-11-24"), self._ask(2, 0, "2026-11-24"))
        self.assertIsInstance(error, UserError)
        self.assertIn("Somebody else was faster", str(error))

    def test_who_asks_while_a_hold_lapses_does_not_jump_the_line(self):
        loan_id = self._start_loan()
        for who in (2, 3):
            self._do(self._wait(who, 0))
        self._do(self._on_loan(0, loan_id, "action_return"))
        lapsed = utc(2026, 11, 25, 9)
        ask = self._ask(1, 0, "2026-11-25", at=lapsed)
        error = self._race(self._pass_on(lapsed), ask)
        self.assertIsInstance(error, SerializationFailure)
        with self.assertRaisesRegex(UserError, "Already taken"):
            self._do(ask)
        self._do(self._ask(3, 0, "2026-11-25", at=lapsed))

    def test_two_copies_that_come_back_at_once_serve_two(self):
        with self.connection.cursor() as cr:
            self._env(cr)["ebs.listing"].browse(self.listings[0])._set_copy_count(2)
        loans = []
        for who in (1, 2):
            self._do(self._ask(who, 0, "2026-11-23", "2026-11-25"))
            loans.append(self.made)
            self._do(self._on_loan(0, loans[-1], "action_hand_over"))
        self._do(self._wait(3, 0))
        acts = [self._on_loan(0, loan_id, "action_return") for loan_id in loans]
        error = self._race(*acts)
        self.assertIsInstance(error, SerializationFailure)
        self._do(acts[1])
        with self.connection.cursor() as cr:
            waiting = self._env(cr)["ebs.waiting"].search(
                [("listing_id", "=", self.listings[0])]
            )
            self.assertEqual(waiting.state, "held")
            self.assertEqual(len(waiting.booking_ids), 1)
