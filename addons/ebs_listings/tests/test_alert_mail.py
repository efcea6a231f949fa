# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.addons.ebs_base import clock
from odoo.addons.ebs_base.clock import clock_at
from odoo.tests import tagged

from .common import ListingsCase

# Noon in Paris, on a Wednesday.
START = fields.Datetime.to_datetime("2026-11-25 11:00:00")


@tagged("ebs_listings")
class TestAlertMail(ListingsCase):
    """One mail a day at most, of what is new and may be seen; else none."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.ebs_tz = "Europe/Paris"
        watch = clock_at(START)
        watch.__enter__()
        cls.addClassCleanup(watch.__exit__, None, None, None)
        cls.member = cls.make_member("Anna")
        cls.owner = cls.make_member("Olga")

    def setUp(self):
        super().setUp()
        self.alert = self.make({"q": "drill"})

    def make(self, filters, member=None, **kwargs):
        alerts = self.by(member or self.member, self.env["ebs.alert"])
        alert = alerts.with_company(self.company).action_create(filters, **kwargs)
        return alert.sudo()

    def publish(self, hours=1, name="Big drill", owner=None, **values):
        with clock_at(START + timedelta(hours=hours)):
            return self.make_listing(owner or self.owner, name=name, **values)

    def run_cron(self, hours, batch_size=200):
        """Run the task at a later hour; return what it committed."""
        commits = []

        def commit(cron, processed=0, *, remaining=None, deactivate=False):
            self.env.flush_all()
            self.env.invalidate_all()
            commits.append(processed)
            return 60.0

        cron = type(self.env["ir.cron"])
        with (
            clock_at(START + timedelta(hours=hours)),
            patch.object(cron, "_commit_progress", commit),
        ):
            self.env["ebs.alert"]._cron_send(batch_size)
        return commits

    def mails(self, member=None):
        return self.mails_to(member or self.member)

    def test_what_is_new_comes_the_next_morning_in_one_mail(self):
        self.make({"category": str(self.garden.id)})
        self.publish()
        self.publish(2, "Small drill")
        self.publish(2, "Saw", category_id=self.books.id)
        self.run_cron(3)
        self.assertFalse(self.mails(), "the same day")
        self.run_cron(18)
        self.assertFalse(self.mails(), "six in the morning")
        self.run_cron(19)
        mail = self.mails()
        self.assertEqual(len(mail), 1)
        for words in ("Big drill", "Small drill", "Garden", "/my/alerts"):
            self.assertIn(words, mail.body_html)
        self.assertNotIn("Saw", mail.body_html)
        self.assertEqual(mail.body_html.count("/alerts/stop/"), 2)

    def test_nothing_twice_and_nothing_when_nothing_is_new(self):
        self.run_cron(19)
        self.assertFalse(self.mails())
        self.publish(20)
        for hours in (21, 25, 30, 42):
            self.run_cron(hours)
            self.assertFalse(self.mails(), hours)
        self.run_cron(43)
        self.assertEqual(len(self.mails()), 1)
        self.run_cron(44)
        self.run_cron(67)
        self.assertEqual(len(self.mails()), 1)

    def test_what_appears_while_it_looks_is_for_the_next_mail(self):
        self.publish(19)
        self.run_cron(19)
        self.assertFalse(self.mails())
        self.run_cron(43)
        self.assertEqual(len(self.mails()), 1)

    def test_what_was_there_before_is_not_new(self):
        self.publish(-1)
        self.run_cron(19)
        self.assertFalse(self.mails())

    def test_own_listings_are_no_news(self):
        self.publish(owner=self.member)
        self.run_cron(19)
        self.assertFalse(self.mails())

    def test_many_are_counted_and_ten_shown(self):
        for number in range(12):
            self.publish(name=f"Drill {number}")
        self.run_cron(19)
        body = self.mails().body_html
        self.assertEqual(body.count("/listings/"), 10)
        self.assertIn("And 2 more", body)

    def test_after_leaving_a_circle_its_listings_never_come(self):
        circle = self.make_circle("Family", "invitation")
        self.add_to_circle(circle, self.owner, self.member)
        shared = {"visibility": "circles", "circle_ids": circle.ids}
        self.make({"circle": str(circle.id)})
        self.publish(1, "Family drill", **shared)
        self.run_cron(19)
        self.assertIn("Family drill", self.mails().body_html)
        self.mails().unlink()
        self.publish(20, "Secret drill", **shared)
        self.publish(20, "Some saw")
        self.by(self.member, circle).action_leave()
        self.run_cron(43)
        # Nor does the search in the circle become one in everything.
        self.assertFalse(self.mails())

    def test_what_went_out_of_sight_before_the_morning_is_not_told(self):
        listing = self.publish()
        self.by(self.owner, listing).action_pause()
        self.run_cron(19)
        self.assertFalse(self.mails())

    def test_the_mail_of_one_delegate_holds_nothing_of_another_s(self):
        club = self.make_member("Club", kind="association")
        other = self.make_member("Boris")
        for one in (self.member, other):
            self.make_delegate(club, one.sudo().user_id)
        circle = self.make_circle("Family", "invitation")
        self.add_to_circle(circle, self.owner, other)
        self.make({"q": "saw"}, as_member_id=club.id)
        self.make({"q": "saw"}, member=other, as_member_id=club.id)
        self.publish(1, "Secret saw", visibility="circles", circle_ids=circle.ids)
        self.run_cron(19)
        self.assertFalse(self.mails())
        self.assertFalse(self.mails(club))
        self.assertIn("Secret saw", self.mails(other).body_html)

    def test_a_removed_delegate_gets_none(self):
        club = self.make_member("Club", kind="association")
        delegate = self.make_delegate(club, self.member.sudo().user_id)
        self.make({"q": "saw"}, as_member_id=club.id)
        self.publish(1, "Good saw")
        delegate.active = False
        self.run_cron(19)
        self.assertFalse(self.mails())

    def test_who_may_not_act_gets_none(self):
        self.publish()
        self.member.action_suspend("A test.")
        self.mails().unlink()
        self.run_cron(19)
        self.assertFalse(self.mails())
        self.member.sudo()._set_state(("suspended",), "left")
        self.run_cron(20)
        self.assertFalse(self.mails())

    def test_a_closed_account_gets_none(self):
        self.publish()
        self.member.sudo().user_id.active = False
        self.run_cron(19)
        mails = self.env["mail.mail"].search([("subject", "ilike", "New around")])
        self.assertFalse(mails)

    def test_who_wants_no_mails_gets_none(self):
        self.publish()
        self.as_user(self.member).action_update_profile({"wants_alerts": False})
        self.run_cron(19)
        self.assertFalse(self.mails())

    def test_a_paused_alert_goes_on_from_where_it_is_taken_up(self):
        self.alert.with_user(self.member.sudo().user_id).action_pause()
        self.publish()
        self.run_cron(19)
        self.assertFalse(self.mails())
        with clock_at(START + timedelta(hours=20)):
            self.by(self.member, self.alert).action_resume()
        self.run_cron(43)
        self.assertFalse(self.mails())

    def test_after_a_long_absence_a_week_is_told(self):
        self.publish(1)
        self.publish(24 * 19, "New drill")
        self.run_cron(24 * 20)
        body = self.mails().body_html
        self.assertIn("New drill", body)
        self.assertNotIn("Big drill", body)

    def test_days_that_are_over_find_nothing(self):
        self.alert.unlink()
        self.make({"q": "drill", "from": "2026-11-25", "to": "2026-11-25"})
        self.publish()
        self.run_cron(19)
        self.assertFalse(self.mails())

    def test_a_category_that_is_gone_is_not_everything(self):
        self.alert.unlink()
        fleeting = self.make_category("Fleeting")
        self.make({"category": str(fleeting.id)})
        fleeting.unlink()
        self.publish()
        self.run_cron(19)
        self.assertFalse(self.mails())

    def test_each_account_is_committed_by_itself(self):
        other = self.make_member("Boris")
        self.make({"q": "drill"}, member=other)
        self.make({"q": "saw"})
        self.publish()
        self.assertEqual(self.run_cron(19), [0, 1, 1])
        self.assertEqual(self.run_cron(20), [0])

    def test_a_batch_leaves_the_others_for_later(self):
        other = self.make_member("Boris")
        self.make({"q": "drill"}, member=other)
        self.publish()
        for hours in (19, 20):
            self.assertEqual(self.run_cron(hours, batch_size=1), [0, 1])
        self.assertEqual(len(self.mails()) + len(self.mails(other)), 2)

    def test_the_link_of_the_mail_stops_that_alert_alone(self):
        second = self.make({"q": "saw"})
        token = self.alert._make_stop_token()
        alerts = self.env["ebs.alert"].with_user(self.visitor)
        self.assertEqual(alerts._read_stop_token(token), self.alert)
        self.assertFalse(self.alert.paused, "opening a link writes nothing")
        self.assertEqual(alerts._stop_by_token(token), self.alert)
        self.assertTrue(self.alert.paused)
        self.assertFalse(second.paused)

    def test_a_wrong_link_stops_nothing(self):
        token = self.alert._make_stop_token()
        alerts = self.env["ebs.alert"].with_user(self.visitor)
        for wrong in ("", "none", token[:-1], f"{token}x", "é", None):
            self.assertFalse(alerts._stop_by_token(wrong))
        self.assertFalse(self.alert.paused)
        self.alert.unlink()
        self.assertFalse(alerts._stop_by_token(token))

    def test_it_is_written_in_the_member_s_language_from_the_platform(self):
        self.publish(1, "Drill <b>bold</b>")
        self.run_cron(19)
        mail = self.mails()
        self.assertIn("alder", mail.email_from)
        self.assertNotIn("<b>bold</b>", mail.body_html)
        self.assertNotIn(self.owner.sudo().user_id.email, mail.body_html)
        self.assertEqual(self.alert.last_sent_at, START + timedelta(hours=19))
        self.assertEqual(clock.now(), START)
