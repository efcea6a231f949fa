# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import tagged

from .pages_common import WebsiteCase


@tagged("post_install", "-at_install")
class TestCirclesPages(WebsiteCase):
    """The circles, the page of each, and entering them."""

    def _get_membership(self, circle, member):
        return self.env["ebs.circle.member"].search(
            [("circle_id", "=", circle.id), ("member_id", "=", member.id)]
        )

    def _url(self, circle):
        return self.url_of(circle, "circles")

    def test_visitors_see_the_open_ones_and_nothing_of_the_others(self):
        self.get("/circles")
        self.assertIn("Club of Walkers", self.page.text)
        self.assertNotIn("Dubois", self.page.text)
        page = self.get(self._url(self.open_circle))
        self.assertFalse(page.cssselect(".o_ebs_people"))
        self.assertIn("/web/signup", self.page.text)

    def test_a_hidden_circle_answers_as_one_that_never_was(self):
        self.get("/circles/x-2147483647", status=404)
        missing = self.strip(self.page).replace("x-2147483647", "x-ID")
        self.get(f"/circles/x-{self.hidden_circle.id}", status=404)
        hidden = self.strip(self.page).replace(f"x-{self.hidden_circle.id}", "x-ID")
        self.assertEqual(hidden, missing)

    def test_a_member_joins_an_open_circle_and_leaves_it(self):
        self.log_in(self.asker)
        response = self.post(self._url(self.open_circle) + "/join")
        self.assertEqual(response.status_code, 303)
        membership = self._get_membership(self.open_circle, self.asker)
        self.assertEqual(membership.state, "active")
        page = self.get(self._url(self.open_circle))
        self.assertIn("Boris", self.text_of(page, ".o_ebs_people"))
        self.post(self._url(self.open_circle) + "/leave")
        self.assertEqual(membership.state, "left")

    def test_an_organiser_answers_who_asked_to_join(self):
        self.log_in(self.asker)
        self.post(self._url(self.request_circle) + "/join", {"answer": "I live at 4"})
        membership = self._get_membership(self.request_circle, self.asker)
        self.assertEqual(membership.state, "applied")
        self.log_in(self.organiser)
        page = self.get(self._url(self.request_circle))
        self.assertIn("I live at 4", self.text_of(page, ".o_ebs_waiting"))
        url = f"{self._url(self.request_circle)}/members/{membership.id}/accept"
        self.assertEqual(self.post(url).status_code, 303)
        self.assertEqual(membership.state, "active")

    def test_others_can_neither_answer_nor_invite(self):
        applicant = self.make_member("Anna")
        self.log_in(applicant)
        self.post(self._url(self.request_circle) + "/join")
        membership = self._get_membership(self.request_circle, applicant)
        self.log_in(self.asker)
        url = f"{self._url(self.request_circle)}/members/{membership.id}/accept"
        self.assertEqual(self.post(url).status_code, 404)
        response = self.post(
            self._url(self.request_circle) + "/invite",
            {"member_id": str(self.asker.id)},
        )
        self.assertEqual(response.status_code, 422)
        self.assertEqual(membership.state, "applied")

    def test_an_organiser_finds_a_member_by_name_and_invites(self):
        self.log_in(self.organiser)
        page = self.get(f"{self._url(self.hidden_circle)}?invite=bor")
        self.assertIn("Boris", self.text_of(page, "#invite"))
        response = self.post(
            self._url(self.hidden_circle) + "/invite",
            {"member_id": str(self.asker.id)},
        )
        self.assertEqual(response.status_code, 303)
        membership = self._get_membership(self.hidden_circle, self.asker)
        self.assertEqual(membership.state, "invited")
        self.log_in(self.asker)
        self.get(self._url(self.hidden_circle))
        self.post(self._url(self.hidden_circle) + "/leave")
        self.get(self._url(self.hidden_circle), status=404)

    def test_garbage_is_a_sentence(self):
        self.log_in(self.asker)
        for act, values in (
            ("join", {"as_member_id": "x"}),
            ("join", {"answer": "x" * 5000}),
            ("invite", {"member_id": "99999999999999999999"}),
            ("invite", {"member_id": "\0"}),
        ):
            response = self.post(f"{self._url(self.open_circle)}/{act}", values)
            self.assertIn(response.status_code, (303, 422))
        self.get(f"{self._url(self.open_circle)}?invite=%00%25")

    def test_what_a_circle_shares_is_seen_by_its_members_alone(self):
        self.make_loan(
            name="Shared tent",
            member=self.organiser,
            visibility="circles",
            circle_ids=self.open_circle.ids,
        )
        self.get(self._url(self.open_circle))
        self.assertNotIn("Shared tent", self.page.text)
        self.add_to_circle(self.open_circle, self.asker)
        self.log_in(self.asker)
        self.get(self._url(self.open_circle))
        self.assertIn("Shared tent", self.page.text)
