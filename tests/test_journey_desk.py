# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The day of the loan desk, in a real browser, in French.

Ten things go out in the morning and come back in the evening. One more is late,
one comes back damaged and its next loan gets another copy, one may not be kept
longer because somebody waits for it, and one ends with half of its deposit.
"""

from datetime import timedelta

import pytest
from odoo.addons.ebs_base.clock import clock_at, now
from odoo.fields import Command
from odoo.tests import tagged

from .test_journey import JourneyCase

THINGS = (
    "Appareil à raclette",
    "Barnum",
    "Diable pliant",
    "Échelle double",
    "Vidéoprojecteur",
)


@pytest.mark.slow
@tagged("post_install", "-at_install")
class TestJourneyDesk(JourneyCase):
    """What the association lends, and the two people of its team."""

    browser_size = "1366x900"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        platform = cls.lender.company_id
        for user in (cls.desk, cls.mediator):
            user.write(
                {
                    "company_ids": [Command.link(platform.id)],
                    "company_id": platform.id,
                    "lang": "fr_FR",
                }
            )
        cls.today = platform._ebs_today()
        cls.loans = {
            name: cls.lend_today(name, cls.make_member(f"Membre {number}", platform))
            for number, name in enumerate(THINGS)
        }
        cls.loans["Remorque"] = cls.ask_for(
            cls.make_thing("Remorque"), cls.make_member("Mona", platform)
        )
        cls.karim = cls.make_member("Karim", platform)
        cls.loans["Nettoyeur"] = cls.lend_today("Nettoyeur vapeur", cls.karim)
        cls.driver = cls.make_member("Dora", platform)
        cls.loans["Perceuse"] = cls.lend_today(
            "Perceuse à percussion",
            cls.driver,
            deposit_kind="cheque",
            deposit_amount=50,
        )
        cls.loans["Machine"] = cls.lend_today(
            "Machine à coudre",
            cls.make_member("Sonia", platform),
            deposit_kind="cash",
            deposit_amount=40,
        )
        cls.make_the_late_one(platform)
        cls.make_the_tent(platform)
        drill = cls.loans["Perceuse"].listing_id
        drill.copy_ids.code = "PERCEU22"
        everybody = cls.env["ebs.member"].search([("company_id", "=", platform.id)])
        everybody.user_id.lang = "fr_FR"

    # === THE WORLD === #

    @classmethod
    def make_thing(cls, name, copies=1, **values):
        """Something of the association, for which its team answers."""
        values = {"way": "lend", "agreement": "staff", **values}
        listing = cls.make_listing(cls.lender, name=name, **values)
        listing._set_copy_count(copies)
        return listing

    @classmethod
    def ask_for(cls, listing, member, first=None, last=None):
        """A request, with all rights: for today unless told otherwise."""
        first = first or cls.today
        values = {"way": "lend", "message": "Bonjour !"}
        values |= {"date_start": str(first), "date_end": str(last or first)}
        return cls.by(member, listing).action_ask(values).sudo()

    @classmethod
    def lend(cls, listing, member, first=None, last=None):
        """A request to which the team has said yes."""
        loan = cls.ask_for(listing, member, first, last)
        loan.with_user(cls.desk).action_accept()
        return loan

    @classmethod
    def lend_today(cls, name, member, **values):
        return cls.lend(cls.make_thing(name, **values), member)

    @classmethod
    def make_the_tent(cls, platform):
        """Two tents with a check-list; the first one is promised for next week."""
        camping = cls.make_category("Camping", company=platform)
        camping.write({"checklist": "Toile\nArceaux", "condition_required": True})
        tent = cls.make_thing("Tente trois places", 2, category_id=camping.id)
        cls.loans["Tente"] = cls.lend(tent, cls.make_member("Malik", platform))
        later = cls.today + timedelta(days=7)
        cls.next_loan = cls.lend(tent, cls.make_member("Jeanne", platform), later)

    @classmethod
    def make_the_late_one(cls, platform):
        """A mower that was due two days ago."""
        day = cls.today - timedelta(days=4)
        with clock_at(now() - timedelta(days=4)):
            cls.late = cls.lend(
                cls.make_thing("Tondeuse"),
                cls.make_member("Gaston", platform),
                day,
                day + timedelta(days=2),
            )
            cls.late.with_user(cls.desk).action_hand_over()

    def play(self, tour, user, url="/odoo/loan-desk"):
        """Let one of the team play a part of the day."""
        self.start_tour(url, f"ebs_desk_{tour}", login=user.login, timeout=240)
        self.env.invalidate_all()

    def states(self):
        return {name: loan.state for name, loan in self.loans.items()}

    # === THE DAY === #

    def test_the_day_of_the_desk(self):
        with self.assertLogs("odoo.http", "WARNING") as refusals:
            self.play("morning", self.desk)
        self.assertIn("AUCUNE22", str(refusals.output))
        self.assertEqual(len(refusals.output), 1)
        self.assertEqual(self.states(), dict.fromkeys(self.loans, "ongoing"))
        self.assertEqual(len(self.loans), 10)
        for name in ("Perceuse", "Machine"):
            self.assertEqual(self.loans[name].deposit_id.state, "held")
        report = self.loans["Tente"]._get_report("hand_over")
        self.assertEqual(report.checks, [["Toile", True], ["Arceaux", True]])
        self.assertEqual(report.note, "Complète et sèche.")
        self.assertEqual(len(report.photo_ids), 1)
        self.assertEqual(report.user_id, self.desk)

        place = self.ask_for_longer()
        self.play("extension", self.desk)
        steamer = self.loans["Nettoyeur"]
        self.assertFalse(steamer.extension_asked_until)
        self.assertEqual(steamer.day_end, self.today)
        answer = self.read_mail(self.karim.user_id.login)
        self.assertIn("pas durer plus longtemps", answer)

        damaged = self.loans["Tente"].copy_id
        self.assertEqual(self.next_loan.copy_id, damaged)
        self.play("evening", self.desk)
        ends = dict.fromkeys(self.loans, "done") | {"Perceuse": "returned"}
        self.assertEqual(self.states(), ends)
        self.assertEqual(self.late.state, "done")
        self.assertEqual(self.loans["Machine"].deposit_id.state, "returned")
        report = self.loans["Tente"]._get_report("return")
        self.assertEqual(report.checks, [["Toile", True], ["Arceaux", False]])
        self.assertEqual(report.note, "Un arceau est cassé.")
        self.assertEqual(damaged.state, "damaged")
        self.assertEqual(self.next_loan.copy_id, damaged.listing_id.copy_ids - damaged)
        self.assertEqual(place.state, "held", "it is kept for who waited")

        case = self.open_a_case()
        self.play("mediation", self.mediator, "/odoo/ebs-mediation")
        deposit = self.loans["Perceuse"].deposit_id
        self.assertEqual((case.state, case.outcome), ("settled", "keep"))
        self.assertEqual(case.mediator_id, self.mediator)
        self.assertEqual((deposit.state, deposit.kept_amount), ("kept", 25))
        self.assertEqual(self.loans["Perceuse"].state, "done")

        self.play("closing", self.desk)
        self.assertEqual(self.env["ebs.audit"]._run(), [])

    def ask_for_longer(self):
        """Another member waits for what Karim would like to keep."""
        loan = self.loans["Nettoyeur"]
        waiting = self.make_member("Wanda", loan.company_id)
        place = self.by(waiting, loan.listing_id).action_wait().sudo()
        until = self.today + timedelta(days=2)
        self.by(self.karim, loan).action_extend(str(until))
        self.assertEqual(loan.extension_asked_until, until)
        self.assertEqual(loan.day_end, self.today)
        return place

    def open_a_case(self):
        """The owner complains about the drill, and its borrower answers."""
        loan = self.by(self.lender, self.loans["Perceuse"])
        case = loan.action_open_dispute({"reason": "Le mandrin est voilé."})
        self.by(self.lender, case).action_write({"body": "Il tournait rond hier."})
        self.by(self.driver, case).action_write({"body": "Elle m'a échappé, pardon."})
        return case.sudo()
