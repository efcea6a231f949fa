# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from lxml import etree
from odoo.tests import Form, tagged
from odoo.tools.safe_eval import safe_eval

from .common import CirclesCase


@tagged("post_install", "-at_install")
class TestBackOffice(CirclesCase):
    """What moderators open works, and the desk finds no circle there."""

    def test_every_view_opens_and_every_filter_finds(self):
        for name in (
            "ebs.circle",
            "ebs.circle.member",
            "ebs.circle.invitation",
            "ebs.circle.opening",
            "ebs.announcement",
            "ebs.circle.open",
        ):
            views = self.env["ir.ui.view"].search(
                [("model", "=", name), ("mode", "=", "primary")]
            )
            self.assertTrue(views, name)
            model = self.env[name].with_user(self.moderator)
            for view in views:
                arch = model.get_view(view.id, view.type)["arch"]
                if view.type == "search":
                    for node in etree.fromstring(arch).iter("filter"):
                        if node.get("domain"):
                            model.search(safe_eval(node.get("domain")))

    def test_a_moderator_makes_a_secret_circle_in_the_form(self):
        form = Form(self.env["ebs.circle"].with_user(self.moderator))
        form.name = "By the team"
        form.join_mode = "invitation"
        form.is_listed = False
        circle = form.save()
        self.assertFalse(circle.sudo().is_listed)
        self.assertEqual(circle.sudo().company_id, self.company)

    def test_the_form_shows_what_is_opened_and_nothing_before(self):
        organiser = self.hidden_circle.with_user(self.organiser.user_id)
        organiser.action_announce("x")
        circle = self.hidden_circle.with_user(self.moderator)
        self.assertFalse(circle.announcement_ids)
        self.assertEqual(len(circle.membership_ids), 1)
        circle.action_open_content("x")
        circle.invalidate_recordset()
        self.assertEqual(len(circle.announcement_ids), 1)

    def test_the_desk_has_no_menu_and_reads_no_place(self):
        menu = self.env.ref("ebs_circles.menu_ebs_circles")
        menus = self.env["ir.ui.menu"]
        self.assertNotIn(menu.id, menus.with_user(self.desk)._visible_menu_ids())
        self.assertIn(menu.id, menus.with_user(self.moderator)._visible_menu_ids())
        places = self.env["ebs.circle.member"].with_user(self.desk)
        self.assertFalse(places.search([]))
        fields = self.env["ebs.member"].with_user(self.desk).fields_get()
        self.assertNotIn("circle_count", fields)
        self.assertNotIn("circle_membership_ids", fields)
        form = self.env["ebs.member"].with_user(self.desk).get_view(view_type="form")
        self.assertNotIn("circle_count", form["arch"])

    def test_settings_show_the_rules(self):
        arch = self.env["res.config.settings"].get_view(view_type="form")["arch"]
        self.assertIn("ebs_circle_max_members", arch)
        self.assertIn("ebs_member_max_circles", arch)
