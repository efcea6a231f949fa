# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import re
from contextlib import contextmanager
from datetime import date, timedelta

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import SQL

from .calendar_common import CalendarCase
from .common import utc


@tagged("ebs_loans")
class TestFree(CalendarCase):
    """What is free: of one thing, of a page of things, of the catalogue."""

    @contextmanager
    def counted(self):
        """A block whose statements are counted, with nothing remembered before."""
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        counts = []
        yield counts
        counts.append(self.env.cr.sql_log_count - before)

    def found(self, first, last=None, member=None):
        filters = {"from": first, "to": last or first}
        listings = self.env["ebs.listing"]
        if member:
            listings = listings.with_user(member.user_id)
        found, total, _meant = listings.sudo(not member)._search_catalogue(
            self.company, filters
        )
        self.assertEqual(len(found), total)
        return found

    # === PERIODS === #

    def test_free_periods_hold_what_one_copy_can_give(self):
        listing = self.make_loan_listing(self.owner, copies=2)
        self.lend(self.borrower, listing, "2026-11-26", "2026-11-27")
        self.lend(self.rival, listing, "2026-11-27", "2026-11-28")
        start, end = utc(2026, 11, 24, 23), utc(2026, 11, 30, 23)
        self.assertEqual(
            listing._get_free_periods(start, end)[listing],
            [
                (start, utc(2026, 11, 26, 23)),
                (utc(2026, 11, 27, 23), end),
            ],
        )

    def test_nothing_is_free_of_what_has_no_copy(self):
        gift = self.make_listing(self.owner, way="give")
        start, end = utc(2026, 11, 24, 23), utc(2026, 11, 30, 23)
        self.assertEqual(gift._get_free_periods(start, end), {gift: []})

    def test_a_page_of_things_costs_the_queries_of_one(self):
        hours = self.make_hours()
        listings = self.drill
        for number in range(20):
            listing = self.make_loan_listing(self.owner, copies=1 + number % 3)
            listing.sudo().calendar_id = (hours, self.make_hours("56"))[number % 2]
            listings |= listing
            if number % 2 == 0:
                self.lend(self.borrower, listing, "2026-11-27", "2026-11-30")
        days = date(2026, 11, 23), date(2026, 12, 31)
        listings[1]._get_calendars(*days)
        with self.counted() as one:
            listings[1]._get_calendars(*days)
        with self.counted() as page:
            listings._get_calendars(*days)
        self.assertEqual(one, page)
        self.assertLessEqual(one[0], 10)

    # === THE CATALOGUE === #

    def test_what_is_taken_on_these_days_is_not_found(self):
        other = self.make_loan_listing(self.owner)
        self.lend(self.borrower, self.drill, "2026-11-27", "2026-11-28")
        self.assertEqual(self.found("2026-11-28", "2026-11-29"), other)
        self.assertEqual(self.found("2026-11-29"), other | self.drill)
        self.assertEqual(self.found("2026-11-26"), other | self.drill)

    def test_closed_periods_are_asked_for_one_listing_by_their_index(self):
        """Read from end to end for each listing, they cost half a second."""
        listings = self.env["ebs.listing"].sudo()
        days = date(2026, 11, 27), date(2026, 11, 28)
        query = listings._search(listings._get_free_domain(self.company, *days))
        self.env.cr.execute("SET LOCAL enable_seqscan = off")
        self.env.cr.execute(SQL("EXPLAIN %s", query.select()))
        plan = "\n".join(line for (line,) in self.env.cr.fetchall())
        scans = re.findall(r"on ebs_availability .*\n *(.*)", plan)
        self.assertTrue(scans)
        for condition in scans:
            self.assertRegex(condition, r"Cond: .*\blisting_id = ", plan)

    def test_gifts_are_not_found_by_days(self):
        self.make_listing(self.owner, way="give")
        self.assertEqual(self.found("2026-11-29"), self.drill)

    def test_one_free_copy_of_two_is_found(self):
        self.drill.sudo()._set_copy_count(2)
        self.lend(self.borrower, self.drill, "2026-11-27")
        self.assertEqual(self.found("2026-11-27"), self.drill)
        self.lend(self.rival, self.drill, "2026-11-27")
        self.assertFalse(self.found("2026-11-27"))

    def test_what_is_late_is_not_found_today(self):
        loan = self.lend(self.borrower, self.drill, "2026-11-23")
        self.hand_over(loan)
        with self.at(2026, 11, 25, 9):
            self.assertFalse(self.found("2026-11-25"))
            self.assertEqual(self.found("2026-11-26"), self.drill)

    def test_days_that_make_no_sense_are_no_filter(self):
        for first, last in (
            ("x", "y"),
            ("2026-11-29", "2026-11-28"),
            ("2026-11-20", "2026-11-29"),
            ("9999-12-30", "9999-12-31"),
            ([], {}),
        ):
            with self.subTest(first=first):
                found, _total, _meant = (
                    self.env["ebs.listing"]
                    .sudo()
                    ._search_catalogue(self.company, {"from": first, "to": last})
                )
                self.assertIn(self.drill, found)

    def test_the_filter_hides_what_the_visitor_may_not_see(self):
        hidden = self.make_loan_listing(self.owner, visibility="members")
        visitor = self.env.ref("base.public_user")
        found, total, _meant = (
            self.env["ebs.listing"]
            .with_user(visitor)
            ._search_catalogue(self.company, {"from": "2026-11-29"})
        )
        self.assertEqual((found, total), (self.drill, 1))
        self.assertIn(hidden, self.found("2026-11-29", member=self.borrower))

    def test_filter_and_asking_agree_on_every_day_and_rule(self):
        """What is found may be asked for, what is not found is refused."""
        self.company.ebs_calendar_id = self.make_hours("012345")
        self.close(
            self.company.ebs_calendar_id,
            utc(2026, 12, 1, 23),
            utc(2026, 12, 2, 22, 59, 59),
        )
        rules = (
            {},
            {"loan_min": 2},
            {"loan_max": 1},
            {"loan_notice": 60},
            {"loan_horizon": 5},
            {"loan_buffer": 24},
            {"same_day_turnover": True},
            {"calendar_id": self.make_hours("56").id},
        )
        listings = self.env["ebs.listing"]
        for values in rules:
            listing = self.make_loan_listing(self.owner)
            listing.sudo().write(values)
            self.lend_for(listing)
            listings |= listing
        first = date(2026, 11, 23)
        for number in range(14):
            for more in range(3):
                days = [
                    (first + timedelta(days=n)).isoformat()
                    for n in (number, number + more)
                ]
                found = self.found(*days)
                for listing in listings:
                    with self.subTest(days=days, rules=listing.read(["loan_min"])):
                        self.assertEqual(listing in found, self.may_ask(listing, *days))

    def lend_for(self, listing):
        """Somebody has it from Thursday to Saturday."""
        exchange = (
            listing.env["ebs.exchange"]
            .sudo()
            .create(
                {
                    **listing.sudo()._prepare_exchange(
                        self.get_way("give"), self.rival, {}
                    ),
                    "way_id": self.get_way("lend").id,
                    "date_start": utc(2026, 11, 25, 23),
                    "date_end": utc(2026, 11, 28, 23),
                }
            )
        )
        if listing.same_day_turnover:
            exchange.write(
                {
                    "date_start": utc(2026, 11, 26, 11),
                    "date_end": utc(2026, 11, 28, 11),
                }
            )
        exchange._request({})
        self.accept(exchange)

    def may_ask(self, listing, first, last):
        try:
            listing.sudo()._check_period({"date_start": first, "date_end": last})
        except UserError:
            return False
        return True

    def test_what_is_lent_by_the_hour_is_found_while_some_time_is_free(self):
        self.set_rules(loan_step="hour")
        self.lend(self.borrower, self.drill, "2026-11-27T00:00", "2026-11-27T23:00")
        self.assertEqual(self.found("2026-11-27"), self.drill)
        self.lend(self.rival, self.drill, "2026-11-27T23:00", "2026-11-28T00:00")
        self.assertFalse(self.found("2026-11-27"))
