# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.addons.ebs_base.tests.test_utils import make_picture
from odoo.exceptions import AccessError, MissingError
from odoo.tests import tagged

from .common import CirclesCase


@tagged("ebs_security")
class TestAccessMatrix(CirclesCase):
    """Who sees which circle, and who sees who is in it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.inside = cls.make_member("Inside")
        cls.fellow = cls.make_member("Fellow")
        cls.invited = cls.make_member("Invited")
        cls.applicant = cls.make_member("Applicant")
        cls.gone = cls.make_member("Gone")
        cls.removed = cls.make_member("Removed")
        cls.suspended = cls.make_member("Suspended")
        cls.outside = cls.make_member("Outside")
        cls.club = cls.make_member("Club", kind="association")
        cls.pending = cls.make_member("Pending", state="pending")
        cls.abroad = cls.make_member("Abroad", company=cls.other_company)
        cls.delegate_user = cls.make_user("delegate@example.com")
        cls.removed_user = cls.make_user("removed.delegate@example.com")
        cls.make_delegate(cls.club, cls.delegate_user)
        cls.make_delegate(cls.club, cls.removed_user).action_archive()
        for circle in (cls.hidden_circle, cls.request_circle):
            cls.add_to_circle(
                circle,
                cls.inside,
                cls.fellow,
                cls.gone,
                cls.removed,
                cls.suspended,
                cls.club,
            )
            circle.with_user(cls.gone.user_id).action_leave()
            circle._find_membership(cls.removed).action_remove()
            circle.action_invite(cls.invited.id)
        cls.request_circle.with_user(cls.applicant.user_id).action_join()
        cls.suspended.action_suspend("x")
        everybody = cls.organiser | cls.inside | cls.fellow | cls.club | cls.suspended
        cls.active = everybody
        nobody = everybody.browse()
        all_requested = everybody | cls.invited | cls.applicant | cls.gone | cls.removed
        # who: (user, sees the hidden circle, whose places on request, hidden ones)
        cls.people = {
            "visitor": (cls.visitor, False, nobody, nobody),
            "organiser": (
                cls.organiser.user_id,
                True,
                all_requested,
                all_requested - cls.applicant,
            ),
            "member": (cls.inside.user_id, True, everybody, everybody),
            "invited": (cls.invited.user_id, True, cls.invited, cls.invited),
            "applicant": (cls.applicant.user_id, False, cls.applicant, nobody),
            "who left": (cls.gone.user_id, False, cls.gone, cls.gone),
            "removed": (cls.removed.user_id, False, cls.removed, cls.removed),
            "suspended": (
                cls.suspended.user_id,
                False,
                cls.suspended,
                cls.suspended,
            ),
            "outside": (cls.outside.user_id, False, nobody, nobody),
            "pending": (cls.pending.user_id, False, nobody, nobody),
            "delegate": (cls.delegate_user, True, everybody, everybody),
            "removed delegate": (cls.removed_user, False, nobody, nobody),
            "abroad": (cls.abroad.user_id, False, nobody, nobody),
            "stranger": (cls.stranger, False, nobody, nobody),
            "desk": (cls.desk, False, nobody, nobody),
            "moderator": (
                cls.moderator,
                True,
                all_requested,
                all_requested - cls.applicant,
            ),
            "manager": (
                cls.manager,
                True,
                all_requested,
                all_requested - cls.applicant,
            ),
        }

    def test_matrix_of_circles(self):
        ours = self.open_circle | self.request_circle | self.hidden_circle
        for who, (user, sees_hidden, _requested, _hidden) in self.people.items():
            expected = ours if sees_hidden else ours - self.hidden_circle
            with self.subTest(who):
                circles = ours.with_user(user)
                domain = [("id", "in", ours.ids)]
                self.assertEqual(circles.search(domain), expected)
                self.assertEqual(circles.search_count(domain), len(expected))
                for circle in circles:
                    may = circle.has_access("read")
                    self.assertEqual(may, circle.sudo(False) in expected, circle.id)
                for operation in ("write", "create", "unlink"):
                    may = circles[0].has_access(operation)
                    staff = who in ("moderator", "manager") and operation != "unlink"
                    self.assertEqual(may, staff, operation)

    def test_matrix_of_memberships(self):
        for who, (user, _sees, requested, hidden) in self.people.items():
            for circle, expected in (
                (self.request_circle, requested),
                (self.hidden_circle, hidden),
            ):
                with self.subTest(who, circle=circle.name):
                    places = self.env["ebs.circle.member"].with_user(user)
                    found = places.search([("circle_id", "=", circle.id)])
                    self.assertEqual(found.sudo().member_id, expected)
                    for place in circle.membership_ids.with_user(user):
                        may = place.has_access("read")
                        member = place.sudo().member_id
                        self.assertEqual(may, member in expected, member.name)

    def test_a_hidden_circle_leaves_no_trace_in_searches_through_others(self):
        outside = self.outside.user_id
        members = self.env["ebs.member"].with_user(outside)
        with self.assertRaises(AccessError):
            members.search([("circle_membership_ids.circle_id.name", "ilike", "dub")])
        places = self.env["ebs.circle.member"].with_user(outside)
        self.assertFalse(places.search([("circle_id.name", "ilike", "dubois")]))
        circles = self.env["ebs.circle"].with_user(outside)
        groups = circles._read_group([], ["join_mode"], ["__count"])
        self.assertNotIn("invitation", [mode for mode, _count in groups])

    def test_a_picture_of_a_hidden_circle_is_served_to_its_members_only(self):
        self.hidden_circle.image_1920 = make_picture()
        for who, (user, sees, _requested, _hidden) in self.people.items():
            with self.subTest(who):
                binary = self.env["ir.binary"].with_user(user)
                try:
                    binary._find_record(
                        None, "ebs.circle", self.hidden_circle.id, None, "image_512"
                    )
                    served = True
                except (AccessError, MissingError):
                    served = False
                self.assertEqual(served, sees)

    def test_the_circles_of_a_persona_are_found_in_one_query(self):
        personas = self.inside | self.fellow | self.organiser
        places = self.env["ebs.circle.member"].with_user(self.outside.user_id)
        places._get_circle_ids(personas)
        with self.assertQueryCount(1):
            ids = places._get_circle_ids(personas)
        self.assertEqual(
            set(ids),
            {self.open_circle.id, self.request_circle.id, self.hidden_circle.id},
        )
        self.assertEqual(places._get_circle_ids(personas.browse()), [])

    def test_staff_work_on_their_own_platform_only(self):
        foreign = self.make_circle("There", "invitation", self.abroad)
        self.assertFalse(foreign.with_user(self.moderator).has_access("read"))
        self.assertFalse(foreign.with_user(self.moderator).has_access("write"))
