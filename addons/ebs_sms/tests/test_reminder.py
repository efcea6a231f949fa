# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields
from odoo.tools import mute_logger

from ..utils import gsm_length, to_gsm
from .common import SmsCase

FRIDAY, SUNDAY = "2026-11-27", "2026-11-29"
SATURDAY_10 = fields.Datetime.to_datetime("2026-11-28 09:00:00")


class TestReminder(SmsCase):
    """The day before a return, the borrower's telephone says so."""

    def remind(self, listing=None, member=None):
        """Lend from Friday to Sunday, let Saturday morning come; give the SMS."""
        loan = self.lend(member or self.borrower, listing or self.drill, FRIDAY, SUNDAY)
        with self.at(2026, 11, 27, 17):
            self.hand_over(loan)
        reminder = self.find_reminder(loan)
        self.assertEqual(reminder.due_at, SATURDAY_10)
        with self.at(2026, 11, 28, 9, 1):
            reminder._send()
        return self.env["sms.sms"].search([("ebs_reminder_id", "=", reminder.id)])

    def find_reminder(self, loan, kind="return"):
        return self.env["ebs.reminder"].search(
            [("exchange_id", "=", loan.id), ("kind", "=", kind)], limit=1
        )

    def test_who_is_late_is_told_by_sms_too(self):
        loan = self.lend(self.borrower, self.drill, FRIDAY, SUNDAY)
        with self.at(2026, 11, 27, 17):
            self.hand_over(loan)
        reminder = self.find_reminder(loan, "late")
        with self.at(2026, 11, 30, 9, 1):
            reminder._send()
        sms = self.env["sms.sms"].search([("ebs_reminder_id", "=", reminder.id)])
        self.assertIn('"Drill" was due back', sms.body)
        self.assertIn("Sunday 29 November", sms.body)
        self.assertLessEqual(gsm_length(sms.body), 160)

    def test_the_sms_waits_in_odoo_s_queue(self):
        sms = self.remind()
        self.assertEqual(len(sms), 1)
        self.assertEqual(sms.state, "outgoing")
        self.assertEqual(sms.number, "+33612345678")
        self.assertEqual(sms.record_company_id, self.company)
        self.assertEqual(sms.ebs_reminder_id.state, "sent")

    def test_it_tells_what_when_and_to_whom(self):
        body = self.remind().body
        self.assertIn("Drill", body)
        self.assertIn(self.owner.name, body)
        self.assertIn("Sunday", body)
        self.assertIn(self.company.name, body)

    def test_it_tells_nobody_s_address(self):
        self.owner.private_ids.write({"phone": "+33698765432"})
        body = self.remind().body
        for secret in ("98765432", "12345678", "@", "http"):
            self.assertNotIn(secret, body)

    def test_it_speaks_the_member_s_language_and_fits_in_one_message(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.borrower.user_id.lang = "fr_FR"
        sms = self.remind()
        self.assertIn("dimanche 29 novembre", sms.body)
        self.assertIn("rendre", sms.body)
        self.assertEqual(to_gsm(sms.body), sms.body)
        self.assertLessEqual(gsm_length(sms.body), 160)

    def test_a_long_title_is_shortened(self):
        drill = self.make_loan_listing(
            self.owner, name="Perceuse très " + "longue " * 12
        )
        sms = self.remind(drill)
        self.assertLessEqual(gsm_length(sms.body), 160)
        self.assertIn("Perceuse très longue", sms.body)
        self.assertIn("...", sms.body)
        self.assertIn(self.owner.name, sms.body)

    def test_names_cannot_push_the_rest_out(self):
        self.company.name = "Objethèque de la métropole " * 5
        owner = self.make_member("Maximilienne " * 4)
        sms = self.remind(self.make_loan_listing(owner, name="[{€}] " * 16))
        self.assertLessEqual(gsm_length(sms.body), 160)
        self.assertIn("Sunday", sms.body)

    def test_a_title_on_several_lines_makes_one_line(self):
        drill = self.make_loan_listing(self.owner, name="Drill\n🛠️ 2000\tW")
        self.assertIn('"Drill 2000 W"', self.remind(drill).body)

    def test_a_member_without_a_number_gets_the_mail_alone(self):
        sms = self.remind(member=self.rival)
        self.assertFalse(sms)
        self.assertTrue(self.mails_to(self.rival))

    def test_the_operator_can_switch_it_off(self):
        self.company.ebs_sms_reminders = False
        self.assertFalse(self.remind())

    def test_a_reminder_has_one_sms_at_most(self):
        sms = self.remind()
        with mute_logger("odoo.sql_db"), self.assertRaises(Exception) as caught:
            sms.copy({"ebs_reminder_id": sms.ebs_reminder_id.id}).flush_recordset()
        self.assertIn("ebs_reminder_once", str(caught.exception))

    def test_a_failure_is_noted_on_the_exchange(self):
        self.use_twilio(self.company)
        sms = self.remind()
        refusal = (400, '{"status": 400, "code": 21610, "message": "Opted out"}')
        with self.twilio_answers(refusal):
            self.run_queue()
        self.assertEqual(sms.state, "error")
        notes = sms.ebs_reminder_id.exchange_id.message_ids.mapped("body")
        self.assertTrue([note for note in notes if "Opted out" in note], notes)

    def test_the_audit_finds_an_sms_that_nobody_owes(self):
        sms = self.remind()
        self.env.flush_all()
        self.assertEqual(self.env["ebs.audit"]._run(), [])
        reminder = sms.ebs_reminder_id
        self.env.cr.execute(
            "UPDATE ebs_reminder SET state = 'waiting' WHERE id = %s", (reminder.id,)
        )
        self.assertIn(
            f"SMS {sms.id} speaks for reminder {reminder.id}, which is not sent",
            self.env["ebs.audit"]._run(),
        )
        self.env.cr.execute(
            "UPDATE ebs_reminder SET state = 'sent' WHERE id = %s", (reminder.id,)
        )
        sms.record_company_id = self.other_company
        self.env.flush_all()
        self.assertIn(
            f"SMS {sms.id} is not of the company of its reminder {reminder.id}",
            self.env["ebs.audit"]._run(),
        )
