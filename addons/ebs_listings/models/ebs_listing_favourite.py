# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import psycopg2
from odoo import models
from odoo.addons.ebs_base.utils import to_int
from odoo.exceptions import UserError
from odoo.tools import mute_logger


class EbsListing(models.Model):
    """Keep a listing for later, and let go of it."""

    _inherit = "ebs.listing"

    # === WHAT A MEMBER DOES === #

    def action_favourite(self, as_member_id=None):
        """Keep it among one's favourites; twice is once."""
        self._check_readable()
        listing_sudo = self.sudo()
        members = self.env["ebs.member"]
        keeper = members._acting(listing_sudo.company_id, as_member_id)
        if listing_sudo.member_id in members._get_mine():
            raise UserError(self.env._("This listing is yours already."))
        try:
            with mute_logger("odoo.sql_db"), self.env.cr.savepoint():
                self.env["ebs.favourite"].sudo().create(
                    {"member_id": keeper.id, "listing_id": self.id}
                )
        except psycopg2.errors.UniqueViolation:
            return

    def action_unfavourite(self, as_member_id=None):
        """Take it off one's favourites, those of all personas unless one is named."""
        self._check_readable()
        keepers = self.env["ebs.member"]._get_mine()
        if as_member_id:
            wanted = to_int(as_member_id)
            keepers = keepers.filtered(lambda one: one.id == wanted)
        favourites_sudo = self.env["ebs.favourite"].sudo()
        favourites_sudo.search(
            [("listing_id", "=", self.id), ("member_id", "in", keepers.ids)]
        ).unlink()

    # === BUSINESS METHODS === #

    def _get_kept_ids(self, member):
        """Return which of these listings a persona keeps, as a set of ids."""
        if not member or not self:
            return set()
        favourites_sudo = self.env["ebs.favourite"].sudo()
        kept = favourites_sudo.search_fetch(
            [("member_id", "=", member.id), ("listing_id", "in", self.ids)],
            ["listing_id"],
        )
        return set(kept.listing_id.ids)
