# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..const import PROVIDERS


class ResCompany(models.Model):
    """A platform says which persona is the operator, and who holds its cards."""

    _inherit = "res.company"

    ebs_operator_member_id = fields.Many2one(
        "ebs.member",
        "Persona of the operator",
        ondelete="restrict",
        help="What this persona lends belongs to the operator itself. Only there may "
        "a deposit be held on a card.",
    )
    ebs_deposit_provider_id = fields.Many2one(
        "payment.provider",
        "Provider that holds cards",
        ondelete="restrict",
        groups="base.group_system",
    )
    ebs_hold_days = fields.Integer(
        "Days that an authorisation lasts", required=True, default=7
    )

    _ebs_hold_days_range = models.Constraint(
        "CHECK (ebs_hold_days BETWEEN 3 AND 30)",
        "An authorisation lasts from 3 to 30 days.",
    )

    # === CONSTRAINT METHODS === #

    @api.constrains("ebs_operator_member_id", "ebs_deposit_provider_id")
    def _check_ebs_cards(self):
        """Refuse an operator or a provider of somebody else's."""
        for company in self.sudo():
            operator = company.ebs_operator_member_id
            if operator and (
                operator.company_id != company or operator.kind == "person"
            ):
                raise ValidationError(
                    company.env._(
                        "The operator is an organisation of this platform: choose "
                        "the persona under which it lends its own things."
                    )
                )
            company.ebs_deposit_provider_id._check_holds_cards(company)
            company._check_ebs_operator_stays()

    def _check_ebs_operator_stays(self):
        """Refuse to make card deposits another persona's by renaming the operator."""
        open_states = ("agreed", "held")
        for model, domain in (
            ("ebs.listing", [("deposit_kind", "=", "card")]),
            (
                "ebs.deposit",
                [("kind", "=", "card"), ("state", "in", open_states)],
            ),
        ):
            owner = "member_id" if model == "ebs.listing" else "exchange_id.owner_id"
            if (
                self.env[model]
                .sudo()
                .search_count(
                    [
                        *domain,
                        ("company_id", "=", self.id),
                        (owner, "!=", self.ebs_operator_member_id.id),
                    ],
                    limit=1,
                )
            ):
                raise ValidationError(
                    self.env._(
                        "Deposits by card belong to the operator as it is: change "
                        "them to another kind first, and end the loans under way."
                    )
                )

    # === BUSINESS METHODS === #

    @api.model
    def _get_ebs_rules(self):
        return [
            *super()._get_ebs_rules(),
            "ebs_operator_member_id",
            "ebs_deposit_provider_id",
            "ebs_hold_days",
        ]

    def _ebs_takes_cards(self, owner):
        """Whether what `owner` lends may ask for a deposit by card."""
        self.ensure_one()
        company_sudo = self.sudo()
        provider_sudo = company_sudo.ebs_deposit_provider_id
        return bool(
            company_sudo.is_ebs_platform
            and owner
            and owner == company_sudo.ebs_operator_member_id
            and provider_sudo
            and provider_sudo.code in PROVIDERS
            and provider_sudo.state != "disabled"
            and provider_sudo._holds_cards(company_sudo)
        )
