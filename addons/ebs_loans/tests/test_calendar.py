# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date, timedelta

import psycopg2
from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .calendar_common import CalendarCase
from .common import utc


@tagged("ebs_loans")
class TestRules(CalendarCase):
    """Length, notice, horizon, time between loans, turnover: each with its sentence.

    The clock says Monday 23 November 2026, nine in the morning in Lille.
    """

    # === LENGTH === #

    def test_a_loan_may_have_to_last_some_days(self):
        self.set_rules(loan_min=3)
        with self.refused("3 days at least: choose a later last day"):
            self.ask(self.borrower, self.drill, "2026-11-27", "2026-11-28")
        self.ask(self.borrower, self.drill, "2026-11-27", "2026-11-29")

    def test_an_odd_number_of_days_is_counted_right(self):
        """CommonsBooking's quota was wrong for it (2.10.10, 2.11)."""
        for most in (1, 3, 5, 7):
            self.set_rules(loan_max=most)
            first = date(2026, 11, 27)
            last = first + timedelta(days=most - 1)
            with self.subTest(most=most):
                with self.refused(f"{most} days at most"):
                    self.ask(
                        self.borrower,
                        self.drill,
                        first.isoformat(),
                        (last + timedelta(days=1)).isoformat(),
                    )
                self.ask(
                    self.make_member(f"Odile {most}"),
                    self.drill,
                    first.isoformat(),
                    last.isoformat(),
                )

    def test_the_platforms_longest_loan_binds_every_owner(self):
        self.company.ebs_loan_max_days = 4
        self.set_rules(loan_max=10)
        with self.refused("4 days at most"):
            self.ask(self.borrower, self.drill, "2026-11-27", "2026-12-01")

    # === HOW SOON, HOW FAR AHEAD === #

    def test_notice_leaves_the_owner_time(self):
        self.set_rules(loan_notice=48)
        with self.refused(
            "Ask at least 48 hours ahead: it can be fetched on Wednesday 25 November"
        ):
            self.ask(self.borrower, self.drill, "2026-11-24")
        self.ask(self.borrower, self.drill, "2026-11-25")

    def test_the_owner_says_how_far_ahead_one_may_ask(self):
        self.set_rules(loan_horizon=10)
        self.ask(self.borrower, self.drill, "2026-12-03")
        with self.refused("within the next 10 days"):
            self.ask(self.rival, self.drill, "2026-12-04")

    # === BETWEEN TWO LOANS === #

    def test_time_between_two_loans_is_kept_after_each(self):
        self.set_rules(loan_buffer=24)
        loan = self.lend(self.borrower, self.drill, "2026-11-27").sudo()
        self.assertEqual(loan.date_end, utc(2026, 11, 27, 23))
        self.assertEqual(loan.booking_ids.date_end, utc(2026, 11, 28, 23))
        for day in ("2026-11-28", "2026-11-26"):
            with self.refused("Already taken"):
                self.ask(self.rival, self.drill, day)
        self.lend(self.rival, self.drill, "2026-11-29")
        self.lend(self.rival, self.drill, "2026-11-25")

    def test_time_between_two_loans_is_kept_after_an_early_return(self):
        self.set_rules(loan_buffer=4)
        loan = self.lend(self.borrower, self.drill, "2026-11-23", "2026-11-27")
        self.hand_over(loan)
        with self.at(2026, 11, 25, 10):
            self.take_back(loan)
        self.assertEqual(loan.sudo().booking_ids.date_end, utc(2026, 11, 25, 14))

    def test_from_noon_to_noon_two_loans_share_a_day(self):
        self.set_rules(same_day_turnover=True)
        first = self.lend(self.borrower, self.drill, "2026-11-27", "2026-11-29").sudo()
        self.assertEqual(first.date_start, utc(2026, 11, 27, 11))
        self.assertEqual(first.date_end, utc(2026, 11, 29, 11))
        self.assertEqual(
            (first.day_start, first.day_end), (date(2026, 11, 27), date(2026, 11, 29))
        )
        self.lend(self.rival, self.drill, "2026-11-29", "2026-11-30")
        self.lend(self.rival, self.drill, "2026-11-25", "2026-11-27")
        with self.refused("Already taken on Saturday 28"):
            self.ask(self.make_member("Tara"), self.drill, "2026-11-28")

    def test_a_day_that_two_loans_share_is_taken_for_a_third(self):
        self.set_rules(same_day_turnover=True)
        self.lend(self.borrower, self.drill, "2026-11-27", "2026-11-29")
        with self.refused("Already taken on Sunday 29 November"):
            self.ask(self.rival, self.drill, "2026-11-29")
        self.assertEqual(
            self.states(self.drill, date(2026, 11, 26), date(2026, 11, 30)),
            ["free", "morning", "busy", "afternoon", "free"],
        )

    # === THE DATABASE KNOWS TOO === #

    def test_rules_that_contradict_each_other_cannot_be_stored(self):
        for values in (
            {"loan_min": 0},
            {"loan_min": 3, "loan_max": 2},
            {"loan_notice": -1},
            {"loan_buffer": 721},
            {"loan_horizon": 366},
            {"loan_step": "hour", "same_day_turnover": True},
        ):
            with (
                self.subTest(values=values),
                mute_logger("odoo.sql_db"),
                self.assertRaises(psycopg2.errors.CheckViolation),
                self.env.cr.savepoint(),
            ):
                self.set_rules(**values)

    def test_a_closed_period_runs_forward(self):
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(psycopg2.errors.CheckViolation),
            self.env.cr.savepoint(),
        ):
            self.env["ebs.availability"].create(
                {
                    "listing_id": self.drill.id,
                    "date_start": utc(2026, 12, 1),
                    "date_end": utc(2026, 12, 1),
                }
            )

    # === WHAT THE OWNER SAYS === #

    def test_the_owner_sets_the_rules_and_is_told_what_makes_no_sense(self):
        drill = self.drill.with_user(self.owner.user_id)
        drill.action_save({"loan_step": "day", "loan_min": "2", "loan_max": "5"})
        self.assertEqual((self.drill.loan_min, self.drill.loan_max), (2, 5))
        for values, sentence in (
            ({"loan_step": "week"}, "by the hour, half day or day"),
            ({"loan_min": "0"}, "from 1 to 1000"),
            ({"loan_max": "1"}, "not shorter"),
            ({"loan_notice": "soon"}, "from 0 to 720"),
            ({"place_id": 2**40}, "from the list"),
        ):
            with self.subTest(values=values), self.refused(sentence):
                drill.action_save(values)

    def test_what_is_lent_by_the_hour_has_no_noon_to_noon(self):
        drill = self.drill.with_user(self.owner.user_id)
        drill.action_save({"same_day_turnover": "1"})
        self.assertTrue(self.drill.same_day_turnover)
        drill.action_save({"loan_step": "hour"})
        self.assertFalse(self.drill.same_day_turnover)

    def test_a_place_of_another_platform_is_not_to_be_had(self):
        other = self.env["ebs.place"].create(
            {"name": "Elsewhere", "company_id": self.other_company.id}
        )
        with self.refused("from the list"):
            self.drill.with_user(self.owner.user_id).action_save({"place_id": other.id})


@tagged("ebs_loans")
class TestSteps(CalendarCase):
    """By the hour and by the half day."""

    def ask_for(self, first, last, member=None):
        return self.ask(member or self.borrower, self.drill, first, last)

    def test_an_hour_is_asked_for_on_the_platforms_clock(self):
        self.set_rules(loan_step="hour")
        loan = self.ask_for("2026-11-27T10:00", "2026-11-27T12:00").sudo()
        self.assertEqual(loan.date_start, utc(2026, 11, 27, 9))
        self.assertEqual(loan.date_end, utc(2026, 11, 27, 11))
        self.assertEqual(loan.day_start, loan.day_end)
        self.assertIn(
            "on Friday 27 November from 10:00 to 12:00", loan._get_next_step()
        )

    def test_several_loans_of_one_day_follow_each_other(self):
        """Several bookings a day (wielebenwir/CommonsBooking_1#117)."""
        self.set_rules(loan_step="hour")
        for hour in (9, 10, 11):
            self.accept(
                self.ask_for(f"2026-11-27T{hour:02}:00", f"2026-11-27T{hour + 1:02}:00")
            )
        with self.refused("taken.*Free on Friday 27 November: .*from 12:00"):
            self.ask_for("2026-11-27T10:30", "2026-11-27T12:30", self.rival)
        self.ask_for("2026-11-27T12:00", "2026-11-27T13:00", self.rival)

    def test_hours_are_whole_and_forward(self):
        self.set_rules(loan_step="hour", loan_max=3)
        for first, last, sentence in (
            ("2026-11-27T10:00", "2026-11-27T10:00", "end after it begins"),
            ("2026-11-27T10:00", "2026-11-27T09:00", "end after it begins"),
            ("2026-11-27T10:00", "2026-11-27T10:30", "whole number of hours"),
            ("2026-11-27T10:10", "2026-11-27T11:10", "full hours or half hours"),
            ("2026-11-27T10:00", "2026-11-27T14:00", "3 hours at most"),
            ("2026-11-23T08:00", "2026-11-23T09:00", "This is over"),
            ("2026-11-27", "2026-11-27", "when it begins and when it ends"),
            ("2026-11-27T25:00", "2026-11-27T26:00", "when it begins"),
            ("2026-11-27T10:00\0", "2026-11-27T11:00", "when it begins"),
            ("9999-12-31T10:00", "9999-12-31T11:00", "within the next"),
        ):
            with self.subTest(first=first, last=last), self.refused(sentence):
                self.ask_for(first, last)

    def test_a_late_loan_of_an_hour_takes_the_rest_of_the_day(self):
        self.set_rules(loan_step="hour")
        loan = self.accept(self.ask_for("2026-11-23T10:00", "2026-11-23T11:00"))
        with self.at(2026, 11, 23, 9, 30):
            self.hand_over(loan)
            self.ask_for("2026-11-23T13:00", "2026-11-23T14:00", self.rival)
        with self.at(2026, 11, 23, 10, 30), self.refused("taken"):
            self.ask_for("2026-11-23T15:00", "2026-11-23T16:00", self.rival)

    def test_half_days_end_and_begin_at_noon(self):
        self.set_rules(loan_step="half_day", loan_max=3)
        morning = self.accept(self.ask_for("2026-11-27T00:00", "2026-11-27T12:00"))
        self.assertEqual(morning.sudo().date_end, utc(2026, 11, 27, 11))
        self.assertEqual(
            self.states(self.drill, date(2026, 11, 26), date(2026, 11, 28)),
            ["free", "afternoon", "free"],
        )
        self.ask_for("2026-11-27T12:00", "2026-11-28T12:00", self.rival)
        with self.refused("until or from noon"):
            self.ask_for("2026-11-29T09:00", "2026-11-29T12:00")
        with self.refused("3 half days at most"):
            self.ask_for("2026-11-29T00:00", "2026-12-01T00:00")

    def test_a_change_of_the_step_changes_no_loan(self):
        loan = self.lend(self.borrower, self.drill, "2026-11-27", "2026-11-28").sudo()
        self.set_rules(loan_step="hour")
        self.assertIn(
            "from Friday 27 November to Saturday 28 November", loan._get_next_step()
        )


@tagged("ebs_loans")
class TestOpening(CalendarCase):
    """A loan begins and ends when it is open, and may run over closed days."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.hours = cls.make_hours()  # Monday to Friday
        cls.company.ebs_calendar_id = cls.hours

    def test_it_cannot_be_returned_on_a_closed_day(self):
        """Lend Engine let it (notes 127, 138)."""
        with self.refused(
            "It is closed on Sunday 29 November. Choose another day to end. "
            "Next open day: Monday 30 November."
        ):
            self.ask(self.borrower, self.drill, "2026-11-27", "2026-11-29")

    def test_it_cannot_be_fetched_on_a_closed_day(self):
        with self.refused("It is closed on Saturday 28 November. Choose another day"):
            self.ask(self.borrower, self.drill, "2026-11-28", "2026-11-30")

    def test_a_loan_may_run_over_closed_days(self):
        self.lend(self.borrower, self.drill, "2026-11-27", "2026-11-30")

    def test_hours_begin_and_end_within_the_opening_hours(self):
        """Lend Engine let a loan start outside of them (note 134)."""
        self.set_rules(loan_step="hour")
        for first, last, sentence in (
            (
                "2026-11-27T08:00",
                "2026-11-27T10:00",
                "On Friday 27 November it is open from 9:00 to 12:00, from 14:00 to "
                "18:00: begin within these hours",
            ),
            ("2026-11-27T12:00", "2026-11-27T15:00", "begin within"),
            ("2026-11-27T10:00", "2026-11-27T13:00", "end within"),
            ("2026-11-28T10:00", "2026-11-28T11:00", "closed on Saturday"),
        ):
            with self.subTest(first=first), self.refused(sentence):
                self.ask(self.borrower, self.drill, first, last)
        self.ask(self.borrower, self.drill, "2026-11-27T11:00", "2026-11-27T18:00")

    def test_half_days_need_an_open_moment(self):
        self.set_rules(loan_step="half_day")
        self.hours.attendance_ids.filtered(
            lambda one: one.dayofweek == "4" and one.hour_from == 9
        ).unlink()
        with self.refused("open from 14:00 to 18:00: begin within"):
            self.ask(self.borrower, self.drill, "2026-11-27T00:00", "2026-11-28T00:00")
        self.ask(self.borrower, self.drill, "2026-11-27T12:00", "2026-11-28T00:00")

    def test_today_is_over_when_it_closes(self):
        with self.at(2026, 11, 23, 17, 30), self.refused("does not open any more"):
            self.ask(self.borrower, self.drill, "2026-11-23")
        with self.at(2026, 11, 23, 16, 30):
            self.ask(self.borrower, self.drill, "2026-11-23")

    def test_hours_of_the_thing_win_over_those_of_its_place_and_of_the_platform(self):
        place = self.env["ebs.place"].create(
            {
                "name": "Library",
                "company_id": self.company.id,
                "calendar_id": self.make_hours("56").id,
            }
        )
        self.set_rules(place_id=place.id)
        self.ask(self.borrower, self.drill, "2026-11-28", "2026-11-29")
        with self.refused("closed on Friday"):
            self.ask(self.rival, self.drill, "2026-11-27")
        self.set_rules(calendar_id=self.make_hours("4").id)
        self.ask(self.rival, self.drill, "2026-11-27")
        with self.refused("closed on Sunday"):
            self.ask(self.rival, self.drill, "2026-11-29")

    def test_closed_days_of_all_levels_add_up(self):
        own = self.make_hours("0123456")
        self.set_rules(calendar_id=own.id)
        self.close(self.hours, utc(2026, 11, 25, 23), utc(2026, 11, 26, 22, 59, 59))
        self.close(own, utc(2026, 11, 26, 23), utc(2026, 11, 27, 22, 59, 59))
        self.assertEqual(
            self.states(self.drill, date(2026, 11, 25), date(2026, 11, 28)),
            ["free", "closed", "closed", "free"],
        )
        for day in ("2026-11-26", "2026-11-27"):
            with self.refused("It is closed"):
                self.ask(self.borrower, self.drill, day)

    def test_hours_of_every_other_week_count_every_other_week(self):
        """Two weeks in turn, as core has them."""
        week = self.env["resource.calendar.attendance"].get_week_type(
            date(2026, 11, 27)
        )
        self.hours.attendance_ids.filtered(lambda one: one.dayofweek == "4").write(
            {"week_type": str(week)}
        )
        self.ask(self.borrower, self.drill, "2026-11-27")
        with self.refused("closed on Friday 4 December"):
            self.ask(self.borrower, self.drill, "2026-12-04")

    def test_next_free_days_are_days_that_open(self):
        self.lend(self.borrower, self.drill, "2026-11-27")
        with self.refused("Next free day: Monday 30 November"):
            self.ask(self.rival, self.drill, "2026-11-27")

    def test_hours_are_said_with_the_days_that_are_alike_together(self):
        self.assertEqual(
            self.drill._get_hours_words(),
            ["Monday – Friday: 09:00–12:00, 14:00–18:00"],
        )

    def test_the_calendar_shows_the_very_rules_that_the_server_checks(self):
        """It did not always in leihs (leihs#724)."""
        self.lend(self.borrower, self.drill, "2026-12-01", "2026-12-02")
        self.drill.with_user(self.owner.user_id).action_set_closed("2026-12-04")
        first = date(2026, 11, 23)
        calendar = self.drill._get_calendars(first, date(2026, 12, 12))[self.drill]
        for number in range(20):
            day = first + timedelta(days=number)
            with self.subTest(day=day):
                if calendar.state(day) == "free":
                    self.ask(self.rival, self.drill, day.isoformat())
                else:
                    with self.refused("closed|taken"):
                        self.ask(self.rival, self.drill, day.isoformat())


@tagged("ebs_loans")
class TestHolidays(CalendarCase):
    """French public holidays, for any year."""

    def days(self, hours):
        local = self.company._ebs_local
        return {local(one.date_from).date() for one in hours.leave_ids}

    def test_holidays_follow_easter(self):
        hours = self.make_hours()
        hours.action_ebs_add_holidays(2027)
        self.assertEqual(
            self.days(hours),
            {
                date(2027, *day)
                for day in (
                    (1, 1),
                    (3, 29),
                    (5, 1),
                    (5, 6),
                    (5, 8),
                    (5, 17),
                    (7, 14),
                    (8, 15),
                    (11, 1),
                    (11, 11),
                    (12, 25),
                )
            },
        )

    def test_adding_them_twice_changes_nothing(self):
        hours = self.make_hours()
        hours.action_ebs_add_holidays()
        before = hours.leave_ids
        self.assertEqual(len(before), 22, "this year and the next")
        hours.action_ebs_add_holidays()
        self.assertEqual(hours.leave_ids, before)

    def test_ascension_on_the_first_of_may_is_one_day(self):
        hours = self.make_hours()
        hours.action_ebs_add_holidays(2008)
        self.assertEqual(len(hours.leave_ids), 10)

    def test_a_holiday_closes_its_day_and_no_hour_of_the_next(self):
        hours = self.make_hours("0123456", ((0, 24),))
        hours.action_ebs_add_holidays(2026)
        self.company.ebs_calendar_id = hours
        self.assertEqual(
            self.states(self.drill, date(2026, 12, 24), date(2026, 12, 26)),
            ["free", "closed", "free"],
        )
        with self.refused("closed on Friday 25 December"):
            self.ask(self.borrower, self.drill, "2026-12-25")

    def test_only_a_manager_of_the_platform_adds_them(self):
        hours = self.make_hours()
        foreign = self.make_hours(company_id=self.other_company.id)
        hours.with_user(self.manager).action_ebs_add_holidays(2027)
        for user, calendar in (
            (self.desk, hours),
            (self.manager, foreign),
            (self.owner.user_id, hours),
        ):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                calendar.with_user(user).action_ebs_add_holidays(2027)
