# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

import psycopg2
from odoo.addons.ebs_base.clock import now
from odoo.exceptions import AccessError, MissingError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import make_image
from .dispute_common import DisputeCase


@tagged("ebs_listings")
class TestDispute(DisputeCase):
    """A case is opened by a party, taken by a mediator, and settled for both."""

    # === OPENING === #

    def test_either_party_opens_a_case_with_words_and_photos(self):
        photo = make_image().decode()
        dispute = self.open_case(reason=" Two pages are missing. ", photos=[photo])
        self.assertEqual(dispute.state, "open")
        self.assertEqual(dispute.opener_id, self.asker)
        self.assertEqual(dispute.reason, "Two pages are missing.")
        self.assertEqual(dispute.line_ids.body, "Two pages are missing.")
        self.assertEqual(len(dispute.line_ids.photo_ids), 1)
        self.assertEqual(dispute.photo_ids, dispute.line_ids.photo_ids)
        other = self.make_agreed()
        self.assertEqual(self.open_case(self.owner, other).opener_id, self.owner)

    def test_both_parties_and_the_mediators_are_told(self):
        self.open_case(reason="Two pages are missing.")
        to_owner, to_asker = self.mails_to(self.owner)[0], self.mails_to(self.asker)[0]
        self.assertIn("Two pages are missing.", to_owner.body_html)
        self.assertIn("a mediator reads what you wrote", to_owner.body_html)
        self.assertIn("You asked for a mediator", to_asker.body_html)
        link = f"/my/exchanges/{self.exchange.id}/dispute"
        self.assertIn(link, to_owner.body_html)
        for user in (self.mediator, self.second, self.manager):
            mails = self.env["mail.mail"].search([("email_to", "ilike", user.email)])
            self.assertIn("Two pages are missing.", mails.body_html, user.name)
        for user in (self.moderator, self.desk):
            mails = self.env["mail.mail"].search([("email_to", "ilike", user.email)])
            self.assertFalse(mails, user.name)

    def test_a_case_needs_something_agreed_on(self):
        for step in ("asked", "declined"):
            exchange = self.ask(self.asker, self.make_listing(self.owner))
            if step == "declined":
                self.by(self.owner, exchange).action_decline()
            with self.subTest(step=step), self.refused("Nothing was agreed on"):
                self.open_case(exchange=exchange)

    def test_after_the_end_there_is_a_month_for_it(self):
        self.by(self.asker, self.exchange).action_done()
        with self.later(days=30, minutes=1), self.refused("more than 30 days ago"):
            self.open_case()
        with self.later(days=29):
            self.open_case()

    def test_what_was_cancelled_after_it_was_agreed_may_be_mediated(self):
        self.by(self.owner, self.exchange).action_cancel("I sold it.")
        self.assertTrue(self.open_case())

    def test_it_says_what_went_wrong(self):
        for reason in ("", "  ", None, False, "\0"):
            with self.subTest(reason=reason), self.refused("what went wrong"):
                self.open_case(reason=reason)
        with self.refused("too long"):
            self.open_case(reason="a" * 2001)

    def test_nobody_but_the_parties_opens_one(self):
        with self.assertRaises(UserError):
            self.open_case(self.passer)
        for user in (self.mediator, self.desk, self.manager):
            exchange = self.exchange.with_user(user)
            with self.refused("Only the two parties"):
                exchange.action_open_dispute({"reason": "I say so."})

    def test_a_suspended_member_opens_none_but_is_heard(self):
        dispute = self.open_case()
        self.owner.action_suspend()
        self.say(self.owner, dispute, "It was whole.")
        self.assertEqual(dispute.unheard, "")
        self.asker.action_suspend()
        with self.refused("suspended"):
            self.open_case(exchange=self.make_agreed_before_suspension())

    def make_agreed_before_suspension(self):
        self.asker.action_reinstate()
        self.owner.action_reinstate()
        exchange = self.make_agreed()
        self.asker.action_suspend()
        return exchange

    def test_there_is_one_case_for_both(self):
        self.open_case()
        with self.refused("a mediation case for this exchange already"):
            self.open_case(self.owner)

    def test_the_database_knows_one_case_only(self):
        dispute = self.open_case()
        with (
            self.assertRaises(psycopg2.errors.UniqueViolation),
            mute_logger("odoo.sql_db"),
            self.env.cr.savepoint(),
        ):
            self.env["ebs.dispute"].create(
                {
                    "exchange_id": self.exchange.id,
                    "opener_id": self.owner.id,
                    "reason": "Once more.",
                    "opened_at": now(),
                    "deadline": dispute.deadline,
                }
            )

    def test_too_many_photos_and_what_is_none_are_refused(self):
        photo = make_image().decode()
        with self.refused("6 photos at most"):
            self.open_case(photos=[photo] * 7)
        with self.refused("cannot be read"):
            self.open_case(photos=["PHN2Zz48L3N2Zz4="])
        for photos in ("text", 5, {"a": 1}, True):
            with self.subTest(photos=photos), self.assertRaises(UserError):
                self.open_case(photos=photos)

    # === HEARING === #

    def test_a_mediator_takes_it_and_both_know(self):
        dispute = self.take(self.open_case())
        self.assertEqual(dispute.state, "taken")
        self.assertEqual(dispute.mediator_id, self.mediator)
        for member in (self.owner, self.asker):
            mail = self.mails_to(member)[0]
            self.assertIn("A mediator looks at it", mail.subject)
            self.assertNotIn("Civil", mail.body_html)

    def test_the_second_mediator_reads_who_was_faster(self):
        dispute = self.take(self.open_case())
        with self.refused("Civil mediator took this case a moment ago"):
            self.take(dispute, self.second)
        self.take(dispute)
        self.assertEqual(len(self.mails_to(self.owner)), 3, "asked, opened, taken")

    def test_no_other_staff_takes_a_case(self):
        dispute = self.open_case()
        for user in (self.moderator, self.desk, self.stranger):
            with self.assertRaises(MissingError):
                self.take(dispute, user)
        with self.assertRaises(AccessError):
            self.take(dispute, self.asker.user_id)
        self.assertEqual(dispute.state, "open")

    def test_a_mediator_mediates_nothing_of_ones_own(self):
        """A mediator who acts for one of the parties is a party."""
        dispute = self.take(self.open_case(), self.second)
        self.say(self.asker, dispute, "Between us.", is_private=True)
        self.make_delegate(self.owner, self.mediator)
        with self.refused("This exchange is yours"):
            dispute.with_user(self.mediator).action_take()
        private = dispute.line_ids.filtered("is_private")
        self.assertFalse(self.reads(self.mediator, private))
        self.assertEqual(dispute._get_mediators() & self.mediator, self.visitor[:0])

    def test_a_case_goes_back_to_the_queue(self):
        dispute = self.take(self.open_case())
        with self.assertRaises(UserError):
            dispute.with_user(self.second).action_put_back()
        dispute.with_user(self.mediator).action_put_back()
        self.assertEqual(dispute.state, "open")
        self.take(dispute, self.second)
        dispute.with_user(self.manager).action_put_back()
        self.assertFalse(dispute.mediator_id)

    def test_what_is_written_is_read_by_both_and_mailed(self):
        dispute = self.take(self.open_case())
        self.say(self.owner, dispute, "It was whole.")
        self.assertIn("It was whole.", self.mails_to(self.asker)[0].body_html)
        self.say(self.mediator, dispute, "Who has a photo?")
        for member in (self.owner, self.asker):
            self.assertIn("Who has a photo?", self.mails_to(member)[0].body_html)
            lines = self.by(member, dispute).line_ids
            self.assertEqual(
                lines.mapped("body"),
                ["It is broken.", "It was whole.", "Who has a photo?"],
            )
            self.assertEqual(lines[-1:].author_name, self.company.name)

    def test_only_the_mediator_who_has_it_writes_and_settles(self):
        dispute = self.open_case()
        for user in (self.mediator, self.second):
            with self.refused("Take this case first"):
                self.say(user, dispute)
        self.take(dispute)
        with self.refused("Take this case first"):
            self.say(self.second, dispute)
        with self.refused("Take this case first"):
            dispute.with_user(self.second).action_settle("no_fault", "So.")

    def test_nobody_is_judged_unheard_before_the_deadline(self):
        dispute = self.take(self.open_case())
        self.assertEqual(dispute.unheard, "Olga")
        with self.refused("Nobody is judged unheard: Olga"):
            self.settle(dispute)
        with self.later(days=self.company.ebs_dispute_answer_days + 1):
            self.settle(dispute)
        self.assertEqual(dispute.state, "settled")

    # === OUTCOME === #

    def test_the_outcome_is_written_and_mailed_to_both(self):
        dispute = self.settle(self.make_heard(), "payment", "Ten each.", 10)
        self.assertEqual(dispute.state, "settled")
        self.assertEqual(dispute.outcome, "payment")
        self.assertEqual(dispute.outcome_amount, 10)
        self.assertFalse(self.exchange.is_disputed)
        for member in (self.owner, self.asker):
            body = self.mails_to(member)[0].body_html
            self.assertIn("You agreed on a payment between you", body)
            self.assertRegex(body, "10[.,]00")
            self.assertIn("Ten each.", body)
            self.assertIn("open the case again, once", body)
            line = self.by(member, dispute).line_ids[-1:]
            self.assertEqual((line.kind, line.outcome), ("outcome", "payment"))

    def test_a_gift_has_no_deposit_to_decide_on(self):
        dispute = self.make_heard()
        for outcome in ("release", "keep"):
            with self.subTest(outcome), self.refused("no deposit in this exchange"):
                self.settle(dispute, outcome, amount=5)

    def test_an_outcome_is_one_of_the_list_and_says_why(self):
        dispute = self.make_heard()
        for outcome in ("", None, "win", 5, []):
            with self.subTest(outcome=outcome), self.assertRaises(UserError):
                self.settle(dispute, outcome)
        for text in ("", None, " "):
            with self.subTest(text=text), self.refused("why"):
                self.settle(dispute, text=text)
        for amount in (-1, "much", float("nan"), True, [1]):
            with self.subTest(amount=amount), self.refused("how much"):
                self.settle(dispute, "payment", amount=amount)

    def test_a_settled_case_is_closed(self):
        dispute = self.settle(self.make_heard())
        with self.refused("Take this case first"):
            self.settle(dispute)
        for member in (self.owner, self.asker):
            with self.refused("nobody writes in it any more"):
                self.say(member, dispute)
        with self.refused("There is a mediation case"):
            self.open_case()

    # === THE END, AND ONCE MORE === #

    def test_it_is_opened_again_once(self):
        dispute = self.settle(self.make_heard())
        with self.later(days=1):
            self.by(self.owner, dispute).action_reopen("I have found the receipt.")
            self.assertEqual(dispute.state, "open")
            self.assertFalse(dispute.mediator_id)
            self.assertTrue(self.exchange.is_disputed)
            self.assertIn("receipt", self.mails_to(self.asker)[0].body_html)
            self.take(dispute, self.second)
            self.assertEqual(dispute.unheard, "Anna")
            self.say(self.asker, dispute)
            self.settle(dispute, "repair")
            self.assertIn("this outcome stands", self.mails_to(self.asker)[0].body_html)
        for member in (self.owner, self.asker):
            with self.refused("cannot be opened again"):
                self.by(member, dispute).action_reopen("Once more.")
        outcomes = dispute.line_ids.filtered("outcome").mapped("outcome")
        self.assertEqual(outcomes, ["no_fault", "repair"])
        self.assertEqual(self.env["ebs.audit"]._run(), [])

    def test_it_is_opened_again_by_a_party_in_time_and_with_a_reason(self):
        dispute = self.make_heard()
        with self.refused("cannot be opened again"):
            self.by(self.owner, dispute).action_reopen("Not yet settled.")
        self.settle(dispute)
        with self.refused("what has not been seen"):
            self.by(self.owner, dispute).action_reopen(" ")
        for user in (self.mediator, self.manager):
            with self.refused("cannot be opened again"):
                dispute.with_user(user).action_reopen("I was wrong.")
        with self.later(days=32), self.refused("cannot be opened again"):
            self.by(self.owner, dispute).action_reopen("Too late.")

    def test_who_opened_it_withdraws_it_and_the_other_may_still_open_one(self):
        dispute = self.take(self.open_case())
        with self.refused("cannot be withdrawn"):
            self.by(self.owner, dispute).action_withdraw()
        self.by(self.asker, dispute).action_withdraw()
        self.assertEqual(dispute.state, "withdrawn")
        self.assertFalse(self.exchange.is_disputed)
        self.assertIn("withdrew the case", self.mails_to(self.owner)[0].body_html)
        self.assertEqual(self.open_case(self.owner).state, "open")
        self.assertEqual(self.env["ebs.audit"]._run(), [])

    def test_an_outcome_is_not_withdrawn(self):
        dispute = self.settle(self.make_heard())
        self.by(self.asker, dispute).action_reopen("Look again.")
        with self.refused("cannot be withdrawn"):
            self.by(self.asker, dispute).action_withdraw()

    def test_the_deadline_is_the_platform_s(self):
        self.company.ebs_dispute_answer_days = 3
        dispute = self.open_case()
        self.assertEqual(
            dispute.deadline, self.company._ebs_today() + timedelta(days=3)
        )

    def test_the_audit_finds_what_is_broken(self):
        dispute = self.make_heard()
        self.env.flush_all()
        self.assertEqual(self.env["ebs.audit"]._run(), [])
        breakages = (
            ("UPDATE ebs_exchange SET is_disputed = FALSE WHERE id = %s", "mediation"),
            ("UPDATE ebs_exchange SET accepted_at = NULL WHERE id = %s", "agreed"),
            (
                "UPDATE ebs_dispute SET reopened_at = opened_at WHERE exchange_id = %s",
                "same outcomes",
            ),
            (
                "UPDATE ebs_dispute SET withdrawn_at = opened_at"
                " WHERE exchange_id = %s",
                "moments",
            ),
            (
                "UPDATE ebs_dispute SET opener_id = (SELECT max(id) FROM ebs_member)"
                " WHERE exchange_id = %s",
                "neither party",
            ),
        )
        for query, words in breakages:
            with self.subTest(query):
                savepoint = self.env.cr.savepoint()
                self.env.cr.execute(query, [self.exchange.id])
                found = "\n".join(self.env["ebs.audit"]._run())
                savepoint.close(rollback=True)
                self.assertIn(words, found)
        self.assertTrue(dispute)
