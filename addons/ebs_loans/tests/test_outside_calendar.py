# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from unittest.mock import patch

from odoo.addons.ebs_loans.outside import Network
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .calendar_server import CalendarServer, LoopbackNetwork, make_calendar
from .common import LoansCase, utc


@tagged("-at_install", "post_install")
class TestOutsideCalendar(LoansCase):
    """A listing is closed whenever the calendar that its owner gave is busy."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.server = CalendarServer()
        cls.server.__enter__()
        cls.addClassCleanup(cls.server.__exit__)
        cls.calendars = cls.env["ebs.outside.calendar"]
        cls.as_owner = cls.drill.with_user(cls.owner.user_id)

    def setUp(self):
        super().setUp()
        self.server.asked.clear()
        self.server.pages.clear()
        self.server.httpd.etag = None
        self.serve(["DTSTART;VALUE=DATE:20261225"])
        patcher = patch.object(
            type(self.calendars),
            "_get_network",
            lambda _self: LoopbackNetwork(self.server.port),
        )
        patcher.start()
        self.addCleanup(patcher.stop)

    def serve(self, *events):
        self.server.pages["/busy.ics"] = make_calendar(*events)

    def give(self, path="/busy.ics"):
        """The owner gives the address; return what is kept of it."""
        self.as_owner.action_set_outside_calendar(self.server.url(path))
        return self.drill.sudo().outside_calendar_ids

    def read_due(self, *moment):
        with self.cron(*(moment or (2026, 11, 23, 8))) as commits:
            self.calendars._cron_read_due()
        return commits

    def closed(self):
        """The closed periods of the drill, as pairs."""
        rows = self.env["ebs.availability"].search(
            [("listing_id", "=", self.drill.id), ("is_outside", "=", True)]
        )
        return [(row.date_start, row.date_end) for row in rows]

    CHRISTMAS = (utc(2026, 12, 24, 23), utc(2026, 12, 25, 23))
    BOXING_DAY = (utc(2026, 12, 25, 23), utc(2026, 12, 26, 23))

    def sentence(self, calendar):
        return calendar.with_user(self.owner.user_id)._get_sentence()

    # === IN ORDER === #

    def test_busy_times_close_the_listing_and_the_owner_reads_so(self):
        calendar = self.give()
        self.assertIn("within a few minutes", self.sentence(calendar))
        self.read_due()
        self.assertEqual(self.closed(), [self.CHRISTMAS])
        self.assertEqual(
            self.sentence(calendar), "Read on 23 November, 09:00: one busy period."
        )

    def test_nobody_can_ask_for_what_the_calendar_closes(self):
        self.give()
        self.read_due()
        with self.assertRaises(UserError), self.env.cr.savepoint():
            self.ask(self.borrower, self.drill, "2026-12-24", "2026-12-26")
        self.assertTrue(self.ask(self.borrower, self.drill, "2026-12-26"))
        self.as_owner.action_clear_outside_calendar()
        self.assertTrue(self.ask(self.rival, self.drill, "2026-12-25"))

    def test_what_changes_there_changes_here_and_the_rest_stays(self):
        self.give()
        self.serve(["DTSTART;VALUE=DATE:20261225"], ["DTSTART;VALUE=DATE:20270101"])
        self.read_due()
        kept = self.env["ebs.availability"].search(
            [("date_start", "=", self.CHRISTMAS[0])]
        )
        self.serve(["DTSTART;VALUE=DATE:20261225"], ["DTSTART;VALUE=DATE:20270201"])
        self.read_due(2026, 11, 23, 9)
        self.assertEqual(
            self.closed(), [self.CHRISTMAS, (utc(2027, 1, 31, 23), utc(2027, 2, 1, 23))]
        )
        self.assertTrue(kept.exists())

    def test_what_the_owner_closed_by_hand_is_left_alone(self):
        mine = self.env["ebs.availability"].create(
            {
                "listing_id": self.drill.id,
                "date_start": utc(2027, 1, 1),
                "date_end": utc(2027, 1, 2),
            }
        )
        self.give()
        self.read_due()
        self.as_owner.action_clear_outside_calendar()
        self.assertEqual(self.closed(), [])
        self.assertTrue(mine.exists())

    def test_it_is_read_once_an_hour_and_asked_only_for_what_has_changed(self):
        self.server.httpd.etag = '"one"'
        calendar = self.give()
        self.read_due()
        self.read_due(2026, 11, 23, 8, 30)
        self.assertEqual(len(self.server.asked), 1)
        self.read_due(2026, 11, 23, 9)
        self.assertEqual(self.server.asked[1][1]["If-None-Match"], '"one"')
        self.assertEqual(calendar.read_at, utc(2026, 11, 23, 9))
        self.assertEqual(self.closed(), [self.CHRISTMAS])

    def test_what_repeats_is_read_anew_as_days_go_by_though_nothing_changed(self):
        self.serve(["DTSTART;VALUE=DATE:20000101", "RRULE:FREQ=MONTHLY;BYMONTHDAY=1"])
        self.server.httpd.etag = '"one"'
        self.give()
        self.read_due()
        last = self.closed()[-1]
        self.read_due(2026, 12, 20, 9)
        self.assertNotIn("If-None-Match", self.server.asked[-1][1])
        self.assertGreater(self.closed()[-1], last)

    def test_rows_are_committed_before_another_server_is_waited_for(self):
        calendar = self.give()
        seen = []

        def fetch(_self, *args):
            seen.append(calendar.tried_at)
            return Network.fetch(_self, *args)

        with patch.object(LoopbackNetwork, "fetch", fetch):
            commits = self.read_due()
        self.assertEqual(seen, [utc(2026, 11, 23, 8)])
        self.assertEqual(commits, [0, 0, 1])

    # === OUT OF ORDER === #

    def test_a_bad_calendar_leaves_the_last_good_state_and_says_so(self):
        calendar = self.give()
        self.read_due()
        for number, (page, words) in enumerate(
            (
                (b"<html>Log in</html>", "no calendar that we can read"),
                (b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nEND:VCALENDAR", "no calendar"),
                (make_calendar(["DTSTART:2026"]), "no calendar"),
                (None, "does not give this calendar"),
                (b"B" * (Network.max_bytes + 1), "too large"),
                (lambda it: it.give(b"", 500), "does not give"),
                (lambda it: it.give(b"", 302, Location="http://10.0.0.1/"), "answers"),
            )
        ):
            self.server.pages["/busy.ics"] = page
            self.read_due(2026, 11, 24 + number, 8)
            self.assertEqual(self.closed(), [self.CHRISTMAS], words)
            self.assertIn(words, self.sentence(calendar))
            self.assertIn(
                "What was read on 23 November, 09:00 stays.", self.sentence(calendar)
            )
        self.serve(["DTSTART;VALUE=DATE:20261226"])
        self.read_due(2026, 12, 10, 8)
        self.assertEqual(self.closed(), [self.BOXING_DAY])
        self.assertFalse(calendar.failure)

    def test_the_owner_is_told_once_and_asked_less_and_less(self):
        calendar = self.give()
        self.read_due()
        self.server.pages.clear()
        waits = []
        for number in range(8):
            moment = utc(2026, 12, 1 + number, 9)
            self.read_due(2026, 12, 1 + number, 9)
            waits.append((calendar.next_at - moment).total_seconds() // 3600)
        self.assertEqual(waits, [1, 2, 4, 8, 16, 24, 24, 24])
        mail = self.mails_to(self.owner, "cannot be read")
        self.assertEqual(len(mail), 1)
        self.assertIn("The calendar of “Drill” cannot be read", mail.subject)
        self.assertIn(f"/my/listings/{self.drill.id}/calendars", mail.body_html)
        self.assertNotIn(self.server.url(), mail.body_html)

    def test_an_address_that_never_worked_is_told_at_once(self):
        self.give("/missing.ics")
        self.read_due()
        self.assertEqual(len(self.mails_to(self.owner, "cannot be read")), 1)

    def test_an_address_inside_reads_like_one_that_does_not_exist(self):
        said = set()
        for host in ("10.0.0.1", "no.such.invalid", "[::1]", "169.254.169.254"):
            self.as_owner.action_set_outside_calendar(f"https://{host}/busy.ics")
            calendar = self.drill.sudo().outside_calendar_ids
            calendar.next_at = utc(2026, 11, 23, 8)
            self.read_due()
            said.add(self.sentence(calendar))
        self.assertEqual(said, {"Nothing answers at this address."})

    def test_an_address_changed_meanwhile_gets_nothing_of_the_other(self):
        self.give()

        def fetch(_self, *args):
            found = Network.fetch(_self, *args)
            self.as_owner.action_set_outside_calendar(self.server.url("/other.ics"))
            return found

        with patch.object(LoopbackNetwork, "fetch", fetch):
            self.read_due()
        self.assertEqual(self.closed(), [])

    def test_one_that_cannot_be_settled_does_not_hold_up_the_others(self):
        self.give()
        ladder = self.make_loan_listing(self.owner)
        ladder.with_user(self.owner.user_id).action_set_outside_calendar(
            self.server.url()
        )
        settle = type(self.calendars)._settle

        def fail_once(calendar, asked, found):
            if calendar.listing_id == self.drill:
                raise ValueError("out of order")
            return settle(calendar, asked, found)

        with (
            patch.object(type(self.calendars), "_settle", fail_once),
            self.assertLogs(
                "odoo.addons.ebs_loans.models.ebs_outside_calendar", "ERROR"
            ),
        ):
            self.read_due()
        self.assertEqual(self.closed(), [])
        self.assertEqual(ladder.sudo().outside_calendar_ids.period_count, 1)

    def test_nothing_is_read_for_who_may_not_act_or_for_what_is_closed(self):
        self.give()
        self.owner.sudo()._set_state(("approved",), "suspended")
        self.read_due()
        self.owner.sudo()._set_state(("suspended",), "approved")
        self.drill.sudo()._set_state(("published", "paused"), "closed")
        self.read_due()
        self.assertEqual(self.server.asked, [])

    # === WHO === #

    def test_what_is_no_address_is_refused_in_a_sentence(self):
        for url in ("", None, 7, "busy.ics", "file:///etc/passwd", "https://a:b@c/"):
            with self.refused("Copy the one that your calendar gives"):
                self.as_owner.action_set_outside_calendar(url)
        with self.refused("Copy the one"):
            self.as_owner.action_set_outside_calendar("https://example.com:22/")
        self.assertFalse(self.drill.sudo().outside_calendar_ids)

    def test_only_who_offers_the_listing_gives_or_takes_away_a_calendar(self):
        self.give()
        for other in (self.borrower.user_id, self.env.ref("base.public_user")):
            listing = self.drill.with_user(other)
            for act in (
                lambda one: one.action_set_outside_calendar(self.server.url()),
                lambda one: one.action_clear_outside_calendar(),
            ):
                with self.assertRaises(UserError), self.env.cr.savepoint():
                    act(listing)
        self.owner.sudo()._set_state(("approved",), "suspended")
        with self.refused("suspended"):
            self.as_owner.action_set_outside_calendar(self.server.url())

    def test_nobody_but_the_owner_learns_of_it_and_nobody_reads_the_address(self):
        calendar = self.give()
        self.read_due()
        rows = self.env["ebs.availability"].search([("is_outside", "=", True)])
        for records in (calendar, rows):
            own = records.with_user(self.owner.user_id)
            self.assertEqual(own.search([("id", "in", records.ids)]), own)
            other = records.with_user(self.borrower.user_id)
            self.assertFalse(other.search([("id", "in", records.ids)]))
            with self.assertRaises(UserError):
                other.read(["listing_id"])
            with self.assertRaises(AccessError):
                records.with_user(self.env.ref("base.public_user")).read(["listing_id"])
        for name in ("url", "etag", "last_modified"):
            with self.assertRaises(AccessError):
                calendar.with_user(self.owner.user_id).read([name])
        with self.assertRaises(AccessError):
            calendar.with_user(self.owner.user_id).search([("url", "like", "http")])
        # A visitor still reads the listing, with all that is there for visitors.
        self.assertTrue(self.drill.with_user(self.env.ref("base.public_user")).read())

    def test_an_owner_does_not_make_the_platform_read_all_day(self):
        calendar = self.give()
        self.read_due()
        self.as_owner.action_clear_outside_calendar()
        with self.at(2026, 11, 23, 8, 1):
            self.give()
        self.assertEqual(calendar.next_at, utc(2026, 11, 23, 8, 5))
        self.assertEqual(len(calendar.search([("listing_id", "=", self.drill.id)])), 1)
        ladder = self.make_loan_listing(self.owner).with_user(self.owner.user_id)
        with (
            patch("odoo.addons.ebs_loans.models.ebs_listing_outside.MAX_CALENDARS", 1),
            self.refused("take one away first"),
        ):
            ladder.action_set_outside_calendar(self.server.url())

    def test_the_cron_that_runs_uses_the_internet_as_it_is(self):
        patch.stopall()
        self.assertIs(type(self.calendars._get_network()), Network)

    # === AUDIT === #

    def test_the_audit_finds_what_is_closed_by_no_calendar(self):
        calendar = self.give()
        self.read_due()
        self.as_owner.action_clear_outside_calendar()
        token = self.env["ebs.feed"].with_user(self.owner.user_id)
        token.action_make(self.drill.id)
        self.assertEqual(self.env["ebs.audit"]._run(), [])
        self.drill.sudo()._set_outside_periods([self.CHRISTMAS])
        calendar.write({"read_at": utc(2026, 11, 23), "read_until": False})
        self.env["ebs.feed"].search([]).member_id = self.rival
        self.assertEqual(
            self.env["ebs.audit"]._run(),
            [
                f"listing {self.drill.id} is closed by an outside calendar that it"
                " has not",
                f"outside calendar {calendar.id} is read and says nothing of how far",
                f"feed {self.env['ebs.feed'].search([]).id} is for the listing of"
                " another member",
            ],
        )
