# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date
from unittest.mock import patch

import psycopg2
from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import SQL, mute_logger

from .test_copy_states import CopiesCase


@tagged("ebs_loans")
class TestKits(CopiesCase):
    """A tent, two sleeping bags and a stove: lent as one, all or nothing."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.tent = cls.make_loan_listing(cls.owner, name="Tent", copies=2)
        cls.bag = cls.make_loan_listing(cls.owner, name="Bag", copies=3)
        cls.stove = cls.make_loan_listing(cls.owner, name="Stove")
        cls.kit = cls.make_loan_listing(cls.owner, name="Camping kit", copies=0)
        cls.parts = [
            {"listing_id": cls.tent.id, "quantity": 1},
            {"listing_id": cls.bag.id, "quantity": "2"},
            {"listing_id": cls.stove.id, "quantity": 1},
        ]
        cls.kit.with_user(cls.owner.user_id).action_save(
            {"parts": cls.parts, "copy_count": 0}
        )

    def save(self, **values):
        self.by(self.owner, self.kit).action_save(values)

    def copies_of(self, loan):
        return sorted(
            f"{copy.listing_id.name} {copy.number}"
            for copy in loan.sudo().booking_ids.copy_id
        )

    # === WHAT IT TAKES === #

    def test_a_kit_takes_a_copy_of_each_part_in_one_exchange(self):
        loan = self.lend(self.borrower, self.kit, "2026-11-27", "2026-11-29").sudo()
        self.assertEqual(self.copies_of(loan), ["Bag 1", "Bag 2", "Stove 1", "Tent 1"])
        self.assertEqual(loan.copy_quantity, 4)
        self.assertEqual(loan.copy_ids, loan.booking_ids.copy_id)
        self.assertIn(loan.copy_id, loan.copy_ids)
        self.assertEqual(loan.kit_text, "1 × Tent, 2 × Bag, 1 × Stove")
        self.assertEqual(self.audit(), [])

    def test_a_kit_with_a_copy_of_its_own_takes_it_too_and_is_known_by_it(self):
        self.save(copy_count=1)
        loan = self.lend(self.borrower, self.kit, "2026-11-27").sudo()
        self.assertIn("Camping kit 1", self.copies_of(loan))
        self.assertEqual(loan.copy_id.listing_id, self.kit)

    def test_a_part_taken_alone_makes_the_kit_taken(self):
        self.lend(self.rival, self.stove, "2026-11-28")
        with self.refused("Already taken on Saturday 28 November"):
            self.ask(self.borrower, self.kit, "2026-11-27", "2026-11-29")
        busy = self.kit._get_busy_days(date(2026, 11, 23), date(2026, 11, 30))
        self.assertEqual(busy, {date(2026, 11, 28)})

    def test_the_kit_makes_its_parts_taken(self):
        self.lend(self.borrower, self.kit, "2026-11-27")
        with self.refused("Already taken"):
            self.ask(self.rival, self.stove, "2026-11-27")
        self.lend(self.rival, self.bag, "2026-11-27")
        with self.refused("Already taken"):
            self.ask(self.make_member("Zoe"), self.bag, "2026-11-27")

    def test_enough_of_each_part_is_needed_not_one(self):
        self.lend(self.rival, self.bag, "2026-11-27")
        self.lend(self.borrower, self.kit, "2026-11-27")
        self.lend(self.rival, self.bag, "2026-12-01")
        self.lend(self.borrower, self.bag, "2026-12-01")
        with self.refused("Already taken"):
            self.ask(self.rival, self.kit, "2026-12-01")

    def test_the_next_free_days_are_those_of_all_the_parts(self):
        self.lend(self.rival, self.stove, "2026-11-27", "2026-11-28")
        with self.refused("Next free day: Sunday 29 November"):
            self.ask(self.borrower, self.kit, "2026-11-27")

    def test_who_comes_second_gets_a_sentence_and_nothing_of_the_kit(self):
        first = self.ask(self.borrower, self.kit, "2026-11-27")
        second = self.ask(self.rival, self.kit, "2026-11-27")
        self.accept(first)
        with self.refused("Already taken"):
            self.accept(second)
        self.assertFalse(second.sudo().booking_ids)

    def test_a_kit_or_part_that_was_closed_meanwhile_is_not_promised(self):
        for closed, day in ((self.kit, "2026-11-27"), (self.stove, "2026-11-28")):
            loan = self.ask(self.borrower, self.kit, day)
            self.by(self.owner, closed).action_set_closed(day)
            with self.refused("Next free day"):
                self.accept(loan)
            self.assertFalse(loan.sudo().booking_ids)

    def test_a_part_that_another_transaction_took_undoes_the_whole_kit(self):
        """The constraint refuses the last part: none of the others stays taken."""
        loan = self.ask(self.borrower, self.kit, "2026-11-27").sudo()
        rival = self.ask(self.rival, self.stove, "2026-11-27").sudo()
        self.accept(rival)
        listing = type(self.kit)
        with (
            patch.object(listing, "_can_lend", lambda *args: True),
            patch.object(
                listing, "_get_free_copies", lambda one, *args: one.sudo().copy_ids
            ),
            self.assertRaisesRegex(UserError, "Somebody else was faster"),
        ):
            loan._take_copy()
        self.assertFalse(loan.booking_ids)
        self.assertEqual(self.copies_of(rival), ["Stove 1"])

    def test_a_kit_is_handed_over_and_comes_back_as_one(self):
        loan = self.lend(self.borrower, self.kit, "2026-11-23", "2026-11-25").sudo()
        self.hand_over(loan)
        self.assertTrue(all(one._is_out() for one in loan.booking_ids))
        self.assertEqual(self.audit(), [])
        with self.at(2026, 11, 24, 9):
            self.take_back(loan)
        self.assertEqual(loan.state, "done")
        self.assertTrue(all(one.returned_at for one in loan.booking_ids))
        self.assertEqual(self.audit(), [])
        self.ask(self.rival, self.kit, "2026-11-25")

    def test_a_cancelled_kit_frees_all_of_its_parts(self):
        loan = self.lend(self.borrower, self.kit, "2026-11-27")
        self.by(self.borrower, loan).action_cancel()
        self.assertFalse(loan.sudo().booking_ids)
        self.lend(self.rival, self.kit, "2026-11-27")
        self.assertEqual(self.audit(), [])

    def test_parts_change_and_what_was_agreed_stays(self):
        loan = self.lend(self.borrower, self.kit, "2026-11-27").sudo()
        self.save(parts=self.parts[:1])
        self.assertEqual(loan.copy_quantity, 4)
        self.assertEqual(loan.kit_text, "1 × Tent, 2 × Bag, 1 × Stove")
        self.assertEqual(
            self.copies_of(self.lend(self.rival, self.kit, "2026-11-27")), ["Tent 2"]
        )
        self.hand_over(loan)
        self.assertEqual(self.audit(), [])

    # === A PART IS MISSING === #

    def test_a_kit_that_misses_a_part_is_not_promised(self):
        self.by(self.owner, self.stove.sudo().copy_ids).action_report_lost()
        with self.refused("A part of it is out of service"):
            self.ask(self.borrower, self.kit, "2026-11-27")

    def test_a_part_with_a_spare_copy_changes_places_in_silence(self):
        loan = self.lend(self.borrower, self.kit, "2026-11-27").sudo()
        self.damage(self.tent.sudo().copy_ids[0])
        self.assertEqual(self.copies_of(loan), ["Bag 1", "Bag 2", "Stove 1", "Tent 2"])
        self.assertFalse(self.mails_to(self.borrower, "No copy is left"))

    def test_a_kit_that_misses_a_part_is_handed_over_without_it_only_when_said(self):
        loan = self.lend(self.borrower, self.kit, "2026-11-23").sudo()
        stove = self.stove.sudo().copy_ids
        self.damage(stove)
        self.assertEqual(len(self.mails_to(self.borrower, "No copy is left")), 1)
        with self.refused("Stove, copy 1 is out of service"):
            self.hand_over(loan)
        self.assertFalse(any(loan.booking_ids.mapped("handed_over_at")))
        for garbage in (None, "x", self.tent.sudo().copy_ids[0].id, 0):
            with self.refused("Only a part that is out of service"):
                self.by(self.owner, loan).action_leave_out(garbage)
        with self.refused("not possible"):
            self.by(self.borrower, loan).action_leave_out(stove.id)
        self.by(self.owner, loan).action_leave_out(stove.id)
        self.assertEqual(len(self.mails_to(self.borrower, "without a part")), 1)
        self.hand_over(loan)
        self.assertEqual(self.copies_of(loan), ["Bag 1", "Bag 2", "Tent 1"])
        self.assertEqual(self.audit(), [])

    def test_a_part_that_did_not_come_back_is_lost_and_the_rest_is_back(self):
        loan = self.lend(self.borrower, self.kit, "2026-11-23").sudo()
        self.hand_over(loan)
        self.by(self.owner, self.stove.sudo().copy_ids).action_report_lost("Forgotten")
        self.take_back(loan)
        self.assertEqual(loan.state, "done")
        with self.refused("A part of it is out of service"):
            self.ask(self.rival, self.kit, "2026-11-27")
        self.lend(self.rival, self.tent, "2026-11-27")
        self.assertEqual(self.audit(), [])

    # === WHAT MAY BE A KIT === #

    def test_a_kit_has_no_copy_of_its_own_or_some_and_other_things_have_one(self):
        self.assertEqual(self.kit.copy_count, 0)
        with self.refused("from 1 to 50"):
            self.save(parts=[], copy_count=0)
        with self.refused("from 1 to 50"):
            self.by(self.owner, self.tent).action_save({"copy_count": 0})

    def test_a_kit_has_its_parts_from_the_start(self):
        kit = (
            self.env["ebs.listing"]
            .with_user(self.owner.user_id)
            .action_create(
                {
                    "name": "Other kit",
                    "category_id": self.kit.sudo().category_id.id,
                    "ways": ["lend"],
                    "parts": self.parts[:2],
                    "copy_count": 0,
                }
            )
        )
        kit.action_publish()
        self.assertEqual(kit._get_kit_words(), "1 × Tent, 2 × Bag")
        self.assertEqual(kit.copy_count, 0)

    def test_a_part_is_one_s_own_thing_to_lend_and_there_is_enough_of_it(self):
        foreign = self.make_loan_listing(self.rival, name="Lamp")
        gift = self.make_listing(self.owner, name="Gift")
        for part in (foreign, gift, self.kit):
            with self.subTest(part=part.name), self.refused("your own things"):
                self.save(parts=[{"listing_id": part.id, "quantity": 1}])
        with self.refused("only 3 of “Bag”"):
            self.save(parts=[{"listing_id": self.bag.id, "quantity": 4}])
        for garbage in ("x", 5, [5], [{}, None], {"a": 1}):
            with self.subTest(garbage=garbage), self.assertRaises(UserError):
                self.save(parts=garbage)
        for garbage in ("x", -1, 51, 1.5):
            with self.subTest(garbage=garbage), self.assertRaises(UserError):
                self.save(parts=[{"listing_id": self.bag.id, "quantity": garbage}])
        self.assertEqual(self.kit._get_kit_words(), "1 × Tent, 2 × Bag, 1 × Stove")

    def test_a_kit_is_no_part_of_a_kit(self):
        with self.refused("your own things"):
            self.by(self.owner, self.drills).action_save(
                {"parts": [{"listing_id": self.kit.id, "quantity": 1}]}
            )
        lines = self.env["ebs.kit"].sudo()
        for kit, part in ((self.drills, self.kit), (self.tent, self.drills)):
            with self.assertRaises(ValidationError), self.env.cr.savepoint():
                lines.create({"listing_id": kit.id, "part_id": part.id})
        with self.assertRaises(ValidationError), self.env.cr.savepoint():
            foreign = self.make_loan_listing(self.rival, name="Lamp")
            lines.create({"listing_id": self.kit.id, "part_id": foreign.id})

    def test_the_database_refuses_a_kit_in_itself_and_a_part_named_twice(self):
        lines = self.env["ebs.kit"].sudo()
        for part, quantity, error in (
            (self.kit, 1, psycopg2.errors.CheckViolation),
            (self.tent, 1, psycopg2.errors.UniqueViolation),
            (self.drills, 0, psycopg2.errors.CheckViolation),
        ):
            with (
                self.subTest(error=error),
                mute_logger("odoo.sql_db"),
                self.assertRaises(error),
                self.env.cr.savepoint(),
            ):
                self.env.cr.execute(
                    SQL(
                        """INSERT INTO ebs_kit
                           (listing_id, part_id, quantity, company_id)
                           VALUES (%s, %s, %s, %s)""",
                        self.kit.id,
                        part.id,
                        quantity,
                        self.company.id,
                    )
                )
        self.assertTrue(lines.search_count([("listing_id", "=", self.kit.id)]))

    def test_a_part_that_one_does_not_see_leaves_no_trace_by_rpc(self):
        lines = self.kit.sudo().kit_ids.sudo(False)
        self.assertEqual(len(self.by(self.rival, lines).search([])), 3)
        self.stove.sudo().visibility = "circles"
        self.env.invalidate_all()
        found = self.by(self.rival, lines).search([])
        self.assertEqual(found.part_id, self.tent | self.bag)
        self.assertTrue(self.by(self.rival, self.kit)._get_kit_words())

    # === AUDIT === #

    def broken(self, statement, *ids):
        self.env.flush_all()
        self.env.cr.execute(SQL(statement, *ids))
        self.env.invalidate_all()
        return self.env["ebs.audit"]._run()

    def test_the_audit_names_a_kit_lent_in_part(self):
        loan = self.lend(self.borrower, self.kit, "2026-11-23").sudo()
        one = loan.booking_ids[-1]
        said = self.broken("DELETE FROM ebs_booking WHERE id = %s", one.id)
        self.assertEqual(said, [f"loan {loan.id} agreed on 4 copies and has 3"])

    def test_the_audit_names_a_kit_handed_over_in_part(self):
        loan = self.lend(self.borrower, self.kit, "2026-11-23").sudo()
        self.hand_over(loan)
        one = loan.booking_ids[-1]
        said = self.broken(
            "UPDATE ebs_booking SET handed_over_at = NULL WHERE id = %s", one.id
        )
        self.assertEqual(
            said, [f"loan {loan.id} is ongoing, and only some of its copies are out"]
        )

    def test_the_audit_names_what_counts_on_a_copy_out_of_service(self):
        loan = self.lend(self.borrower, self.drills, "2026-12-01").sudo()
        said = self.broken(
            "UPDATE ebs_copy SET state = 'lost' WHERE id = %s", loan.copy_id.id
        )
        self.assertEqual(len(said), 1)
        self.assertIn("nobody was told", said[0])

    def test_the_audit_names_a_kit_of_two_owners(self):
        line = self.kit.sudo().kit_ids[0]
        said = self.broken(
            "UPDATE ebs_listing SET member_id = %s WHERE id = %s",
            self.rival.id,
            line.part_id.id,
        )
        self.assertIn(
            f"kit {line.id} has a part that is a kit, or of another member", said
        )

    def test_days_of_a_kit_cost_the_same_for_one_loan_and_for_many(self):
        self.env.flush_all()

        def cost():
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.kit._get_busy_days(date(2026, 11, 1), date(2026, 12, 31))
            return self.env.cr.sql_log_count - before

        first = cost()
        for n in range(4):
            self.lend(self.rival, self.kit, f"2026-12-{1 + 2 * n:02}")
        self.env.flush_all()
        self.assertEqual(cost(), first)
