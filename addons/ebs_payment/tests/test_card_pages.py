# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import json
from unittest.mock import patch

from odoo.addons.ebs_website.tests.common import WebCase
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import CardCase


@tagged("-at_install", "post_install")
class TestCardPages(CardCase, WebCase):
    """The borrower's page: who sees it, and what the browser cannot choose."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.today = cls.company._ebs_today().isoformat()
        cls.loan = cls.lend(cls.borrower, cls.saw, cls.today)
        cls.page = f"/my/exchanges/{cls.loan.id}/card"
        cls.speak_english()

    def call(self, **values):
        """Begin an authorisation as the page's script does; the answer's JSON."""
        params = {
            "provider_id": self.provider.id,
            "payment_method_id": self.method.id,
            "token_id": None,
            "amount": 80,
            "flow": "direct",
            "tokenization_requested": False,
            "landing_route": self.page,
            "is_validation": False,
            **values,
        }
        response = self.url_open(
            f"{self.page}/transaction",
            data=json.dumps({"jsonrpc": "2.0", "method": "call", "params": params}),
            headers={"Content-Type": "application/json"},
        )
        return response.json()

    def begun(self):
        return self.env["payment.transaction"].search(
            [("ebs_exchange_id", "=", self.loan.id)]
        )

    def test_the_borrower_reads_what_is_held_before_typing_a_card(self):
        self.log_in(self.borrower)
        words = self.words(self.get(self.page))
        self.assertIn("80", words)
        self.assertIn("nothing is taken", words)
        self.assertIn("This is a trial", words)
        self.assertIn("on my card", words, "the form is there")
        self.assertNotIn("saved by the payment provider", words)
        self.assertIn(self.page, self.get(self.page[:-5]).text)

    def test_a_long_loan_says_that_the_card_is_saved(self):
        self.company.ebs_hold_days = 3
        self.log_in(self.borrower)
        words = self.words(self.get(self.page))
        self.assertIn("Your card is saved by the payment provider", words)

    def test_nobody_else_has_that_page(self):
        lost = "/my/exchanges/999999999/card"
        for member in (self.rival, self.library, self.owner):
            self.log_in(member)
            self.assertEqual(self.get(self.page).status_code, 404)
            self.assertEqual(
                self.strip(self.get(self.page)).replace(self.page, lost),
                self.strip(self.get(lost)),
            )

    def test_the_deposit_is_shown_before_asking(self):
        self.log_in(self.rival)
        path = f"/listings/saw-{self.saw.id}"
        self.assertIn("held on your card, nothing is taken", self.get(path).text)

    def test_the_card_is_authorised_and_the_owner_reads_so(self):
        self.log_in(self.borrower)
        result = self.call()["result"]
        self.assertEqual(result["reference"], self.begun().reference)
        self.pay(self.begun())
        self.assertNotIn(self.page, self.get(self.page[:-5]).text)
        self.assertEqual(self.get(self.page).status_code, 422)
        self.log_in(self.library)
        page = self.get(self.page[:-5])
        self.assertIn("The card of Boris is ready", self.words(page))
        self.assertNotIn("deposit_received", page.text)
        self.assertLeadsTo(self.post(f"{self.page[:-5]}/hand_over"), self.page[:-5])
        self.assertEqual(self.loan.state, "ongoing")

    def test_amount_and_provider_are_the_platforms(self):
        self.log_in(self.borrower)
        self.assertIn("result", self.call(amount=0.01, landing_route="//evil.test"))
        [begun] = self.begun()
        self.assertEqual(begun.amount, 80)
        self.assertEqual(begun.landing_route, f"/my/exchanges/{self.loan.id}")
        self.assertFalse(begun.tokenize)
        self.assertEqual(begun.operation, "online_direct")

    def test_what_the_browser_may_not_choose_is_refused(self):
        self.log_in(self.borrower)
        cheap = self.make_provider(self.company)
        abroad = self.make_provider(self.other_company)
        card = self.env.ref("payment.payment_method_card")
        token = self.env["payment.token"].create(
            {
                "provider_id": self.provider.id,
                "payment_method_id": self.method.id,
                "partner_id": self.rival.user_id.partner_id.id,
                "provider_ref": "x",
            }
        )
        for values in (
            {"provider_id": cheap.id},
            {"provider_id": abroad.id},
            {"provider_id": None},
            {"payment_method_id": card.id},
            {"payment_method_id": "1"},
            {"flow": "token", "token_id": token.id},
            {"flow": "redirect"},
            {"flow": None},
            {"partner_id": 1},
            {"currency_id": 1},
            {"reference_prefix": "x"},
            {"custom_create_values": {"amount": 1}},
        ):
            with (
                self.subTest(values=values),
                mute_logger("odoo.http", "odoo.addons.ebs_payment.controllers.card"),
            ):
                self.assertIn("error", self.call(**values))
        self.assertFalse(self.begun())

    def test_others_begin_nothing(self):
        for member in (self.rival, self.library):
            self.log_in(member)
            with mute_logger("odoo.http"):
                self.assertIn("error", self.call())
        self.assertFalse(self.begun())

    def test_a_second_click_goes_on_with_the_first(self):
        self.log_in(self.borrower)
        first = self.call()["result"]["reference"]
        self.assertEqual(self.call()["result"]["reference"], first)
        self.assertEqual(len(self.begun()), 1)

    def test_an_unpublished_or_disabled_provider_takes_no_card(self):
        self.log_in(self.borrower)
        self.provider.is_published = False
        with mute_logger("odoo.http"):
            self.assertIn("error", self.call())

    def test_only_who_lends_for_the_operator_is_offered_a_card(self):
        self.log_in(self.library)
        self.assertIn('value="card"', self.get("/publish").text)
        self.log_in(self.owner)
        self.assertNotIn('value="card"', self.get("/publish").text)

    def test_the_door_of_stripe_refuses_what_is_not_signed(self):
        stripe = self.env.ref("payment.payment_provider_stripe").copy(
            {"company_id": self.company.id, "code": "stripe"}
        )
        stripe.write({"capture_manually": True, "allow_tokenization": True})
        with patch.object(type(self.company), "_check_ebs_cards", lambda _self: None):
            self.company.ebs_deposit_provider_id = stripe
        with self.assertLogs("odoo.addons.ebs_payment", "WARNING"):
            answer = self.url_open(
                "/payment/stripe/webhook",
                data=json.dumps(
                    {"id": "e", "type": "t", "data": {"object": {"id": "x"}}}
                ),
                headers={"Content-Type": "application/json"},
            )
        self.assertEqual(answer.status_code, 403)
