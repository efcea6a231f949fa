# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from odoo.tests import TransactionCase, tagged

from ..utils import days_between, format_day, format_period, group_days


@tagged("ebs_loans")
class TestUtils(TransactionCase):
    """Days are written as people say them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for code in ("en_US", "fr_FR"):
            cls.env["res.lang"]._activate_lang(code)

    def test_a_day_is_said_with_its_name(self):
        day = date(2026, 11, 27)
        self.assertEqual(format_day(self.env, day), "Friday 27 November")
        french = self.env(context={"lang": "fr_FR"})
        self.assertEqual(format_day(french, day), "vendredi 27 novembre")

    def test_a_period_of_one_day_is_a_day(self):
        day = date(2026, 11, 27)
        self.assertEqual(format_period(self.env, day, day), "on Friday 27 November")
        self.assertEqual(
            format_period(self.env, day, date(2026, 11, 29)),
            "from Friday 27 November to Sunday 29 November",
        )

    def test_following_days_are_said_as_one_run(self):
        days = {date(2026, 11, n) for n in (27, 28, 30)}
        self.assertEqual(
            group_days(days),
            [
                (date(2026, 11, 27), date(2026, 11, 28)),
                (date(2026, 11, 30), date(2026, 11, 30)),
            ],
        )
        self.assertEqual(group_days(set()), [])

    def test_both_ends_belong_to_a_period(self):
        first, last = date(2028, 2, 28), date(2028, 3, 1)
        self.assertEqual(len(days_between(first, last)), 3)
        self.assertEqual(days_between(last, first), [])
