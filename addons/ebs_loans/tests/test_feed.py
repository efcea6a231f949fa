# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date, timezone

import icalendar
from odoo.addons.ebs_loans.busy import find_busy
from odoo.exceptions import AccessError, MissingError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from .common import LoansCase, utc


@tagged("-at_install", "post_install", "ebs_security")
class TestFeed(LoansCase):
    """A secret address gives loans to their party's calendar, and to nobody else."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.feeds = cls.env["ebs.feed"]
        cls.loan = cls.lend(cls.borrower, cls.drill, "2026-11-27", "2026-11-29")

    def make(self, member, listing=None, user=None):
        """A member makes an address; return its secret."""
        return self.feeds.with_user(user or member.sudo().user_id).action_make(
            listing and listing.id, None if listing else member.id
        )

    def open(self, token, company=None):
        """What whoever has the secret gets: bytes, or None."""
        visitor = self.feeds.with_user(self.env.ref("base.public_user"))
        return visitor._get_calendar(company or self.company, token)

    def events(self, token):
        data = self.open(token)
        return data and icalendar.Calendar.from_ical(data).walk("VEVENT")

    def summaries(self, token):
        return [str(event["SUMMARY"]) for event in self.events(token)]

    # === WHAT IT SAYS === #

    def test_each_party_reads_the_loan_from_its_side(self):
        self.assertEqual(
            self.summaries(self.make(self.borrower)), ["Drill: borrowed from Olga"]
        )
        self.assertEqual(
            self.summaries(self.make(self.owner)), ["Drill: lent to Boris"]
        )
        self.assertEqual(self.summaries(self.make(self.rival)), [])

    def test_a_listing_s_feed_has_its_loans_alone(self):
        ladder = self.make_loan_listing(self.owner)
        self.lend(self.rival, ladder, "2026-12-01")
        self.lend(self.owner, self.make_loan_listing(self.rival), "2026-12-02")
        self.assertEqual(
            self.summaries(self.make(self.owner, ladder)), ["Ladder: lent to Rita"]
        )
        self.assertEqual(
            sorted(self.summaries(self.make(self.owner))),
            [
                "Drill: lent to Boris",
                "Ladder: borrowed from Rita",
                "Ladder: lent to Rita",
            ],
        )

    def test_a_loan_of_whole_days_is_an_event_of_whole_days(self):
        (event,) = self.events(self.make(self.borrower))
        self.assertEqual(event.start, date(2026, 11, 27))
        self.assertEqual(event.end, date(2026, 11, 30))

    def test_a_loan_of_hours_is_in_utc(self):
        self.loan.sudo().write(
            {"date_start": utc(2026, 11, 27, 9), "date_end": utc(2026, 11, 27, 11)}
        )
        data = self.open(self.make(self.borrower))
        self.assertIn(b"DTSTART:20261127T090000Z", data)
        self.assertIn(b"DTEND:20261127T110000Z", data)

    def test_what_is_asked_cancelled_or_long_over_is_not_there(self):
        token = self.make(self.borrower)
        asked = self.ask(self.borrower, self.drill, "2026-12-10")
        self.assertEqual(len(self.events(token)), 1)
        asked.with_user(self.owner.user_id).action_decline()
        self.hand_over(self.loan)
        self.assertEqual(len(self.events(token)), 1)
        with self.at(2026, 11, 29, 12):
            self.take_back(self.loan)
            self.assertEqual(len(self.events(token)), 1)
        with self.at(2027, 3, 15):
            self.assertEqual(len(self.events(token)), 0)
        other = self.lend(self.borrower, self.drill, "2026-12-12")
        self.assertEqual(len(self.events(token)), 2)
        other.with_user(self.borrower.user_id).action_cancel()
        self.assertEqual(len(self.events(token)), 1)

    def test_the_words_are_those_of_the_account(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.borrower.user_id.lang = "fr_FR"
        self.assertEqual(len(self.events(self.make(self.borrower))), 1)

    # === HOW IT IS WRITTEN === #

    def test_it_is_written_as_rfc_5545_says(self):
        self.loan.sudo().title = "Échelle; très longue, \\ et « solide »\n" + "é" * 80
        data = self.open(self.make(self.borrower))
        self.assertNotIn(b"\n", data.replace(b"\r\n", b""))
        for line in data.split(b"\r\n"):
            self.assertLessEqual(len(line), 75)
            line.decode()
        unfolded = data.replace(b"\r\n ", b"").decode()
        self.assertIn(
            "SUMMARY:Échelle\\; très longue\\, \\\\ et « solide »\\n", unfolded
        )
        for line in ("BEGIN:VCALENDAR", "VERSION:2.0", "CALSCALE:GREGORIAN"):
            self.assertEqual(unfolded.count(line), 1)
        self.assertRegex(unfolded, r"PRODID:-//EBS//")
        self.assertRegex(unfolded, r"DTSTAMP:\d{8}T\d{6}Z")
        self.assertRegex(unfolded, r"UID:[0-9a-f]{32}@[0-9a-f]{16}\.ebs")
        self.assertIn(f"/my/exchanges/{self.loan.id}", unfolded)
        (event,) = self.events(self.make(self.borrower))
        self.assertEqual(
            str(event["SUMMARY"]), f"{self.loan.sudo().title}: borrowed from Olga"
        )
        self.assertEqual(event.errors, [])

    def test_a_loan_keeps_its_identifier_and_two_have_two(self):
        other = self.lend(self.borrower, self.drill, "2026-12-12")
        uids = [str(event["UID"]) for event in self.events(self.make(self.borrower))]
        self.assertEqual(len(set(uids)), 2)
        other.sudo().title = "Another title"
        again = [str(event["UID"]) for event in self.events(self.make(self.owner))]
        self.assertEqual(sorted(uids), sorted(again))

    def test_it_is_the_same_each_time_until_something_changes(self):
        token = self.make(self.borrower)
        first = self.open(token)
        with self.at(2026, 11, 24):
            self.assertEqual(self.open(token), first)
        (event,) = self.events(token)
        written = self.loan.sudo().write_date.replace(microsecond=0)
        self.assertEqual(event.DTSTAMP, written.replace(tzinfo=timezone.utc))

    def test_without_a_loan_it_is_a_calendar_all_the_same(self):
        data = self.open(self.make(self.rival))
        calendar = icalendar.Calendar.from_ical(data)
        self.assertEqual([part.name for part in calendar.subcomponents], ["VTIMEZONE"])

    def test_what_comes_back_to_us_is_not_taken_for_somebody_busy(self):
        data = self.open(self.make(self.owner, self.drill))
        window = utc(2026, 11, 1), utc(2027, 11, 1)
        self.assertEqual(len(find_busy(data, "Europe/Paris", *window)), 1)
        own = self.feeds._get_uid_end()
        self.assertEqual(find_busy(data, "Europe/Paris", *window, own), [])

    # === WHO === #

    def test_the_secret_is_long_random_and_not_kept(self):
        token = self.make(self.borrower)
        self.assertRegex(token, r"^[A-Za-z0-9_-]{43}$")
        feed = self.feeds.search([("member_id", "=", self.borrower.id)])
        self.assertNotIn(token, str(feed.read()))
        self.assertEqual(len(feed.token_hash), 64)
        self.assertNotEqual(self.make(self.rival), token)

    def test_a_new_address_ends_the_one_before_and_so_does_stopping(self):
        first = self.make(self.borrower)
        second = self.make(self.borrower)
        self.assertIsNone(self.open(first))
        self.assertTrue(self.open(second))
        feed = self.feeds.search([("member_id", "=", self.borrower.id)])
        feed.with_user(self.borrower.user_id).action_stop()
        self.assertIsNone(self.open(second))

    def test_what_is_no_secret_opens_nothing(self):
        token = self.make(self.borrower)
        feed = self.feeds.search([("member_id", "=", self.borrower.id)])
        for wrong in (
            "",
            None,
            False,
            7,
            "x",
            token[:-1],
            token + "x",
            token.swapcase(),
            f" {token}",
            f"{token}\n",
            feed.token_hash,
            "%" * 43,
            "é" * 43,
            "\x00" * 43,
        ):
            self.assertIsNone(self.open(wrong), repr(wrong))

    def test_a_secret_opens_nothing_on_another_platform(self):
        token = self.make(self.borrower)
        other = self.env["res.company"].create(
            {"name": "Elsewhere", "is_ebs_platform": True}
        )
        self.assertIsNone(self.open(token, other))

    def test_who_may_not_act_has_a_feed_no_more(self):
        token = self.make(self.borrower)
        for to, back in (("suspended", "approved"), ("left", "approved")):
            self.borrower.sudo()._set_state(("approved",), to)
            self.assertIsNone(self.open(token))
            self.borrower.sudo()._set_state((to,), back)
            self.assertTrue(self.open(token))
        self.borrower.user_id.active = False
        self.assertIsNone(self.open(token))

    def test_a_delegate_s_feed_ends_with_the_delegation(self):
        delegate = self.env["ebs.delegate"].create(
            {"member_id": self.owner.id, "user_id": self.rival.user_id.id}
        )
        own = self.make(self.owner, self.drill)
        token = self.make(self.owner, self.drill, self.rival.user_id)
        self.assertEqual(self.summaries(token), ["Drill: lent to Boris"])
        self.assertEqual(self.summaries(own), ["Drill: lent to Boris"])
        delegate.active = False
        self.assertIsNone(self.open(token))
        self.assertTrue(self.open(own))

    def test_a_listing_s_feed_exists_for_who_offers_it_alone(self):
        for other in (self.borrower, self.rival):
            with self.assertRaises(UserError), self.env.cr.savepoint():
                self.make(other, self.drill)
        hidden = self.make_loan_listing(self.owner)
        hidden.sudo()._set_state(("published",), "paused")
        with self.assertRaises(MissingError), self.env.cr.savepoint():
            self.make(self.rival, hidden)
        for wrong in (2**31, -1, "x", [1], {1: 1}):
            with self.assertRaises(UserError), self.env.cr.savepoint():
                self.feeds.with_user(self.owner.user_id).action_make(wrong)
        self.assertFalse(self.feeds.search([]))

    def test_nobody_makes_an_address_for_somebody_else(self):
        with self.refused("You cannot act for this member"):
            self.make(self.borrower, user=self.rival.user_id)
        with self.assertRaises(UserError), self.env.cr.savepoint():
            self.make(self.borrower, user=self.env.ref("base.public_user"))

    def test_nobody_but_its_account_sees_or_stops_a_feed(self):
        self.make(self.borrower)
        feed = self.feeds.search([("member_id", "=", self.borrower.id)])
        staff = self.env["res.users"].create(
            {
                "name": "Desk",
                "login": "desk.feed",
                "company_id": self.company.id,
                "company_ids": [Command.set(self.company.ids)],
                "group_ids": [
                    Command.link(self.env.ref("ebs_base.group_ebs_manager").id),
                ],
            }
        )
        for user in (self.owner.user_id, self.rival.user_id, staff):
            other = feed.with_user(user)
            self.assertFalse(other.search([]))
            with self.assertRaises(UserError):
                other.read(["made_at"])
            with self.assertRaises(MissingError), self.env.cr.savepoint():
                other.action_stop()
        own = feed.with_user(self.borrower.user_id)
        self.assertEqual(own.search([]), own)
        for name in ("token_hash", "user_id"):
            with self.assertRaises(AccessError):
                own.read([name])
            with self.assertRaises(AccessError):
                own.search([(name, "in", [1, 2])])

    def test_a_loan_in_a_circle_stays_between_the_two(self):
        self.loan.sudo().is_private = True
        self.assertEqual(len(self.events(self.make(self.borrower))), 1)
        self.assertEqual(len(self.events(self.make(self.rival))), 0)

    def test_it_takes_as_many_questions_for_many_loans_as_for_one(self):
        token = self.make(self.borrower)
        self.open(token)
        self.env.invalidate_all()
        with self.assertQueryCount(40):
            before = self.cr.sql_log_count
            self.open(token)
            one = self.cr.sql_log_count - before
        for day in range(10, 15):
            self.lend(self.borrower, self.drill, f"2026-12-{day}")
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.cr.sql_log_count
        self.open(token)
        self.assertLessEqual(self.cr.sql_log_count - before, one)
