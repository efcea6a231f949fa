# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import base64

from odoo.tests import tagged

from .circles_common import NEVER, CirclePagesCase
from .pages_common import make_jpeg

ORGANISER_ACTS = ("invite", "invite_email", "link", "announce", "close", "edit")


@tagged("post_install", "-at_install")
class TestCircleManage(CirclePagesCase):
    """Making a circle, and looking after it."""

    def get_values(self, **values):
        return {
            "name": "Neighbours at 12",
            "description": "We lend each other ladders",
            "join_mode": "request",
            **values,
        }

    def find(self, name="Neighbours at 12"):
        return self.env["ebs.circle"].search([("name", "=", name)])

    def manage(self, circle=None):
        return self.url(circle or self.open_circle) + "/manage"

    # === MAKING ONE === #

    def test_a_visitor_is_led_to_an_account_and_back_here(self):
        page = self.get("/circles/new")
        button = page.cssselect("a.o_ebs_action")[0]
        self.assertIn("redirect=%2Fcircles%2Fnew", button.get("href"))
        self.assertFalse(page.cssselect("form.o_ebs_publish"))

    def test_a_member_makes_a_circle_in_one_form_and_organises_it(self):
        self.log_in(self.asker)
        page = self.get("/circles/new")
        for name in ("name", "description", "join_mode", "charter", "question"):
            self.assertTrue(page.cssselect(f"form [name={name}]"), name)
        response = self.post(
            "/circles/new",
            self.get_values(question="Which floor?"),
            files=[("image", ("a.jpg", make_jpeg(), "image/jpeg"))],
        )
        circle = self.find()
        self.assertEqual(response.status_code, 303)
        self.assertIn(self.manage(circle), response.headers["Location"])
        self.assertEqual(circle.company_id, self.company)
        self.assertEqual((circle.join_mode, circle.is_listed), ("request", True))
        self.assertTrue(circle.image_128)
        place = self.get_membership(circle, self.asker)
        self.assertEqual((place.state, place.role), ("active", "organiser"))

    def test_a_secret_one_is_by_invitation_and_not_listed(self):
        self.log_in(self.asker)
        self.post("/circles/new", self.get_values(join_mode="secret"))
        circle = self.find()
        self.assertEqual((circle.join_mode, circle.is_listed), ("invitation", False))

    def test_what_is_refused_stays_in_the_form(self):
        self.log_in(self.asker)
        for values in (
            self.get_values(name="  "),
            self.get_values(join_mode="nobody"),
            self.get_values(name="x" * 200),
            self.get_values(as_member_id=str(self.owner.id)),
        ):
            response = self.post("/circles/new", values)
            self.assertEqual(response.status_code, 422)
            self.assertIn("We lend each other ladders", response.text)
            self.assertIn('role="alert"', response.text)
        response = self.post(
            "/circles/new",
            self.get_values(),
            files=[("image", ("a.svg", b"<svg/>", "image/svg+xml"))],
        )
        self.assertEqual(response.status_code, 422)
        self.assertFalse(self.find())

    def test_a_delegate_makes_one_for_the_club(self):
        club = self.make_member("Club", kind="association")
        self.make_delegate(club, self.asker.sudo().user_id)
        self.log_in(self.asker)
        self.post("/circles/new", self.get_values(as_member_id=str(club.id)))
        place = self.get_membership(self.find(), club)
        self.assertEqual(place.role, "organiser")

    # === LOOKING AFTER IT === #

    def test_for_all_but_its_organisers_the_page_does_not_exist(self):
        self.add_to_circle(self.open_circle, self.asker)
        self.log_in(self.asker)
        missing = self.read_404(f"/circles/x-{NEVER}/manage")
        for circle in (self.open_circle, self.request_circle, self.hidden_circle):
            path = f"/circles/x-{circle.id}/manage"
            self.assertEqual(self.read_404(path), missing)
            for act in ORGANISER_ACTS:
                path = f"/circles/x-{circle.id}/{act}"
                missing_act = self.read_404(f"/circles/x-{NEVER}/{act}", post=True)
                self.assertEqual(self.read_404(path, post=True), missing_act)
        self.assertTrue(self.open_circle.active)

    def test_memberships_and_links_of_other_circles_do_not_exist_here(self):
        self.log_in(self.asker)
        self.post("/circles/new", self.get_values())
        mine = self.url(self.find())
        place = self.get_membership(self.hidden_circle, self.organiser)
        organiser = self.organiser.sudo().user_id
        link = self.hidden_circle.with_user(organiser).action_create_link()
        for path in (f"members/{place.id}/remove", f"links/{link.id}/revoke"):
            self.assert_same_404(f"{mine}/{path}", post=True)
        self.assertEqual(link.sudo().state, "open")

    def test_an_organiser_finds_a_member_by_name_and_invites(self):
        self.log_in(self.organiser)
        page = self.get(f"{self.manage(self.hidden_circle)}?invite=bor")
        self.assertIn("Boris", self.text_of(page, "#invite"))
        response = self.post(
            self.url(self.hidden_circle) + "/invite",
            {"member_id": str(self.asker.id)},
        )
        self.assertEqual(response.status_code, 303)
        membership = self.get_membership(self.hidden_circle, self.asker)
        self.assertEqual(membership.state, "invited")
        page = self.get(f"{self.manage(self.hidden_circle)}?invite=bor")
        self.assertIn("Boris", self.text_of(page, "#people"))
        self.assertFalse(page.cssselect("#invite .o_ebs_people"))
        self.log_in(self.asker)
        page = self.get(self.url(self.hidden_circle))
        self.assertIn("You are invited", self.text_of(page, "#join"))
        self.post(self.url(self.hidden_circle) + "/leave")
        self.get(self.url(self.hidden_circle), status=404)

    def test_an_invitation_by_mail_says_the_same_for_every_address(self):
        self.log_in(self.organiser)
        answers = set()
        for address in ("nobody@example.org", self.asker.sudo().user_id.login):
            response = self.post(
                self.url(self.open_circle) + "/invite_email", {"email": address}
            )
            answers.add((response.status_code, response.headers["Location"]))
        self.assertEqual(len(answers), 1)
        response = self.post(
            self.url(self.open_circle) + "/invite_email",
            {"email": "no address", "message": "Come along"},
        )
        self.assertEqual(response.status_code, 422)
        self.assertIn("Come along", response.text)
        self.assertIn("no address", response.text)

    def test_a_link_to_hand_on_is_shown_whole_and_can_be_taken_back(self):
        self.log_in(self.organiser)
        self.post(self.url(self.open_circle) + "/link", {"days": "30"})
        invitation = self.env["ebs.circle.invitation"].search(
            [("circle_id", "=", self.open_circle.id)]
        )
        page = self.get(self.manage())
        field = page.cssselect("#links input[readonly]")[0]
        self.assertEqual(field.get("value"), invitation._get_url())
        url = f"{self.url(self.open_circle)}/links/{invitation.id}/revoke"
        self.assertEqual(self.post(url).status_code, 303)
        self.assertEqual(invitation.state, "revoked")
        page = self.get(self.manage())
        self.assertFalse(page.cssselect("#links input[readonly]"))

    def test_organisers_are_named_hand_over_and_step_down(self):
        self.add_to_circle(self.open_circle, self.asker, self.rival)
        places = [
            self.get_membership(self.open_circle, member)
            for member in (self.organiser, self.asker, self.rival)
        ]
        self.log_in(self.organiser)

        def act(place, act):
            url = f"{self.url(self.open_circle)}/members/{place.id}/{act}"
            return self.post(url)

        act(places[1], "make_organiser")
        self.assertEqual(places[1].role, "organiser")
        response = act(places[2], "hand_over")
        self.assertEqual(places[2].role, "organiser")
        self.assertEqual(places[0].role, "member")
        # Who organises no more is led to the circle, not to a closed door.
        self.assertTrue(
            response.headers["Location"].endswith(self.url(self.open_circle))
        )
        self.log_in(self.asker)
        act(places[1], "step_down")
        self.assertEqual(places[1].role, "member")

    def test_the_last_organiser_cannot_step_down_and_reads_why(self):
        place = self.get_membership(self.open_circle, self.organiser)
        self.log_in(self.organiser)
        url = f"{self.url(self.open_circle)}/members/{place.id}/step_down"
        response = self.post(url)
        self.assertEqual(response.status_code, 422)
        self.assertIn("only organiser", self.text_of(self.tree(response), "#wrap"))

    def test_a_member_is_removed_with_a_reason(self):
        self.add_to_circle(self.open_circle, self.asker)
        place = self.get_membership(self.open_circle, self.asker)
        self.log_in(self.organiser)
        url = f"{self.url(self.open_circle)}/members/{place.id}/remove"
        self.post(url, {"reason": "Never brought the ladder back"})
        self.assertEqual(place.state, "removed")
        self.assertIn("ladder", self.mails_to(self.asker)[0].body_html)

    def test_what_the_circle_says_is_changed_and_a_refusal_keeps_the_words(self):
        self.log_in(self.organiser)
        url = self.url(self.open_circle)
        response = self.post(
            url + "/edit", self.get_values(name="Walkers", join_mode="invitation")
        )
        self.assertEqual(response.status_code, 303)
        self.assertEqual(self.open_circle.name, "Walkers")
        self.assertEqual(self.open_circle.join_mode, "invitation")
        self.assertTrue(self.open_circle.is_listed)
        response = self.post(
            url + "/edit", self.get_values(name=" ", charter="My own words")
        )
        self.assertEqual(response.status_code, 422)
        self.assertIn("My own words", response.text)

    def test_an_organiser_closes_the_circle_and_it_is_gone_for_all(self):
        self.add_to_circle(self.open_circle, self.asker)
        self.share(self.open_circle, "Tent")
        self.log_in(self.organiser)
        response = self.post(self.url(self.open_circle) + "/close", {"reason": "Bye"})
        self.assertTrue(response.headers["Location"].endswith("/circles"))
        self.log_in(self.asker)
        self.get(self.url(self.open_circle), status=404)
        page = self.get("/listings?q=tent")
        self.assertEqual(self.titles(page), [])
        self.assertIn("Bye", self.mails_to(self.asker)[0].body_html)

    def test_garbage_is_a_sentence(self):
        self.log_in(self.organiser)
        url = self.url(self.open_circle)
        for act, values in (
            ("invite", {"member_id": "99999999999999999999"}),
            ("invite", {"member_id": "\0"}),
            ("invite_email", {"email": "x" * 5000}),
            ("link", {"days": "1e9"}),
            ("link", {"days": "-4"}),
            ("announce", {"body": "Hello", "as_member_id": "x"}),
            ("edit", {"join_mode": "\0", "name": "x"}),
            ("edit", {"image": base64.b64encode(b"x").decode()}),
        ):
            response = self.post(f"{url}/{act}", values)
            self.assertIn(response.status_code, (303, 422), act)
        self.get(f"{url}/manage?invite=%00%25&done=%00")
        response = self.post(f"{url}/members/99999999999999999999/accept")
        self.assertEqual(response.status_code, 404)
