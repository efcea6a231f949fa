# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo.addons.ebs_base.clock import now
from odoo.tests import tagged

from .circles_common import CirclePagesCase


@tagged("post_install", "-at_install")
class TestCircleJoin(CirclePagesCase):
    """The page behind the link of an invitation."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.hidden_circle.description = "What goes from cousin to cousin"
        cls.link = cls.hidden_circle.with_user(
            cls.organiser.sudo().user_id
        ).action_create_link()
        cls.path = "/circles/join/" + cls.link._get_url().rpartition("/")[2]

    def test_a_guest_sees_what_it_is_and_comes_back_after_signing_up(self):
        page = self.get(self.path)
        words = self.text_of(page, "#wrap")
        self.assertIn("The Dubois Family", words)
        self.assertIn("from cousin to cousin", words)
        self.assertIn("Odile", words)
        for button in page.cssselect("#wrap a.btn"):
            self.assertIn("redirect=%2Fcircles%2Fjoin%2F", button.get("href"))
        self.assertFalse(page.cssselect("#wrap form"))
        self.assertEqual(self.page.headers["Referrer-Policy"], "no-referrer")
        self.assertEqual(self.page.headers["Cache-Control"], "no-store")
        self.assertNotIn("Accordion", self.page.text)

    def test_looking_joins_nothing_and_one_button_does(self):
        self.log_in(self.asker)
        page = self.get(self.path)
        self.assertFalse(self.get_membership(self.hidden_circle, self.asker))
        self.assertEqual(len(page.cssselect("#wrap form button")), 1)
        response = self.post(self.path)
        self.assertEqual(response.status_code, 303)
        self.assertTrue(
            response.headers["Location"].endswith(self.url(self.hidden_circle))
        )
        membership = self.get_membership(self.hidden_circle, self.asker)
        self.assertEqual(membership.state, "active")
        page = self.get(self.path)
        self.assertIn("in this circle already", self.text_of(page, "#wrap"))
        self.assertFalse(page.cssselect("#wrap form"))

    def test_every_link_that_does_not_serve_answers_the_same(self):
        organiser = self.organiser.sudo().user_id
        revoked = self.hidden_circle.with_user(organiser).action_create_link()
        revoked.action_revoke()
        foreign = self.make_member("Fanny", company=self.other_company)
        circle = self.make_circle("Elsewhere", "open", organiser=foreign)
        other = circle.with_user(foreign.sudo().user_id).action_create_link()
        answers = set()
        for path in (
            "/circles/join/nothing",
            "/circles/join/" + "x" * 3000,
            self.path[:-4] + "AAAA",
            "/circles/join/" + revoked._get_url().rpartition("/")[2],
            "/circles/join/" + other._get_url().rpartition("/")[2],
        ):
            response = self.url_open(path)
            self.assertEqual(response.status_code, 422, path[:60])
            answers.add(self.strip(response).replace(path, "ADDRESS"))
            self.log_in(self.asker)
            self.assertEqual(self.post(path).status_code, 422)
            self.authenticate(None, None)
        self.assertEqual(len(answers), 1)
        self.assertIn("not valid any more", answers.pop())

    def test_a_link_serves_until_it_expires(self):
        self.get(self.path)
        self.link.sudo().expires_at = now() - timedelta(seconds=1)
        self.get(self.path, status=422)

    def test_who_must_still_confirm_reads_why_there_is_no_button(self):
        fresh = self.make_member("Zoe", state="pending", confirmed=False)
        self.log_in(fresh)
        page = self.get(self.path)
        self.assertIn("confirm your e-mail", self.text_of(page, "#wrap"))
        self.assertFalse(page.cssselect("#wrap form"))

    def test_a_guest_whose_session_is_over_logs_in_and_comes_back(self):
        response = self.post(self.path)
        self.assertEqual(response.status_code, 303)
        self.assertIn("/web/login?redirect=", response.headers["Location"])

    def test_who_was_removed_reads_it(self):
        self.add_to_circle(self.hidden_circle, self.asker)
        place = self.get_membership(self.hidden_circle, self.asker)
        place.with_user(self.organiser.sudo().user_id).action_remove("Enough")
        self.log_in(self.asker)
        response = self.post(self.path)
        self.assertEqual(response.status_code, 422)
        self.assertIn("ended your", self.text_of(self.tree(response), "#wrap"))

    def test_a_delegate_joins_in_the_name_of_the_club(self):
        club = self.make_member("Club", kind="association")
        self.make_delegate(club, self.asker.sudo().user_id)
        self.add_to_circle(self.hidden_circle, self.asker)
        self.log_in(self.asker)
        page = self.get(self.path)
        options = page.cssselect("#ebs_as option")
        self.assertEqual([option.text for option in options], ["Club"])
        self.post(self.path, {"as_member_id": str(club.id)})
        membership = self.get_membership(self.hidden_circle, club)
        self.assertEqual(membership.state, "active")

    def test_the_picture_of_a_secret_circle_is_in_the_page_alone(self):
        self.hidden_circle.image_1920 = self.env.ref("base.main_company").logo
        page = self.get(self.path)
        source = page.cssselect(".o_ebs_circle_head img")[0].get("src")
        self.assertTrue(source.startswith("data:image/"))
