# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError


class EbsListing(models.Model):
    """A deposit by card is for what the operator lends itself, and nobody else."""

    _inherit = "ebs.listing"

    deposit_kind = fields.Selection(
        selection_add=[("card", "Card")], ondelete={"card": "set default"}
    )

    @api.constrains("deposit_kind", "member_id", "company_id")
    def _check_card_deposit(self):
        """Money is never received for somebody else."""
        for listing in self.sudo():
            if listing.deposit_kind == "card" and not (
                listing.member_id
                and listing.member_id == listing.company_id.ebs_operator_member_id
            ):
                raise ValidationError(listing._get_card_refusal())

    def _read_deposit_kind(self, value, member):
        if value != "card":
            return super()._read_deposit_kind(value, member)
        owner = self.sudo().member_id or member
        if not owner.company_id._ebs_takes_cards(owner):
            raise UserError(self._get_card_refusal())
        return {"deposit_kind": "card"}

    def _prepare_exchange(self, way, asker, values):
        """A card is promised only while somebody is there to hold it."""
        vals = super()._prepare_exchange(way, asker, values)
        if vals.get("deposit_kind") == "card":
            self._check_cards_taken()
        return vals

    def _check_cards_taken(self):
        listing = self.sudo()
        if not listing.company_id._ebs_takes_cards(listing.member_id):
            raise UserError(
                self.env._(
                    "Deposits by card are not possible here at the moment. Write to "
                    "the team of the platform."
                )
            )

    @api.model
    def _get_card_refusal(self):
        return self.env._(
            "Only what the platform itself lends may ask for a deposit by card. "
            "Choose another deposit."
        )
