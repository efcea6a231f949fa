# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The media library lends its own readers, and holds a card that holds nothing."""

from odoo.addons.ebs_base.demo.reading import get_member, get_user

AMOUNT = 80


def load(env):
    """Make the library the operator, and its reader ask for a card."""
    env = env(context={**env.context, "lang": "fr_FR", "tracking_disable": True})
    company = env.ref("base.main_company")
    library = get_member(env, "mediatheque")
    provider = env.ref("payment.payment_provider_demo")
    provider.write(
        {
            "company_id": company.id,
            "state": "test",
            "is_published": True,
            "capture_manually": True,
            "allow_tokenization": True,
        }
    )
    company.write(
        {"ebs_operator_member_id": library.id, "ebs_deposit_provider_id": provider.id}
    )
    reader = env.ref("ebs_loans.demo_listing_liseuse").with_user(get_user(library))
    reader.action_save({"deposit_kind": "card", "deposit_amount": AMOUNT})
