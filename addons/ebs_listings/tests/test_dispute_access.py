# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import Form, new_test_user, tagged

from .common import make_image
from .dispute_common import DisputeCase


@tagged("ebs_listings", "ebs_security")
class TestDisputeAccess(DisputeCase):
    """A case is read by its two parties and the mediators of its platform."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.foreigner = new_test_user(
            cls.env,
            "foreign@staff.example.com",
            groups="ebs_base.group_ebs_mediator",
            company_id=cls.other_company.id,
            company_ids=[Command.set(cls.other_company.ids)],
        )
        cls.circle = cls.make_circle("Family", "invitation")
        cls.add_to_circle(cls.circle, cls.owner, cls.asker, cls.passer)

    def make_inside(self):
        return self.make_agreed(visibility="circles", circle_ids=self.circle.ids)

    def test_nobody_else_finds_a_case_its_lines_or_its_photos(self):
        dispute = self.open_case(photos=[make_image().decode()])
        parts = (dispute, dispute.line_ids, dispute.photo_ids)
        for user in (self.owner, self.asker, self.mediator, self.manager):
            for part in parts:
                self.assertTrue(self.reads(user, part), (user.name, part))
        outsiders = (self.passer, self.moderator, self.desk, self.foreigner)
        for user in outsiders:
            for part in parts:
                self.assertFalse(self.reads(user, part), (user.name, part))
        for part in parts:
            with self.assertRaises(AccessError):
                self.reads(self.visitor, part)
            with self.assertRaises(AccessError):
                part.with_user(self.passer.user_id).read(["display_name"])

    def test_a_private_line_is_for_its_side_and_the_mediators(self):
        dispute = self.take(self.open_case())
        photo = make_image().decode()
        self.say(self.owner, dispute, "He owes me.", is_private=True, photos=[photo])
        note = dispute.line_ids.filtered("is_private")
        self.assertFalse(self.mails_to(self.asker).filtered(self.tells("He owes me")))
        mediator_mails = self.env["mail.mail"].search(
            [("email_to", "ilike", self.mediator.email)]
        )
        self.assertTrue(mediator_mails.filtered(self.tells("He owes me")))
        for part in (note, note.photo_ids):
            for user in (self.owner, self.mediator, self.second):
                self.assertTrue(self.reads(user, part), user.name)
            self.assertFalse(self.reads(self.asker, part))
            with self.assertRaises(AccessError):
                part.with_user(self.asker.user_id).read()
        mine = self.by(self.asker, dispute)
        self.assertNotIn(note, mine.line_ids)
        self.assertFalse(mine.photo_ids)

    def test_a_mediator_s_note_is_for_mediators(self):
        dispute = self.take(self.open_case())
        self.say(self.mediator, dispute, "Odd story.", is_private=True)
        note = dispute.line_ids.filtered("is_private")
        self.assertTrue(self.reads(self.second, note))
        for member in (self.owner, self.asker):
            self.assertFalse(self.reads(member, note))
            self.assertFalse(self.mails_to(member).filtered(self.tells("Odd story")))

    def tells(self, words):
        return lambda mail: words in mail.body_html

    def test_members_and_mediators_write_nothing_past_the_buttons(self):
        dispute = self.take(self.open_case())
        for user in (self.asker.user_id, self.mediator, self.manager):
            for part in (dispute, dispute.line_ids):
                with self.assertRaises(AccessError):
                    part.with_user(user).write({"company_id": self.company.id})
                with self.assertRaises(AccessError):
                    part.with_user(user).unlink()

    def test_parties_do_not_learn_who_the_mediator_is(self):
        dispute = self.take(self.open_case())
        mine = self.by(self.asker, dispute)
        with self.assertRaises(AccessError):
            mine.read(["mediator_id"])
        with self.assertRaises(AccessError):
            mine.search([("mediator_id.name", "ilike", "Civil")])

    def test_the_conversation_is_open_to_mediators_until_the_outcome(self):
        self.by(self.asker, self.exchange).action_write("I come at six.")
        talk = self.exchange.message_line_ids
        self.assertFalse(self.reads(self.mediator, talk[:1]))
        dispute = self.open_case()
        for user in (self.mediator, self.second):
            self.assertTrue(self.reads(user, talk[:1]))
        for user in (self.moderator, self.desk, self.foreigner):
            self.assertFalse(self.reads(user, talk[:1]), user.name)
        self.take(dispute)
        self.say(self.owner, dispute)
        self.settle(dispute)
        self.assertFalse(self.reads(self.mediator, talk[:1]))

    def test_a_case_opens_one_exchange_of_a_circle_and_nothing_else(self):
        inside, other = self.make_inside(), self.make_inside()
        staff = (self.mediator, self.second, self.manager)
        for user in staff:
            self.assertFalse(self.reads(user, inside))
        dispute = self.open_case(exchange=inside, agreed=True)
        for user in staff:
            self.assertTrue(self.reads(user, inside), user.name)
            self.assertFalse(self.reads(user, other), user.name)
            self.assertFalse(self.reads(user, inside.listing_id), user.name)
        for user in (self.moderator, self.desk, self.foreigner, self.passer):
            self.assertFalse(self.reads(user, inside), user.name)
        self.take(dispute)
        self.say(self.owner, dispute)
        self.settle(dispute)
        for user in staff:
            self.assertFalse(self.reads(user, inside), user.name)
            self.assertTrue(self.reads(user, dispute), user.name)

    def test_inside_a_circle_one_is_told_before_and_says_so(self):
        inside = self.make_inside()
        for agreed in (None, False, "yes", 1):
            with self.subTest(agreed), self.refused("from outside it may read it"):
                self.open_case(exchange=inside, agreed=agreed)
        self.open_case(exchange=inside, agreed=True)
        for member in (self.owner, self.asker):
            body = self.mails_to(member)[0].body_html
            self.assertIn("although it was made inside a circle", body)

    def test_the_mediator_s_screen_opens_at_each_step(self):
        inside = self.make_inside()
        for exchange, agreed in ((self.exchange, False), (inside, True)):
            dispute = self.open_case(exchange=exchange, agreed=agreed)
            self.take(dispute)
            self.say(self.owner, dispute)
            for user in (self.mediator, self.manager):
                form = Form(dispute.with_user(user))
                self.assertEqual(form.title, exchange.title)
            self.settle(dispute)
            self.assertEqual(Form(dispute.with_user(self.mediator)).state, "settled")

    def test_the_mediator_s_dialogs_do_what_they_say(self):
        dispute = self.take(self.open_case())
        self.say(self.owner, dispute)
        env = self.env(
            user=self.mediator, context={"active_id": dispute.id, "lang": "en_US"}
        )
        with Form(env["ebs.dispute.write"]) as form:
            form.body = "Who has a photo?"
        form.record.action_confirm()
        self.assertEqual(dispute.line_ids[-1:].body, "Who has a photo?")
        with Form(env["ebs.dispute.settle"]) as form:
            self.assertIn("no deposit", form.hint)
            form.outcome = "payment"
            form.amount = 12
            form.text = "Twelve."
        form.record.action_confirm()
        self.assertEqual((dispute.state, dispute.outcome_amount), ("settled", 12))
