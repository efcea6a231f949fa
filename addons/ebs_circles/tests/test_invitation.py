# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.addons.ebs_base import clock
from odoo.exceptions import AccessError, MissingError, UserError
from odoo.tests import tagged
from odoo.tools.misc import hash_sign

from .common import CirclesCase


@tagged("ebs_security")
class TestInvitation(CirclesCase):
    """A link into a circle serves whom it should, as long as it should."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ada = cls.make_member("Ada")
        cls.bob = cls.make_member("Bob")
        cls.hidden = cls.hidden_circle.with_user(cls.organiser.user_id)

    def _link(self, days=14):
        return self.hidden.action_create_link(days)

    def _token(self, invitation):
        return invitation._get_url().rsplit("/", 1)[1]

    def _accept(self, member, token, **kwargs):
        invitations = self.env["ebs.circle.invitation"].with_user(member.user_id)
        return invitations.action_accept(token, **kwargs)

    def _letters(self, address="neighbour@example.org"):
        return self.env["mail.mail"].search([("email_to", "=", address)])

    # === BY A LINK === #

    def test_a_link_serves_several_people(self):
        link = self._link()
        self.assertFalse(link.env.su)
        for number, member in enumerate((self.ada, self.bob), 1):
            circle = self._accept(member, self._token(link))
            self.assertEqual(circle, self.hidden_circle)
            self.assertFalse(circle.env.su)
            self.assertTrue(circle.has_access("read"))
            self.assertEqual(link.sudo().use_count, number)
        self.assertEqual(link.sudo().state, "open")
        self.assertEqual(self.hidden_circle.member_count, 3)

    def test_coming_twice_counts_once(self):
        link = self._link()
        self._accept(self.ada, self._token(link))
        self._accept(self.ada, self._token(link))
        self.assertEqual(link.sudo().use_count, 1)
        self.assertEqual(self.hidden_circle.member_count, 2)

    def test_a_link_lets_in_at_once_whatever_the_mode(self):
        circle = self.request_circle.with_user(self.organiser.user_id)
        token = self._token(circle.action_create_link())
        self.request_circle.with_user(self.ada.user_id).action_join("Please.")
        self._accept(self.ada, token)
        place = self.place_of(self.ada, self.request_circle)
        self.assertEqual(place.state, "active")
        self.assertFalse(place.answer)

    def test_who_left_or_was_refused_may_come_by_a_link_and_who_was_removed_not(self):
        circle = self.request_circle
        token = self._token(circle.with_user(self.moderator).action_create_link())
        circle.with_user(self.ada.user_id).action_join()
        self.place_of(self.ada, circle).action_refuse()
        self._accept(self.ada, token)
        circle.with_user(self.ada.user_id).action_leave()
        self._accept(self.ada, token)
        self.place_of(self.ada, circle).action_remove()
        with self.refused("ended your membership"):
            self._accept(self.ada, token)

    def test_a_delegate_accepts_for_the_club(self):
        club = self.make_member("Club", kind="association")
        self.make_delegate(club, self.ada.user_id)
        self._accept(self.ada, self._token(self._link()), as_member_id=club.id)
        self.assertEqual(self.place_of(club, self.hidden_circle).state, "active")
        self.assertFalse(self.place_of(self.ada, self.hidden_circle))

    def test_who_is_no_approved_member_is_told_so(self):
        token = self._token(self._link())
        for state, confirmed, words in (
            ("pending", False, "confirm your e-mail"),
            ("pending", True, "must approve"),
            ("suspended", True, "suspended"),
        ):
            who = self.make_member(
                f"X{state}{confirmed}", state=state, confirmed=confirmed
            )
            with self.refused(words):
                self._accept(who, token)
        abroad = self.make_member("Abroad", company=self.other_company)
        with self.refused("not a member here"):
            self._accept(abroad, token)
        invitations = self.env["ebs.circle.invitation"].with_user(self.visitor)
        with self.refused("sign up first"):
            invitations.action_accept(token)

    def test_days_are_from_one_to_ninety(self):
        for days, expected in ((1, 1), (90, 90), ("7", 7)):
            link = self._link(days)
            delay = link.sudo().expires_at - clock.now()
            self.assertLessEqual(abs(delay.total_seconds() - expected * 86400), 2)
        for days in (0, 91, -1, None, "x", [7], {}, True, 10**30, 1.5, ""):
            with self.refused("from 1 to 90"):
                self._link(days)

    # === WHAT SERVES NO MORE === #

    def test_what_does_not_serve_is_refused_in_the_same_words(self):
        expired, revoked, closed = self._link(1), self._link(), None
        revoked.action_revoke()
        circle = self.make_circle("Gone", "open")
        closed = circle.with_user(self.organiser.user_id).action_create_link()
        circle.with_user(self.organiser.user_id).action_close()
        letter = self.hidden.action_invite_email("neighbour@example.org")
        self._accept(self.bob, self._token(letter))
        good = self._token(self._link())
        env = self.env(su=True)
        tokens = {
            "expired": self._token(expired),
            "revoked": self._token(revoked),
            "of a closed circle": self._token(closed),
            "used": self._token(letter),
            "forged": good[:-6] + "AAAAAA",
            "cut": good[:-1],
            "of another purpose": hash_sign(env, "ebs_confirm", [self._link().id]),
            "of nothing": hash_sign(env, "ebs_circle_invitation", [2**31 - 1]),
            "of too much": hash_sign(env, "ebs_circle_invitation", [1, 2]),
            "of a word": hash_sign(env, "ebs_circle_invitation", ["x"]),
            "of no list": hash_sign(env, "ebs_circle_invitation", 7),
            "garbage": "\x00é\ud800",
            "huge": "A" * 100_000,
        }
        tokens.update(
            {repr(one): one for one in (None, 1, 1.5, True, [], {}, [good], "", "=")}
        )
        with self.later(days=2):
            self.assertTrue(self.env["ebs.circle.invitation"]._read_token(good))
            for name, token in tokens.items():
                with self.subTest(name):
                    self.assertFalse(
                        self.env["ebs.circle.invitation"]._read_token(token)
                    )
                    with self.refused("^This invitation does not serve any more"):
                        self._accept(self.ada, token)
        self.assertFalse(self.place_of(self.ada, self.hidden_circle))

    def test_links_of_who_left_or_is_suspended_serve_no_more(self):
        self.add_to_circle(self.hidden_circle, self.bob)
        self.place_of(self.bob, self.hidden_circle).action_make_organiser()
        theirs = self.hidden_circle.with_user(self.bob.user_id)
        first, kept = theirs.action_create_link(), self._link()
        self.bob.action_suspend("x")
        self.assertFalse(first.sudo().is_good)
        self.bob.action_reinstate()
        self.assertTrue(first.sudo().is_good)
        theirs.action_leave()
        self.assertEqual(first.sudo().state, "revoked")
        self.assertEqual(kept.sudo().state, "open")

    # === BY E-MAIL === #

    def test_an_address_gets_a_letter_and_its_link_serves_once(self):
        letter = self.hidden.action_invite_email(
            " Neighbour@Example.org ", "Hello <b>!"
        )
        [mail] = self._letters()
        self.assertEqual(mail.state, "outgoing")
        self.assertEqual(mail.ebs_circle_id, self.hidden_circle)
        self.assertFalse(mail.ebs_member_id)
        self.assertIn("The Dubois Family", mail.body_html)
        self.assertIn("Odile", mail.body_html)
        self.assertIn("Hello &lt;b&gt;!", mail.body_html)
        self.assertIn(letter._get_url(), mail.body_html)
        self.assertNotIn("odile@example.com", mail.body_html)
        self._accept(self.ada, self._token(letter))
        self.assertEqual(letter.sudo().state, "used")
        with self.refused("does not serve"):
            self._accept(self.bob, self._token(letter))

    def test_the_letter_says_the_same_whether_or_not_there_is_an_account(self):
        self.ada.user_id.lang = "en_US"
        texts = set()
        for address in (self.ada.user_id.email, "nobody@example.org"):
            letter = self.hidden.action_invite_email(address, "Hi")
            [mail] = self._letters(address)
            texts.add((mail.subject, mail.body_html.replace(self._token(letter), "T")))
        self.assertEqual(len(texts), 1)

    def test_a_second_letter_takes_the_first_back(self):
        first = self.hidden.action_invite_email("neighbour@example.org")
        second = self.hidden.action_invite_email("neighbour@example.org")
        self.assertEqual(first.sudo().state, "revoked")
        self.assertIn(second._get_url(), self._letters().body_html)

    def test_taking_back_deletes_the_letter_that_still_lies_there(self):
        letter = self.hidden.action_invite_email("neighbour@example.org")
        other = self.hidden.action_invite_email("other@example.org")
        letter.action_revoke()
        letter.action_revoke()
        self.assertFalse(self._letters())
        self.assertTrue(self._letters("other@example.org"))
        self._accept(self.ada, self._token(other))
        with self.refused("has come by this invitation"):
            other.action_revoke()

    def test_thirty_letters_a_day(self):
        for number in range(30):
            self.hidden.action_invite_email(f"n{number}@example.org")
        with self.refused("30 invitations by e-mail today"):
            self.hidden.action_invite_email("n30@example.org")
        self.assertEqual(self.hidden_circle.mailed_count, 30)
        circle = self.open_circle.with_user(self.organiser.user_id)
        circle.action_invite_email("n30@example.org")
        with self.later(days=1):
            self.hidden.action_invite_email("n30@example.org")
        self.assertEqual(self.hidden_circle.mailed_count, 1)

    def test_an_address_is_an_address(self):
        for address in (
            None, "", "x", "a@b@c", "é@example.org", ["a@example.org"], {}, 7,
            "a@example.org, b@example.org", "x" * 300, "a@exam ple.org\r\nBcc: b@c.de",
        ):  # fmt: skip
            with self.assertRaises(UserError, msg=repr(address)):
                self.hidden.action_invite_email(address)
        with self.refused("type text"):
            self.hidden.action_invite_email("a@example.org", ["x"])

    # === WHO MAY === #

    def test_only_organisers_and_moderators_invite_and_read_invitations(self):
        self.add_to_circle(self.hidden_circle, self.ada)
        link = self._link()
        letter = self.hidden.action_invite_email("neighbour@example.org")
        both = (link | letter).sudo(False)
        for user, may in (
            (self.organiser.user_id, True),
            (self.moderator, True),
            (self.manager, True),
            (self.ada.user_id, False),
            (self.bob.user_id, False),
            (self.desk, False),
            (self.stranger, False),
            (self.visitor, False),
        ):
            theirs = both.with_user(user)
            domain = [("id", "in", both.ids)]
            self.assertEqual(len(theirs.search(domain)), 2 if may else 0, user.login)
            self.assertEqual(theirs.search_count(domain), 2 if may else 0)
            for one in theirs:
                self.assertEqual(one.has_access("read"), may, user.login)
            for operation in ("write", "create", "unlink"):
                self.assertFalse(theirs.has_access(operation), operation)
            if not may:
                with self.assertRaises(MissingError):
                    theirs[0].action_revoke()
        for call in ("action_create_link", "action_invite_email"):
            args = ["x@example.org"] if call == "action_invite_email" else []
            with self.refused("Only an organiser", AccessError):
                getattr(self.hidden_circle.with_user(self.ada.user_id), call)(*args)
            with self.assertRaises(MissingError):
                getattr(self.hidden_circle.with_user(self.bob.user_id), call)(*args)

    def test_an_address_is_read_by_staff_alone(self):
        letter = self.hidden.action_invite_email("neighbour@example.org")
        with self.assertRaises(AccessError):
            letter.read(["email"])
        with self.assertRaises(AccessError):
            letter.search([("email", "ilike", "neighbour")])
        self.assertEqual(
            letter.with_user(self.moderator).email, "neighbour@example.org"
        )

    def test_a_moderator_invites_in_the_name_of_the_team(self):
        circle = self.hidden_circle.with_user(self.moderator)
        letter = circle.action_invite_email("neighbour@example.org")
        self.assertFalse(letter.sudo().member_id)
        self.assertIn("The team of Platform Alder", self._letters().body_html)
        self.assertNotIn("Civil", self._letters().body_html)
