# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.exceptions import AccessError, MissingError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import CirclesCase


class TestAnnouncement(CirclesCase):
    """News of a circle is read by it at once, and mailed to whoever wants it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ada = cls.make_member("Ada")
        cls.bob = cls.make_member("Bob")
        cls.add_to_circle(cls.hidden_circle, cls.ada, cls.bob)
        cls.hidden = cls.hidden_circle.with_user(cls.organiser.user_id)

    def _announce(self, body="The party is <on> Sunday."):
        return self.hidden.action_announce(body)

    # === MAILS === #

    def test_each_member_but_the_author_is_written_to_once(self):
        news = self._announce()
        self.assertEqual(news.sudo().state, "waiting")
        self.assertFalse(self.mails_to(self.ada))
        self.run_announcements()
        self.run_announcements()
        self.assertEqual(news.sudo().state, "sent")
        for member in (self.ada, self.bob):
            mail = self.mails_to(member)
            self.assertEqual(len(mail), 1)
            self.assertIn("The Dubois Family", mail.subject)
            self.assertIn("The party is &lt;on&gt; Sunday.", mail.body_html)
            self.assertIn("Odile", mail.body_html)
            self.assertEqual(mail.ebs_circle_id, self.hidden_circle)
            self.assertEqual(mail.ebs_member_id, member)
        self.assertFalse(self.mails_to(self.organiser))

    def test_who_wants_no_news_who_left_and_who_is_suspended_get_none(self):
        out, quiet, stopped = (self.make_member(name) for name in ("O", "Q", "S"))
        self.add_to_circle(self.hidden_circle, out, quiet, stopped)
        self.hidden_circle.with_user(quiet.user_id).action_set_news(False)
        self._announce()
        self.hidden_circle.with_user(out.user_id).action_leave()
        stopped.action_suspend("x")
        self.env["mail.mail"].search([]).unlink()
        self.run_announcements()
        for member in (out, quiet, stopped):
            self.assertFalse(self.mails_to(member), member.name)
        self.assertTrue(self.mails_to(self.ada))
        self.hidden_circle.with_user(quiet.user_id).action_set_news(True)
        self._announce()
        self.run_announcements()
        self.assertTrue(self.mails_to(quiet))

    def test_who_is_invited_or_applies_gets_none(self):
        invited = self.make_member("Invited")
        self.hidden.action_invite(invited.id)
        self.env["mail.mail"].search([]).unlink()
        self._announce()
        self.run_announcements()
        self.assertFalse(self.mails_to(invited))

    def test_a_closed_circle_writes_nothing_more(self):
        news = self._announce()
        self.hidden.action_close()
        self.env["mail.mail"].search([]).unlink()
        self.run_announcements()
        self.assertEqual(news.sudo().state, "sent")
        self.assertFalse(self.env["mail.mail"].search([]))

    def test_each_one_is_committed_on_its_own(self):
        for number in range(3):
            self._announce(f"News {number}")
        self.assertEqual(self.run_announcements(), [0, 1, 1, 1])

    def test_one_that_fails_holds_up_none_of_the_others(self):
        bad = self._announce("bad")
        good = self.open_circle.with_user(self.organiser.user_id)
        self.add_to_circle(self.open_circle, self.ada)
        good = good.action_announce("good")
        self.env.flush_all()
        self.env.cr.execute(
            """ALTER TABLE mail_mail ADD CONSTRAINT not_to_bob
               CHECK (email_to NOT LIKE '%%bob@%%') NOT VALID"""
        )
        with (
            self.assertLogs("odoo.addons.ebs_circles", "ERROR"),
            mute_logger("odoo.sql_db"),
        ):
            self.run_announcements()
        self.assertEqual((bad.sudo().state, good.sudo().state), ("waiting", "sent"))

    def test_the_mail_speaks_the_language_of_whoever_reads_it(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.env["ir.module.module"]._load_module_terms(
            ["ebs_base", "ebs_circles"], ["fr_FR"]
        )
        self.ada.user_id.lang = "fr_FR"
        self._announce("Dimanche")
        self.run_announcements()
        mail = self.mails_to(self.ada)
        self.assertEqual(mail.subject, "Des nouvelles du cercle « The Dubois Family »")
        self.assertIn("Bonjour Ada,", mail.body_html)

    # === WHO MAY WRITE === #

    def test_only_an_organiser_announces(self):
        for user in (self.ada.user_id, self.moderator, self.manager):
            with self.refused("Only an organiser", AccessError):
                self.hidden_circle.with_user(user).action_announce("x")
        for user in (self.visitor, self.desk, self.stranger):
            with self.assertRaises(MissingError):
                self.hidden_circle.with_user(user).action_announce("x")
        self.organiser.action_suspend("x")
        with self.assertRaises(MissingError):
            self.hidden.action_announce("x")
        with self.refused("Only an organiser", AccessError):
            circle = self.open_circle.with_user(self.organiser.user_id)
            circle.action_announce("x")

    def test_an_organisation_announces_by_its_delegate(self):
        club = self.make_member("Club", kind="association")
        delegate = self.make_member("Dora")
        self.make_delegate(club, delegate.user_id)
        circle = self.make_circle("Club people", "invitation", club)
        self.add_to_circle(circle, delegate)
        theirs = circle.with_user(delegate.user_id)
        news = theirs.action_announce("Found by itself").sudo()
        self.assertEqual((news.member_id, news.author_name), (club, "Club"))
        news = theirs.action_announce("Said", as_member_id=str(club.id)).sudo()
        self.assertEqual(news.member_id, club)
        with self.refused("Only an organiser", AccessError):
            theirs.action_announce("x", as_member_id=delegate.id)

    def test_words_are_asked_for_and_limited(self):
        for body in ("", None, "  ", "\x00"):
            with self.refused("what is new"):
                self.hidden.action_announce(body)
        for body in (["x"], {}, 1):
            with self.refused("type text"):
                self.hidden.action_announce(body)
        with self.refused("too long"):
            self.hidden.action_announce("x" * 4001)

    # === NEWS OR NOT === #

    def test_one_says_for_oneself_whether_one_wants_news(self):
        place = self.place_of(self.ada, self.hidden_circle)
        mine = place.with_user(self.ada.user_id)
        self.assertTrue(mine.wants_news)
        self.hidden_circle.with_user(self.ada.user_id).action_set_news(False)
        self.assertFalse(mine.wants_news)
        self.hidden_circle.with_user(self.ada.user_id).action_set_news(True)
        self.assertTrue(place.with_user(self.organiser.user_id).wants_news)
        self.assertFalse(place.with_user(self.bob.user_id).wants_news)
        with self.assertRaises(AccessError):
            place.with_user(self.bob.user_id).search([("is_mailed", "=", True)])
        outside = self.open_circle.with_user(self.ada.user_id)
        with self.refused("not in this circle"):
            outside.action_set_news(True)
        for wanted in (None, 1, 0, "no", [], {}):
            with self.refused("yes or no"):
                self.hidden_circle.with_user(self.ada.user_id).action_set_news(wanted)


@tagged("ebs_security")
class TestAnnouncementAccess(CirclesCase):
    def test_matrix_of_announcements(self):
        members = {
            name: self.make_member(name)
            for name in ("Inside", "Left", "Removed", "Invited", "Outside", "Stopped")
        }
        abroad = self.make_member("Abroad", company=self.other_company)
        circle = self.hidden_circle
        for name in ("Inside", "Left", "Removed", "Stopped"):
            self.add_to_circle(circle, members[name])
        circle.with_user(members["Left"].user_id).action_leave()
        self.place_of(members["Removed"], circle).action_remove()
        circle.action_invite(members["Invited"].id)
        members["Stopped"].action_suspend("x")
        news = circle.with_user(self.organiser.user_id).action_announce("x").sudo()
        readers = {"organiser", "Inside"}
        everybody = {name: member.user_id for name, member in members.items()}
        everybody |= {
            "organiser": self.organiser.user_id,
            "abroad": abroad.user_id,
            "visitor": self.visitor,
            "stranger": self.stranger,
            "desk": self.desk,
            "moderator": self.moderator,
            "manager": self.manager,
        }
        for name, user in everybody.items():
            with self.subTest(name):
                theirs = news.with_user(user)
                found = theirs.search([("id", "=", news.id)])
                self.assertEqual(bool(found), name in readers)
                self.assertEqual(theirs.has_access("read"), name in readers)
                for operation in ("write", "create", "unlink"):
                    self.assertFalse(theirs.has_access(operation))
