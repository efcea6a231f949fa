# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo.fields import Command
from odoo.tests import tagged

from ..utils import add_months
from .pages_common import WebsiteCase


@tagged("post_install", "-at_install")
class TestCalendarPages(WebsiteCase):
    """The month, the ask box, closed days, hours and the filter, without a script."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.drill = cls.make_loan()
        cls.today = cls.company._ebs_today()
        cls.first = add_months(cls.today, 1)
        cls.monday = cls.first + timedelta(days=-cls.first.weekday() % 7)

    def open_month(self, listing=None, **query):
        words = "".join(f"&{key}={value}" for key, value in query.items())
        listing = listing or self.drill
        return self.get(f"{self.url_of(listing)}?month={self.first:%Y-%m}{words}")

    def set_hours(self, periods, days="01234"):
        self.company.ebs_calendar_id = self.env["resource.calendar"].create(
            {
                "name": "Hours",
                "company_id": self.company.id,
                "attendance_ids": [
                    Command.create(
                        {
                            "name": "Open",
                            "dayofweek": day,
                            "hour_from": start,
                            "hour_to": end,
                        }
                    )
                    for day in days
                    for start, end in periods
                ],
            }
        )

    def ask_for(self, first, last, listing=None, **values):
        return self.post(
            self.url_of(listing or self.drill) + "/ask",
            {
                "way": "lend",
                "message": "Hello",
                "date_start": first,
                "date_end": last,
                **values,
            },
        )

    # === MONTH === #

    def test_closed_days_are_in_brackets_and_named_for_screen_readers(self):
        self.set_hours(((9, 18),))
        page = self.open_month()
        shut = page.cssselect(".o_ebs_shut")
        weekends = [
            day
            for day in range(31)
            if (self.first + timedelta(days=day)).month == self.first.month
            and (self.first + timedelta(days=day)).weekday() > 4
        ]
        self.assertEqual(len(shut), len(weekends))
        self.assertIn("closed", shut[0].text_content())
        self.assertIn("in brackets", self.text_of(page, "#days"))
        self.assertIn("Monday – Friday: 09:00–18:00", self.text_of(page, "#ask"))

    def test_a_day_shows_the_hours_that_are_free(self):
        self.set_hours(((9, 18),))
        self.drill.sudo().loan_step = "hour"
        rival = self.make_member("Rosalie")
        exchange = self.drill.with_user(rival.sudo().user_id).action_ask(
            {
                "way": "lend",
                "message": "Hello",
                "date_start": f"{self.monday}T10:00",
                "date_end": f"{self.monday}T12:00",
            }
        )
        exchange.with_user(self.owner.sudo().user_id).action_accept()
        page = self.open_month()
        links = [
            link.get("href")
            for link in page.cssselect(".o_ebs_part a")
            if f"day={self.monday}" in link.get("href")
        ]
        self.assertEqual(len(links), 1)
        page = self.get(links[0])
        self.assertIn(
            "from 9:00 to 10:00, from 12:00 to 18:00",
            self.text_of(page, ".o_ebs_chosen"),
        )

    def test_any_day_in_the_address_gives_a_page(self):
        self.drill.sudo().loan_step = "hour"
        for day in ("", "x", "2026-13-45", "9999-12-31", "1999-01-01", "%00"):
            self.open_month(day=day)
            self.assertFalse("Traceback" in self.page.text)

    def test_a_visitor_of_another_zone_is_told_whose_clock_it_is(self):
        page = self.open_month()
        self.assertNotIn("Paris", self.text_of(page, "#days"))
        self.opener.cookies["tz"] = "America/Montreal"
        page = self.open_month()
        self.assertIn("are those of Paris", self.text_of(page, "#days"))
        self.opener.cookies["tz"] = "../etc/passwd"
        self.open_month()

    # === ASKING === #

    def test_hours_are_asked_for_and_kept_when_refused(self):
        self.set_hours(((9, 18),))
        self.drill.sudo().loan_step = "hour"
        self.log_in(self.asker)
        response = self.ask_for(f"{self.monday}T07:00", f"{self.monday}T10:00")
        self.assertEqual(response.status_code, 422)
        self.assertIn("begin within these hours", response.text)
        self.assertIn(f"{self.monday}T07:00", response.text)
        response = self.ask_for(f"{self.monday}T09:00", f"{self.monday}T10:00")
        self.assertEqual(response.status_code, 303)
        self.get(response.headers["Location"])
        self.assertIn("from 9:00 to 10:00", self.page.text)

    def test_half_days_are_chosen_from_lists(self):
        self.drill.sudo().loan_step = "half_day"
        self.log_in(self.asker)
        page = self.open_month()
        self.assertTrue(page.cssselect("select[name=half_start]"))
        response = self.ask_for(
            f"{self.monday}", f"{self.monday}", half_start="12:00", half_end="24:00"
        )
        self.assertEqual(response.status_code, 303)
        exchange = self.env["ebs.exchange"].search([("listing_id", "=", self.drill.id)])
        local = self.company._ebs_local
        self.assertEqual(local(exchange.date_start).hour, 12)
        self.assertEqual(exchange.day_end, self.monday)

    def test_a_closed_day_is_refused_whatever_the_form_says(self):
        self.set_hours(((9, 18),))
        self.log_in(self.asker)
        sunday = self.monday + timedelta(days=6)
        response = self.ask_for(f"{self.monday}", f"{sunday}")
        self.assertEqual(response.status_code, 422)
        self.assertIn("Next open day", response.text)

    # === MY OWN === #

    def test_an_owner_closes_days_and_opens_them_again(self):
        self.log_in(self.owner)
        url = self.url_of(self.drill)
        response = self.post(
            f"{url}/closed",
            {"closed_start": f"{self.monday}", "closed_end": f"{self.monday}"},
        )
        self.assertEqual(response.status_code, 303)
        page = self.open_month()
        self.assertEqual(len(page.cssselect(".o_ebs_shut")), 1)
        form = page.cssselect(".o_ebs_closed form")[0]
        response = self.post(form.get("action"))
        self.assertEqual(response.status_code, 303)
        self.assertFalse(self.open_month().cssselect(".o_ebs_shut"))
        response = self.post(f"{url}/closed", {"closed_start": "x"})
        self.assertEqual(response.status_code, 422)

    def test_nobody_else_closes_days(self):
        self.log_in(self.asker)
        url = self.url_of(self.drill)
        page = self.open_month()
        self.assertFalse(page.cssselect("#closed"))
        response = self.post(f"{url}/closed", {"closed_start": f"{self.monday}"})
        self.assertEqual(response.status_code, 422)
        self.assertFalse(self.drill.sudo().availability_ids)

    def test_the_publish_form_keeps_the_rules_of_the_calendar(self):
        self.log_in(self.owner)
        url = f"/my/listings/{self.drill.id}/edit"
        self.get(url)
        values = {
            "name": "Drill",
            "category_id": self.drill.category_id.id,
            "ways": "lend",
            "visibility": "everyone",
            "loan_step": "hour",
            "loan_min": "2",
            "loan_max": "",
            "loan_notice": "24",
            "hours_0_0_from": "09:00",
            "hours_0_0_to": "12:00",
        }
        response = self.post(url, values)
        self.assertEqual(response.status_code, 303, response.text[:200])
        drill = self.drill.sudo()
        self.assertEqual(
            (drill.loan_step, drill.loan_min, drill.loan_max, drill.loan_notice),
            ("hour", 2, 0, 24),
        )
        page = self.get(url)
        field = page.cssselect("input[name=hours_0_0_from]")[0]
        self.assertEqual(field.get("value"), "09:00")
        response = self.post(url, {**values, "hours_0_0_to": "08:00"})
        self.assertEqual(response.status_code, 422)
        self.assertIn("closes after it opens", response.text)
        self.post(url, {**values, "hours_0_0_from": "", "hours_0_0_to": ""})
        self.assertFalse(drill.calendar_id)

    # === THE CATALOGUE === #

    def test_the_catalogue_shows_what_is_free_on_these_dates(self):
        tent = self.make_loan(name="Tent")
        self.make_listing(self.owner, name="Books")
        tent.with_user(self.owner.sudo().user_id).action_set_closed(f"{self.monday}")
        page = self.get(f"/listings?from={self.monday}&to={self.monday}")
        titles = [one.text_content() for one in page.cssselect(".o_ebs_card_title")]
        self.assertEqual(titles, ["Drill"])
        chip = page.cssselect("a.o_ebs_chip")[0]
        self.assertIn("Free on Monday", chip.text_content())
        self.assertEqual(chip.get("href"), "/listings")
        self.assertEqual(
            page.cssselect("input[name=from]")[0].get("value"), f"{self.monday}"
        )

    def test_one_date_alone_is_that_day_and_nonsense_is_no_filter(self):
        for query in (f"from={self.monday}", f"to={self.monday}"):
            page = self.get(f"/listings?{query}")
            self.assertEqual(len(page.cssselect("a.o_ebs_chip")), 1)
        later = self.monday + timedelta(days=1)
        page = self.get(f"/listings?from={later}&to={self.monday}")
        first = page.cssselect("input[name=from]")[0].get("value")
        self.assertEqual(first, f"{self.monday}")
        for query in (
            "from=x",
            "from=2001-01-01",
            f"from={self.monday}&to=2001-01-01",
            "from=%00&to[]=1",
        ):
            page = self.get(f"/listings?{query}")
            self.assertFalse(page.cssselect("a.o_ebs_chip"))
