# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo.addons.ebs_base.clock import now
from odoo.exceptions import AccessError, MissingError
from odoo.fields import Command
from odoo.tests import tagged

from .common import CirclesCase


@tagged("ebs_security")
class TestContent(CirclesCase):
    """A moderator opens a circle with a reason, which is written down, for a day."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        circle = cls.hidden_circle.with_user(cls.organiser.user_id)
        cls.news = circle.action_announce("Only for us.").sudo()
        cls.opened = cls.hidden_circle.with_user(cls.moderator)

    def _reads(self, user):
        self.env.invalidate_all()
        news = self.news.with_user(user)
        found = bool(news.search([("id", "=", news.id)]))
        self.assertEqual(news.has_access("read"), found)
        opened = self.hidden_circle.with_user(user)._get_opened_ids()
        self.assertEqual(self.hidden_circle.id in opened, found)
        return found

    def test_before_after_and_a_day_later(self):
        self.assertFalse(self._reads(self.moderator))
        opening = self.opened.action_open_content("A report").sudo()
        self.assertTrue(self._reads(self.moderator))
        self.assertTrue(self.opened.is_opened)
        self.assertEqual(opening.until - opening.opened_at, timedelta(hours=24))
        with self.later(hours=23, minutes=59):
            self.assertTrue(self._reads(self.moderator))
        with self.later(hours=24):
            self.assertFalse(self._reads(self.moderator))
        self.assertFalse(self._reads(self.manager))

    def test_it_is_logged_on_the_circle(self):
        self.opened.action_open_content("A report about photos")
        message = self.hidden_circle.message_ids[0]
        self.assertIn("A report about photos", message.body)
        self.assertIn("24 hours", message.body)
        self.assertEqual(message.author_id, self.moderator.partner_id)
        opening = self.hidden_circle.with_user(self.manager).opening_ids
        self.assertEqual(opening.user_id, self.moderator)
        self.assertEqual(opening.reason, "A report about photos")

    def test_one_circle_opens_no_other(self):
        other = self.open_circle.with_user(self.organiser.user_id)
        news = other.action_announce("x").sudo().with_user(self.moderator)
        self.opened.action_open_content("A report")
        self.assertFalse(news.has_access("read"))

    def test_a_reason_is_asked_for(self):
        for reason in ("", None, "   ", False):
            with self.refused("say why"):
                self.opened.action_open_content(reason)
        for reason in (["x"], {}, 1, "x" * 501):
            with self.refused("type text|too long"):
                self.opened.action_open_content(reason)

    def test_nobody_else_opens(self):
        ada = self.make_member("Ada")
        self.add_to_circle(self.hidden_circle, ada)
        for user in (self.organiser.user_id, ada.user_id):
            with self.refused("Only a moderator", AccessError):
                self.hidden_circle.with_user(user).action_open_content("x")
        for user in (self.desk, self.stranger, self.visitor):
            with self.assertRaises(MissingError):
                self.hidden_circle.with_user(user).action_open_content("x")
            with self.refused("Only a moderator", AccessError):
                self.open_circle.with_user(user).action_open_content("x")

    def test_the_moderator_of_another_platform_opens_nothing(self):
        self.moderator.write(
            {
                "company_id": self.other_company.id,
                "company_ids": [Command.set(self.other_company.ids)],
            }
        )
        with self.assertRaises(MissingError):
            self.opened.action_open_content("x")

    def test_who_loses_the_role_or_the_platform_has_opened_nothing(self):
        self.opened.action_open_content("x")
        self.moderator.company_ids = [Command.link(self.other_company.id)]
        self.moderator.company_id = self.other_company
        self.moderator.company_ids = [Command.set(self.other_company.ids)]
        self.assertFalse(self._reads(self.moderator))
        self.moderator.company_ids = [Command.link(self.company.id)]
        self.assertTrue(self._reads(self.moderator))
        self.moderator.group_ids = [Command.set(self.env.ref("base.group_user").ids)]
        self.assertFalse(self._reads(self.moderator))

    def test_a_closed_circle_is_opened_too(self):
        self.opened.action_close()
        self.opened.action_open_content("A late report")
        self.assertTrue(self._reads(self.moderator))

    def test_openings_are_read_by_moderators_alone_and_written_by_nobody(self):
        opening = self.opened.action_open_content("x").sudo()
        for user, may in (
            (self.moderator, True),
            (self.manager, True),
            (self.desk, False),
            (self.stranger, False),
            (self.organiser.user_id, False),
            (self.visitor, False),
        ):
            theirs = opening.with_user(user)
            self.assertEqual(theirs.has_access("read"), may, user.login)
            for operation in ("write", "create", "unlink"):
                self.assertFalse(theirs.has_access(operation), user.login)
        foreign = self._make_staff("foreign", "ebs_base.group_ebs_moderator")
        foreign.write(
            {
                "company_id": self.other_company.id,
                "company_ids": [Command.set(self.other_company.ids)],
            }
        )
        self.assertFalse(opening.with_user(foreign).has_access("read"))

    def test_the_wizard_asks_and_opens(self):
        wizard = (
            self.env["ebs.circle.open"]
            .with_user(self.moderator)
            .with_context(active_id=self.hidden_circle.id)
            .create({"reason": "A report"})
        )
        wizard.action_confirm()
        self.assertTrue(self._reads(self.moderator))
        self.assertLess(now(), self.hidden_circle.opening_ids.until)

    def test_the_superuser_s_rights_open_nothing(self):
        self.opened.action_open_content("x")
        ada = self.make_member("Ada").user_id
        self.assertEqual(self.hidden_circle.with_user(ada).sudo()._get_opened_ids(), [])
