# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo.tests import tagged

from ..utils import make_qr
from .pages_common import WebsiteCase


@tagged("post_install", "-at_install")
class TestScanPages(WebsiteCase):
    """Labels on paper, and what they open on the phone of who scans them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.saw = cls.make_loan(name="Saw")
        cls.saw.sudo()._set_copy_count(2)
        cls.first, cls.second = cls.saw.sudo().copy_ids
        cls.door = f"/c/{cls.first.code}"

    def lend_saw(self, member, days=0):
        day = (self.company._ebs_today() + timedelta(days=days)).isoformat()
        loan = self.saw.with_user(member.user_id).action_ask(
            {"way": "lend", "message": "Hi", "date_start": day, "date_end": day}
        )
        loan.with_user(self.owner.user_id).action_accept()
        return loan.sudo()

    def leads_to(self):
        self.get(self.door, status=303)
        return self.page.headers["Location"]

    # === WHO SCANS === #

    def test_a_visitor_gets_to_the_page_of_the_thing(self):
        self.assertTrue(self.leads_to().endswith(self.url_of(self.saw)))

    def test_what_a_visitor_may_not_see_and_what_does_not_exist_look_the_same(self):
        self.saw.sudo().visibility = "members"
        hidden = self.url_open(self.door, allow_redirects=False)
        unknown = self.url_open("/c/NOTHING2", allow_redirects=False)
        self.assertEqual((hidden.status_code, unknown.status_code), (404, 404))

    def test_the_borrower_gets_to_the_loan_and_another_member_to_the_thing(self):
        loan = self.lend_saw(self.borrower)
        self.log_in(self.borrower)
        self.assertTrue(self.leads_to().endswith(f"/my/exchanges/{loan.id}"))
        self.log_in(self.rival)
        self.assertTrue(self.leads_to().endswith(self.url_of(self.saw)))

    def test_the_owner_gets_to_the_hand_over_then_to_the_return(self):
        loan = self.lend_saw(self.borrower)
        self.log_in(self.owner)
        page = self.get(self.door)
        button = page.cssselect("a.o_ebs_action")[0]
        self.assertIn("Hand it over", button.text_content())
        self.assertEqual(button.get("href"), f"/my/exchanges/{loan.id}")
        self.post(f"/my/exchanges/{loan.id}/hand_over")
        page = self.get(self.door)
        self.assertIn("Take it back", self.text_of(page, "a.o_ebs_action"))
        self.assertIn("Boris", self.text_of(page, ".o_ebs_now"))

    def test_a_loan_of_a_later_day_is_looked_at_not_handed_over(self):
        self.lend_saw(self.borrower, 3)
        self.log_in(self.owner)
        page = self.get(self.door)
        self.assertIn("See the loan", self.text_of(page, "a.o_ebs_action"))

    def test_the_desk_gets_to_the_back_office(self):
        loan = self.lend_saw(self.borrower)
        self.authenticate(self.desk.login, self.desk.login)
        page = self.get(self.door)
        self.assertEqual(
            page.cssselect("a.o_ebs_action")[0].get("href"),
            f"/odoo/ebs-exchanges/{loan.id}",
        )

    # === WHAT IS NOTED === #

    def test_the_owner_says_that_it_is_damaged_and_puts_it_back(self):
        loan = self.lend_saw(self.borrower, 3)
        self.log_in(self.owner)
        response = self.post(f"{self.door}/damage", {"note": "No teeth <b>left</b>"})
        self.assertEqual(response.status_code, 303)
        self.assertEqual(self.first.state, "damaged")
        self.assertEqual(loan.copy_id, self.second)
        page = self.get(self.door)
        self.assertIn("Damaged", self.text_of(page, ".o_ebs_chips"))
        self.assertIn("No teeth <b>left</b>", self.text_of(page, ".o_ebs_quote"))
        self.post(f"{self.door}/put_back")
        self.assertEqual(self.first.state, "in_service")

    def test_a_refusal_is_a_sentence_on_the_same_page(self):
        loan = self.lend_saw(self.borrower)
        self.log_in(self.owner)
        self.post(f"/my/exchanges/{loan.id}/hand_over")
        response = self.post(f"{self.door}/withdraw")
        self.assertEqual(response.status_code, 422)
        self.assertIn("note its return first", response.text)
        self.assertEqual(self.first.state, "in_service")

    def test_another_copy_at_hand_is_given_to_who_comes_today(self):
        loan = self.lend_saw(self.borrower)
        self.log_in(self.owner)
        door = f"/c/{self.second.code}"
        page = self.get(door)
        self.assertIn("Give this copy to Boris", self.text_of(page, ".o_ebs_now"))
        response = self.post(f"{door}/assign", {"exchange_id": loan.id})
        self.assertTrue(
            response.headers["Location"].endswith(f"/my/exchanges/{loan.id}")
        )
        self.assertEqual(loan.booking_ids.copy_id, self.second)
        response = self.post(f"{door}/assign", {"exchange_id": "x"})
        self.assertEqual(response.status_code, 422)

    def test_nobody_else_notes_anything_and_a_look_changes_nothing(self):
        loan = self.lend_saw(self.borrower)
        for member in (self.borrower, self.rival):
            self.log_in(member)
            for act in ("damage", "lost", "withdraw", "put_back", "assign"):
                with self.subTest(member=member.name, act=act):
                    data = {"exchange_id": loan.id}
                    response = self.post(f"{self.door}/{act}", data)
                    self.assertEqual(response.status_code, 404)
        self.log_in(self.owner)
        response = self.url_open(f"{self.door}/damage", allow_redirects=False)
        self.assertIn(response.status_code, (404, 405))
        self.assertEqual(self.first.state, "in_service")

    # === LABELS AND COPIES === #

    def test_the_owner_sees_the_copies_and_prints_their_labels(self):
        self.log_in(self.owner)
        page = self.get(self.url_of(self.saw))
        self.assertTrue(page.cssselect(f"a[href='/my/listings/{self.saw.id}/copies']"))
        page = self.get(f"/my/listings/{self.saw.id}/copies")
        doors = [one.get("href") for one in page.cssselect("a.o_ebs_row")]
        self.assertEqual(doors, [f"/c/{one.code}" for one in self.first | self.second])
        page = self.get(f"/my/listings/{self.saw.id}/labels")
        self.assertEqual(len(page.cssselect(".o_ebs_labels svg path")), 2)
        code = self.first.code
        self.assertIn(f"{code[:4]} {code[4:]}", self.text_of(page, ".o_ebs_labels"))

    def test_the_desk_prints_labels_and_nobody_else_finds_them(self):
        self.authenticate(self.desk.login, self.desk.login)
        self.get(f"/my/listings/{self.saw.id}/labels")
        action = self.saw.with_user(self.desk).action_print_labels()
        self.assertEqual(action["url"], f"/my/listings/{self.saw.id}/labels")
        self.log_in(self.rival)
        for path in ("labels", "copies"):
            self.get(f"/my/listings/{self.saw.id}/{path}", status=404)
            self.get(f"/my/listings/{2**40}/{path}", status=404)

    def test_a_label_holds_the_address_that_it_opens(self):
        code = make_qr("https://example.org/c/ABCD2345")
        self.assertEqual(code["size"], 29 + 8)
        self.assertTrue(code["path"].startswith("M4 4h1v1h-1zM5 4h1v1h-1z"))
        self.assertNotEqual(code, make_qr("https://example.org/c/ABCD2346"))

    # === KITS === #

    def test_a_kit_is_made_in_the_form_and_read_by_who_sees_it(self):
        kit = self.make_loan(name="Workshop")
        self.log_in(self.owner)
        page = self.get(f"/my/listings/{kit.id}/edit")
        self.assertTrue(page.cssselect(f"input[name=part_{self.saw.id}]"))
        form = {
            "name": "Workshop",
            "ways": "lend",
            "category_id": str(self.garden.id),
            "visibility": "everyone",
            "deposit_kind": "none",
            "copy_count": "1",
            f"part_{self.saw.id}": "2",
        }
        response = self.post(f"/my/listings/{kit.id}/edit", form)
        self.assertEqual(response.status_code, 303)
        page = self.get(f"/my/listings/{kit.id}/edit")
        field = page.cssselect(f"input[name=part_{self.saw.id}]")[0]
        self.assertEqual(field.get("value"), "2")
        self.log_in(self.borrower)
        page = self.get(self.url_of(kit))
        self.assertIn("Comes with: 2 × Saw", self.text_of(page, "article"))
        self.log_in(self.owner)
        response = self.post(
            f"/my/listings/{kit.id}/edit", {**form, f"part_{self.saw.id}": "3"}
        )
        self.assertEqual(response.status_code, 422)
        self.assertIn("only 2 of", response.text)
        self.post(f"/my/listings/{kit.id}/edit", {**form, f"part_{self.saw.id}": ""})
        self.assertFalse(kit.sudo().kit_ids)

    def test_a_kit_without_one_of_its_parts_is_lent_when_its_owner_says_so(self):
        kit = self.make_loan(name="Workshop")
        kit.with_user(self.owner.user_id).action_save(
            {"parts": [{"listing_id": self.saw.id, "quantity": 2}]}
        )
        self.saw = kit
        loan = self.lend_saw(self.borrower)
        self.log_in(self.owner)
        self.post(f"{self.door}/lost", {"note": ""})
        page = self.get(f"/my/exchanges/{loan.id}")
        self.assertIn("Lend it without: Saw, copy 1", self.text_of(page, ".o_ebs_now"))
        self.assertIn("2 × Saw", self.text_of(page, ".o_ebs_deal"))
        self.post(f"/my/exchanges/{loan.id}/leave_out", {"copy_id": self.first.id})
        self.assertEqual(loan.copy_quantity, 2)
        self.post(f"/my/exchanges/{loan.id}/hand_over")
        self.assertEqual(loan.state, "ongoing")

    def test_a_thing_whose_only_copy_is_damaged_is_saved_without_a_second_one(self):
        drill = self.make_loan(name="Hammer")
        self.log_in(self.owner)
        self.post(f"/c/{drill.sudo().copy_ids.code}/damage", {"note": "Bent"})
        page = self.get(f"/my/listings/{drill.id}/edit")
        count = page.cssselect("input[name=copy_count]")[0]
        self.assertEqual((count.get("value"), count.get("min")), ("0", "0"))
        response = self.post(
            f"/my/listings/{drill.id}/edit",
            {
                "name": "Hammer",
                "ways": "lend",
                "category_id": str(self.garden.id),
                "visibility": "everyone",
                "deposit_kind": "none",
                "copy_count": "0",
            },
        )
        self.assertEqual(response.status_code, 303)
        self.assertEqual(len(drill.sudo().all_copy_ids), 1)
