# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""From an installed Odoo to an open platform: one switch, and the site is there."""

from odoo.addons.ebs_base.clock import now
from odoo.tests import Form, HttpCase, tagged


@tagged("post_install", "-at_install")
class TestLaunch(HttpCase):
    """An operator opens a platform in Settings and publishes its first listing."""

    def setUp(self):
        super().setUp()
        self.website = self.env["website"].search([], limit=1)
        self.company = self.website.company_id

    def test_launch_by_one_switch_in_settings(self):
        self.assertEqual(self.url_open("/listings").status_code, 404)
        settings = Form(self.env["res.config.settings"])
        settings.is_ebs_platform = True
        settings.save().execute()
        self.assertTrue(self.company.is_ebs_platform)
        for page in ("/", "/listings", "/circles", "/web/signup", "/terms"):
            answer = self.url_open(page)
            with self.subTest(page=page):
                self.assertEqual(answer.status_code, 200)
                self.assertIn("o_ebs", answer.text)
                self.assertNotIn("Powered by", answer.text)
                self.assertNotIn("fonts.googleapis.com", answer.text)
        self.assertEqual(self.env["ebs.audit"]._run(), [])

    def test_launch_leads_to_a_first_listing(self):
        self.company.is_ebs_platform = True
        category = self.env["ebs.category"].create(
            {"name": "Tools", "company_id": self.company.id}
        )
        members = self.env["ebs.member"]
        members._sign_up(
            self.company,
            {
                "name": "Ines",
                "email": "ines@example.com",
                "password": "a first member",
                "terms": True,
            },
        )
        member = members.search([("name", "=", "Ines")])
        self.assertEqual(member.state, "pending")
        member.private_ids.email_confirmed_at = now()
        member.action_approve()
        listing = (
            self.env["ebs.listing"]
            .with_user(member.user_id)
            .action_create(
                {"name": "First ladder", "category_id": category.id, "ways": ["lend"]},
                member.id,
            )
        )
        listing.action_publish()
        self.assertIn("First ladder", self.url_open("/listings").text)
