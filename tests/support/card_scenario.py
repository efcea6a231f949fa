# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A library that holds cards at the Stripe of the tests, fed to Odoo's shell."""

import json
from datetime import timedelta

from .databases import run_odoo

SECRET = "whsec_ebs"  # noqa: S105 (of the server of the tests)
KEY = "sk_test_ebs"
AMOUNT = 80


def run(database, call):
    """Run one call of this module in Odoo's shell and return what it gave."""
    script = (
        "import json\nfrom tests.support.card_scenario import *\n"
        f"print('GIVEN ' + json.dumps({call}))\n"
    )
    printed = run_odoo("shell", "-d", database, "--no-http", stdin=script)
    lines = [line for line in printed.splitlines() if line.startswith("GIVEN ")]
    assert lines, printed
    return json.loads(lines[0].removeprefix("GIVEN "))


def configure(env, url, loan_ids, base_url=None):
    """Make the owner the operator, and its things ask for a card; accept all loans.

    The loans of one round are over the same days: each gets a copy.
    """
    company = env["res.company"].search([("is_ebs_platform", "=", True)])
    set_param = env["ir.config_parameter"].set_param
    set_param("ebs_payment.stripe_url", url)
    if base_url:
        set_param("web.base.url", base_url)
    stripe = env.ref("payment.payment_provider_stripe")
    stripe.write(
        {
            "company_id": company.id,
            "stripe_secret_key": KEY,
            "stripe_publishable_key": "pk_test_ebs",
            "stripe_webhook_secret": SECRET,
            "capture_manually": True,
            "allow_tokenization": True,
        }
    )
    stripe.write({"state": "test", "is_published": True})
    loans = env["ebs.exchange"].browse(loan_ids)
    operator = loans.owner_id
    operator.kind = "association"
    company.write(
        {"ebs_operator_member_id": operator.id, "ebs_deposit_provider_id": stripe.id}
    )
    today = company._ebs_today()
    for loan in loans:
        listing = loan.listing_id
        listing._set_copy_count(len(loans))
        listing.write({"deposit_kind": "card", "deposit_amount": AMOUNT})
        loan.write(
            {
                "deposit_kind": "card",
                "deposit_amount": AMOUNT,
                "date_start": company._ebs_to_utc(today),
                "date_end": company._ebs_to_utc(today + timedelta(days=1)),
            }
        )
        loan.with_user(operator.user_id).action_accept()
    env.cr.commit()
    return {
        "provider": stripe.id,
        "method": env.ref("payment.payment_method_card").id,
        "deposits": loans.deposit_id.ids,
    }


def say(env, loan_ids):
    """How each loan's card stands: one dict a loan."""
    said = []
    for loan in env["ebs.exchange"].browse(loan_ids):
        deposit = loan.deposit_id
        hold = deposit.hold_id
        orders = env["ebs.payment.order"].search([("exchange_id", "=", loan.id)])
        said.append(
            {
                "state": loan.state,
                "deposit": deposit.state,
                "card": deposit.card_state,
                "hold": hold.state or None,
                "intent": hold.provider_reference or None,
                "orders": [[one.kind, one.state] for one in orders.sorted("id")],
                "refunded": -sum(
                    tx.amount
                    for tx in hold.child_transaction_ids
                    if tx.operation == "refund" and tx.state == "done"
                ),
            }
        )
    return said


def hand_over(env, loan_ids):
    """The desk hands the things of these loans over."""
    loans = env["ebs.exchange"].browse(loan_ids)
    for loan in loans:
        loan.with_user(loan.owner_id.user_id).action_hand_over()
    env.cr.commit()
    return loans.mapped("state")


def end(env, loan_ids, kept=0):
    """The things come back, and the cards are let go of, or a part is kept."""
    for loan in env["ebs.exchange"].browse(loan_ids):
        owner = loan.with_user(loan.owner_id.user_id)
        owner.action_return()
        if kept:
            owner.action_announce_keep(kept, "The blade is broken")
            loan.deposit_id.settles_at = loan.deposit_id.announced_at
            owner.action_keep_deposit()
        else:
            owner.action_return_deposit()
    env.cr.commit()
    return True


def settle(env, minutes=600, step=5):
    """Run what is due, as the scheduled action does, while the clock goes on."""
    from odoo import fields  # noqa: PLC0415 - once configured
    from odoo.addons.ebs_base.clock import clock_at  # noqa: PLC0415

    moment = fields.Datetime.now()
    turns = 0
    while turns * step <= minutes:
        with clock_at(moment + timedelta(minutes=turns * step)):
            env["ebs.payment.order"]._cron_run(500)
            env.cr.commit()
        turns += 1
        waiting = [("state", "=", "waiting")]
        if not env["ebs.payment.order"].search_count(waiting) and not env[
            "ebs.payment.inbox"
        ].search_count(waiting):
            break
    return turns * step


def renew(env, loan_ids):
    """Bring the end of these authorisations near, and order new ones."""
    loans = env["ebs.exchange"].browse(loan_ids)
    loans.deposit_id.write({"held_until": fields_now(env) + timedelta(hours=20)})
    for _turn in range(2):
        env["ebs.deposit"]._cron_renew()
    env.cr.commit()
    return True


def fields_now(env):
    """The present moment, as the database keeps it."""
    return env.cr.now().replace(microsecond=0)
