# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.exceptions import AccessError, MissingError, UserError
from odoo.tests import tagged

from .common import ListingsCase


@tagged("ebs_listings")
class TestAlert(ListingsCase):
    """A search is kept by one account, and is nobody else's business."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.member = cls.make_member("Anna")
        cls.other = cls.make_member("Boris")

    def make(self, filters=None, member=None, **kwargs):
        alerts = self.by(member or self.member, self.env["ebs.alert"])
        alerts = alerts.with_company(self.company)
        return alerts.action_create(
            {"q": "drill"} if filters is None else filters, **kwargs
        )

    def count(self, member=None):
        return (member or self.member).sudo().private_ids.alert_count

    def test_a_search_is_kept_with_its_words(self):
        alert = self.make(
            {"q": " drill ", "category": str(self.garden.id), "way": "give", "zone": ""}
        )
        self.assertEqual(
            alert._get_filters(),
            {"q": "drill", "category": str(self.garden.id), "way": "give"},
        )
        give = self.get_way("give").with_user(self.member.sudo().user_id).name
        self.assertEqual(alert.name, f"drill · Garden · {give}")
        self.assertEqual(
            self.make(name="  My   tools ", filters={"q": "a"}).name, "My tools"
        )
        self.assertEqual(self.count(), 2)

    def test_the_same_search_twice_is_one_alert_and_goes_on(self):
        alert = self.make()
        alert.action_pause()
        self.assertTrue(alert.paused)
        self.assertEqual(self.make(), alert)
        self.assertFalse(alert.paused)
        self.assertEqual(self.count(), 1)

    def test_what_makes_no_alert_is_a_sentence(self):
        for filters, sentence in (
            ({}, "search for something first"),
            ({"q": "  ", "zone": ""}, "search for something first"),
            ({"within": "5"}, "search for something first"),
            ({"sort": "newest", "q": "a"}, "cannot be set here"),
            ({"q": ["a"]}, "type text"),
            ({"q": 12}, "type text"),
            ({"q": "x" * 101}, "too long"),
            ("drill", "Nothing was sent"),
        ):
            with (
                self.subTest(filters=filters),
                self.assertRaisesRegex(UserError, sentence),
            ):
                self.make(filters)
        with self.assertRaisesRegex(UserError, "too long"):
            self.make(name="x" * 61)
        self.assertEqual(self.count(), 0)

    def test_ten_alerts_and_no_more(self):
        for number in range(10):
            self.make({"q": f"word {number}"})
        with self.refused("10 alerts already"):
            self.make({"q": "one more"})
        self.by(self.member, self.env["ebs.alert"]).search([], limit=1).action_delete()
        self.assertEqual(self.count(), 9)
        self.make({"q": "one more"})
        self.assertEqual(self.count(), 10)

    def test_nobody_else_sees_or_touches_it(self):
        alert = self.make()
        none = alert.browse(2**31 - 1)
        users = [self.other.sudo().user_id, self.moderator, self.manager, self.stranger]
        for user in users:
            self.assertFalse(self.env["ebs.alert"].with_user(user).search_count([]))
            for record in (alert, none):
                for act in ("action_delete", "action_pause", "action_resume"):
                    with self.assertRaises(MissingError) as refusal:
                        getattr(record.with_user(user), act)()
                    self.assertIn("does not exist", str(refusal.exception))
        with self.assertRaises(AccessError):
            self.env["ebs.alert"].with_user(self.visitor).search([])
        self.assertTrue(alert.exists())

    def test_it_can_be_written_by_no_other_way(self):
        alert = self.make()
        with self.assertRaises(AccessError):
            alert.write({"paused": True})
        with self.assertRaises(AccessError):
            alert.unlink()
        with self.assertRaises(AccessError):
            alert.create({"name": "x"})

    def test_who_may_not_act_keeps_no_search(self):
        newcomer = self.make_member("Nina", confirmed=False, state="pending")
        with self.assertRaisesRegex(UserError, "confirm your e-mail"):
            self.make(member=newcomer)
        with self.assertRaisesRegex(UserError, "cannot act for"):
            self.make(as_member_id=self.other.id)

    def test_of_two_delegates_each_sees_their_own(self):
        """What one of them may see is not for the other to learn of."""
        club = self.make_member("Club", kind="association")
        delegate = self.make_delegate(club, self.member.sudo().user_id)
        self.make_delegate(club, self.other.sudo().user_id)
        alert = self.make(as_member_id=club.id)
        for member, seen in ((self.member, True), (self.other, False), (club, False)):
            alerts = self.by(member, self.env["ebs.alert"])
            self.assertEqual(bool(alerts.search([])), seen, member.name)
        delegate.active = False
        self.assertFalse(self.by(self.member, alert).search([]))

    def test_the_default_name_is_cut_and_holds_no_circle(self):
        circle = self.make_circle("Family", "invitation")
        self.add_to_circle(circle, self.member)
        alert = self.make({"circle": str(circle.id)})
        self.assertEqual(alert.name, "My search")
        self.assertEqual(len(self.make({"q": "x" * 90}).name), 60)
