# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo.addons.ebs_base.clock import clock_at, now
from odoo.tests import tagged

from .common import ListingsCase


@tagged("ebs_listings")
class TestWords(ListingsCase):
    """Each reads where it is and what to do now."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.owner = cls.make_member("Olga")
        cls.asker = cls.make_member("Anna")
        cls.listing = cls.make_listing(cls.owner)

    def sentences(self, exchange):
        users = (self.owner.user_id, self.asker.user_id, self.desk)
        return [exchange.with_user(user)._get_next_step() for user in users]

    def test_a_request(self):
        owner, asker, staff = self.sentences(self.ask(self.asker, self.listing))
        self.assertEqual(owner, "Anna waits for your answer.")
        self.assertIn("Olga was told", asker)
        self.assertEqual(staff, "Anna waits for the answer of Olga.")

    def test_a_promise_and_a_service(self):
        gift = self.ask(self.asker, self.listing)
        self.by(self.owner, gift).action_accept()
        for sentence in self.sentences(gift):
            self.assertIn("promised", sentence)
        listing = self.make_listing(self.owner, way="service")
        service = self.ask(self.asker, listing, way="service")
        self.by(self.owner, service).action_accept()
        for sentence in self.sentences(service):
            self.assertNotIn("promised", sentence)

    def test_every_end_has_its_words(self):
        for call, word in (
            (lambda one: self.by(self.owner, one).action_decline(), "Anna"),
            (lambda one: self.by(self.asker, one).action_cancel(), "cancelled"),
            (lambda one: one._expire(), "no answer"),
        ):
            exchange = self.ask(self.asker, self.listing)
            call(exchange)
            self.assertIn(word, self.sentences(exchange)[0])

    def test_a_percent_sign_in_a_name_is_a_percent_sign(self):
        member = self.make_member("100% %(owner)s", login="percent@example.com")
        exchange = self.ask(member, self.listing)
        self.assertEqual(
            self.by(self.owner, exchange)._get_next_step(),
            "100% %(owner)s waits for your answer.",
        )

    def test_the_line_of_steps(self):
        start = now()
        exchange = self.ask(self.asker, self.listing)

        def line():
            return [
                (step["code"], step["date"], step["reached"])
                for step in self.by(self.asker, exchange)._get_steps()
            ]

        self.assertEqual(
            line(),
            [
                ("requested", start, True),
                ("accepted", None, False),
                ("done", None, False),
            ],
        )
        later = start + timedelta(hours=2)
        with clock_at(later):
            self.by(self.owner, exchange).action_accept()
            self.assertEqual(line()[1], ("accepted", later, True))
            self.by(self.owner, exchange).action_cancel()
        codes = [step[0] for step in line()]
        self.assertEqual(codes, ["requested", "accepted", "cancelled"])
        labels = [step["label"] for step in exchange._get_steps()]
        self.assertEqual(labels, ["Asked", "Accepted", "Cancelled"])

    def test_a_list_of_exchanges_costs_no_query_for_each(self):
        exchanges = self.env["ebs.exchange"]
        for number in range(12):
            listing = self.make_listing(self.make_member(f"Owner {number}"))
            exchanges |= self.ask(self.asker, listing)

        def cost(count):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            found = self.by(self.asker, exchanges).search(
                [("id", "in", exchanges[:count].ids)]
            )
            for exchange in found:
                exchange._get_my_side()
                exchange._get_actions()
                exchange._get_next_step()
                exchange._get_steps()
            return self.cr.sql_log_count - before

        cost(1)
        self.assertEqual(cost(12), cost(2))

    def test_it_speaks_french(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        exchange = self.by(self.owner, self.ask(self.asker, self.listing))
        french = exchange.with_context(lang="fr_FR")
        self.assertEqual(french._get_next_step(), "Anna attend votre réponse.")
        self.assertEqual(french.way_id.name, "Don")
        self.assertEqual(
            [step["label"] for step in french._get_steps()],
            ["Demandé", "Accepté", "Terminé"],
        )
