# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.addons.ebs_base.tests.test_utils import make_picture
from odoo.exceptions import AccessError, MissingError, UserError

from .common import CirclesCase


class TestLife(CirclesCase):
    """A circle is founded, changed and closed by its own people."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ada = cls.make_member("Ada")
        cls.bob = cls.make_member("Bob")
        cls.circles = cls.env["ebs.circle"].with_company(cls.company)

    def _create(self, values, member=None, **kwargs):
        user = (member or self.ada).user_id
        return self.circles.with_user(user).action_create(values, **kwargs)

    # === FOUND === #

    def test_whoever_founds_a_circle_organises_it(self):
        circle = self._create(
            {
                "name": "  Rue  des Postes ",
                "description": "We are neighbours.",
                "charter": "Be kind.",
                "question": "Which  house?",
                "join_mode": "request",
                "image": make_picture(),
            }
        )
        self.assertFalse(circle.env.su)
        circle = circle.sudo()
        self.assertEqual(circle.name, "Rue des Postes")
        self.assertEqual(circle.question, "Which house?")
        self.assertTrue(circle.image_128)
        self.assertTrue(circle.is_listed)
        self.assertEqual(circle.company_id, self.company)
        self.assertEqual((circle.member_count, circle.organiser_count), (1, 1))
        self.assertEqual(self.place_of(self.ada, circle).role, "organiser")
        self.assertFalse(self.mails_to(self.ada))

    def test_a_secret_circle_is_joined_by_invitation(self):
        circle = self._create(
            {"name": "Us", "join_mode": "invitation", "is_listed": False}
        )
        self.assertFalse(circle.with_user(self.bob.user_id).has_access("read"))
        self.assertTrue(circle.has_access("read"))
        for mode in ("open", "request"):
            with self.refused("joined by invitation"):
                self._create({"name": "Us", "join_mode": mode, "is_listed": False})
        with self.refused("joined by invitation"):
            self._create({"name": "Us", "is_listed": False})

    def test_a_delegate_founds_a_circle_for_an_organisation(self):
        club = self.make_member("Club", kind="association")
        self.make_delegate(club, self.ada.user_id)
        circle = self._create({"name": "Our people"}, as_member_id=club.id).sudo()
        self.assertEqual(circle.membership_ids.member_id, club)
        with self.refused("cannot act for"):
            self._create({"name": "Ours"}, self.bob, as_member_id=club.id)

    def test_who_cannot_act_founds_nothing(self):
        pending = self.make_member("Pending", state="pending")
        suspended = self.make_member("Suspended", state="suspended")
        for user in (
            pending.user_id,
            suspended.user_id,
            self.visitor,
            self.moderator,
            self.stranger,
        ):
            with self.assertRaises(UserError):
                self.circles.with_user(user).action_create({"name": "X"})

    # === CHANGE === #

    def test_organisers_and_moderators_change_a_circle(self):
        circle = self.open_circle
        for user, name in ((self.organiser.user_id, "One"), (self.moderator, "Two")):
            circle.with_user(user).action_update({"name": name, "join_mode": "request"})
            self.assertEqual(circle.name, name)
        self.assertEqual(circle.join_mode, "request")
        self.add_to_circle(circle, self.ada)
        for user in (self.ada.user_id, self.bob.user_id, self.desk, self.visitor):
            with self.refused("Only an organiser", AccessError):
                circle.with_user(user).action_update({"name": "Three"})

    def test_a_circle_becomes_secret_at_once(self):
        circle = self.open_circle.with_user(self.organiser.user_id)
        with self.refused("joined by invitation"):
            circle.action_update({"is_listed": False})
        circle.action_update({"is_listed": False, "join_mode": "invitation"})
        bob = self.open_circle.with_user(self.bob.user_id)
        self.assertFalse(bob.search([("id", "=", bob.id)]))
        with self.refused("joined by invitation"):
            circle.action_update({"join_mode": "open"})
        circle.action_update({"is_listed": True, "join_mode": "open"})
        self.assertTrue(bob.search([("id", "=", bob.id)]))

    def test_nothing_but_these_values_is_set(self):
        circle = self.open_circle.with_user(self.organiser.user_id)
        for key in ("company_id", "member_count", "active", "membership_ids", "id"):
            with self.refused("cannot be set"):
                circle.action_update({key: 1})

    # === CLOSE === #

    def test_closing_ends_every_place_and_tells_each(self):
        circle = self.request_circle
        self.add_to_circle(circle, self.ada)
        circle.with_user(self.bob.user_id).action_join()
        invited = self.make_member("Invited")
        circle.action_invite(invited.id)
        circle.with_user(self.organiser.user_id).action_close("We moved.")
        self.assertFalse(circle.active)
        self.assertEqual((circle.member_count, circle.organiser_count), (0, 0))
        self.assertEqual(set(circle.membership_ids.mapped("state")), {"left"})
        self.assertEqual(
            set(circle.membership_ids.mapped("ended_reason")), {"We moved."}
        )
        for member in (self.ada, self.bob, invited):
            mails = self.mails_to(member)
            self.assertEqual(len(mails), 1, member.name)
            self.assertIn("is closed", mails.subject)
            self.assertIn("We moved.", mails.body_html)
        self.assertFalse(self.mails_to(self.organiser))

    def test_reading_ends_at_once_for_all_but_moderators(self):
        self.add_to_circle(self.open_circle, self.ada)
        self.open_circle.with_user(self.organiser.user_id).action_close()
        circles = self.open_circle.with_context(active_test=False)
        for user in (
            self.ada.user_id,
            self.organiser.user_id,
            self.bob.user_id,
            self.visitor,
            self.desk,
        ):
            theirs = circles.with_user(user)
            self.assertFalse(theirs.search([("id", "=", theirs.id)]), user.login)
            with self.assertRaises(MissingError):
                theirs.action_join()
        self.assertTrue(circles.with_user(self.moderator).has_access("read"))

    def test_closing_twice_is_closing_once(self):
        self.add_to_circle(self.open_circle, self.ada)
        circle = self.open_circle.with_user(self.moderator)
        circle.action_close("x")
        circle.action_close("y")
        self.assertEqual(len(self.mails_to(self.ada)), 1)

    def test_archiving_by_staff_is_closing(self):
        self.add_to_circle(self.open_circle, self.ada)
        self.open_circle.with_user(self.moderator).action_archive()
        self.assertEqual(self.place_of(self.ada, self.open_circle).state, "left")
        self.assertIn("is closed", self.mails_to(self.ada).subject)
        self.assertEqual(self.ada.circle_count, 0)

    def test_a_closed_circle_takes_and_sends_nobody(self):
        circle = self.open_circle.with_user(self.moderator)
        circle.action_close()
        for call in (
            lambda: circle.action_invite(self.ada.id),
            lambda: circle.action_invite_email("x@example.com"),
            lambda: circle.action_create_link(),
        ):
            with self.refused("is closed"):
                call()

    def test_only_organisers_and_moderators_close(self):
        self.add_to_circle(self.open_circle, self.ada)
        for user in (self.ada.user_id, self.bob.user_id, self.desk, self.stranger):
            with self.refused("Only an organiser", AccessError):
                self.open_circle.with_user(user).action_close()
        with self.assertRaises(MissingError):
            self.hidden_circle.with_user(self.ada.user_id).action_close()

    # === NAME === #

    def test_a_circle_is_named_to_those_who_see_it_alone(self):
        """Who left reads the own membership, and not what the circle is called now."""
        self.add_to_circle(self.hidden_circle, self.ada)
        place = self.place_of(self.ada, self.hidden_circle).with_user(self.ada.user_id)
        self.assertEqual(
            place.read(["circle_id"])[0]["circle_id"][1], "The Dubois Family"
        )
        self.hidden_circle.with_user(self.ada.user_id).action_leave()
        self.hidden_circle.name = "Wedding of Chloe"
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(place.read(["circle_id"])[0]["circle_id"][1], "Circle")
        place = place.with_user(self.moderator)
        self.assertEqual(
            place.read(["circle_id"])[0]["circle_id"][1], "Wedding of Chloe"
        )

    # === CACHES === #

    def test_joining_and_leaving_clear_no_cache_that_others_use(self):
        cleared = []
        self.patch(
            type(self.registry), "clear_cache", lambda *names: cleared.append(names)
        )
        circle = self.open_circle.with_user(self.ada.user_id)
        circle.action_join()
        circle.action_leave()
        link = self.hidden_circle.with_user(self.organiser.user_id).action_create_link()
        token = link._get_url().rsplit("/", 1)[1]
        link.with_user(self.ada.user_id).action_accept(token)
        self.env.flush_all()
        self.assertFalse(cleared)
