# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tools import mute_logger
from psycopg2.errors import CheckViolation

from .common import CirclesCase


class TestLimits(CirclesCase):
    """The operator limits circles, and each refusal names the rule."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ada = cls.make_member("Ada")
        cls.bob = cls.make_member("Bob")

    def test_a_circle_holds_so_many_members(self):
        self.company.ebs_circle_max_members = 2
        organiser = self.organiser.user_id
        self.open_circle.with_user(self.ada.user_id).action_join()
        words = "as many members as the rules of Platform Alder allow .2.: somebody"
        bob = self.open_circle.with_user(self.bob.user_id)
        with self.refused(words):
            bob.action_join()
        with self.refused(words):
            self.open_circle.with_user(organiser).action_invite(self.bob.id)
        self.open_circle.with_user(self.ada.user_id).action_leave()
        bob.action_join()

    def test_the_limit_holds_by_every_door(self):
        circle = self.request_circle
        circle.with_user(self.ada.user_id).action_join()
        organiser = self.organiser.user_id
        link = circle.with_user(organiser).action_create_link()
        token = link._get_url().rsplit("/", 1)[1]
        self.company.ebs_circle_max_members = 2
        self.add_to_circle(circle, self.make_member("Eve"))
        with self.refused("as many members"):
            self.place_of(self.ada, circle).with_user(organiser).action_accept()
        with self.refused("as many members"):
            link.with_user(self.bob.user_id).action_accept(token)
        self.assertEqual(circle.member_count, 2)
        self.assertEqual(link.sudo().use_count, 0)

    def test_a_member_is_in_so_many_circles(self):
        self.company.ebs_member_max_circles = 1
        self.open_circle.with_user(self.ada.user_id).action_join()
        self.assertEqual(self.ada.circle_count, 1)
        words = (
            "Ada is in as many circles as the rules of Platform Alder allow .1.: please"
        )
        with self.refused(words):
            self.request_circle.with_user(self.ada.user_id).action_join()
        with self.refused(words):
            circles = self.env["ebs.circle"].with_user(self.ada.user_id)
            circles.with_company(self.company).action_create({"name": "Mine"})
        self.open_circle.with_user(self.ada.user_id).action_leave()
        self.assertEqual(self.ada.circle_count, 0)
        self.request_circle.with_user(self.ada.user_id).action_join()
        self.request_circle.with_user(self.organiser.user_id).action_invite(self.ada.id)
        self.assertEqual(self.ada.circle_count, 1)

    def test_a_lower_limit_puts_nobody_out(self):
        self.add_to_circle(self.open_circle, self.ada, self.bob)
        self.company.ebs_circle_max_members = 2
        self.open_circle.with_user(self.bob.user_id).action_leave()
        self.assertEqual(self.open_circle.member_count, 2)
        self.assertEqual(self.place_of(self.ada, self.open_circle).state, "active")

    def test_counters_follow_a_deletion(self):
        self.add_to_circle(self.open_circle, self.ada)
        self.open_circle.unlink()
        self.assertEqual(self.ada.circle_count, 0)
        self.add_to_circle(self.request_circle, self.bob)
        self.bob.unlink()
        self.assertEqual(self.request_circle.member_count, 1)
        self.assertEqual(self.env["ebs.audit"]._run(), [])

    def test_rules_are_logged_and_sound(self):
        self.company.ebs_circle_max_members = 40
        self.company.ebs_member_max_circles = 4
        logged = self.env["ebs.rule.change"].search(
            [("company_id", "=", self.company.id)]
        )
        self.assertLessEqual(
            {("500", "40"), ("50", "4")},
            {(one.old_value, one.new_value) for one in logged},
        )
        for name in ("ebs_circle_max_members", "ebs_member_max_circles"):
            with (
                self.assertRaises(CheckViolation),
                self.env.cr.savepoint(),
                mute_logger("odoo.sql_db"),
            ):
                self.company[name] = 0
                self.env.flush_all()
