# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models
from odoo.exceptions import UserError

from .ebs_listing import UNTITLED


class EbsListing(models.Model):
    """A draft keeps what was typed so far, whatever is still missing or wrong."""

    _inherit = "ebs.listing"

    # === WHAT A MEMBER DOES === #

    @api.model
    def action_draft(self, values, as_member_id=None):
        """Begin a draft with what can be kept of the values, and return it."""
        company = None if as_member_id else self.env.company
        member = self.env["ebs.member"]._acting(company, as_member_id)
        listings_sudo = self.sudo().browse()
        kept, _refusals = listings_sudo._sift(values, member)
        listing_sudo = listings_sudo._save({"name": UNTITLED, **kept}, member)
        listing_sudo._hide_unsaid(values)
        return listing_sudo.sudo(False)

    def action_keep(self, values):
        """Keep in one's own draft what can be kept of the values.

        Return a sentence for each value that was refused.
        """
        listing_sudo = self._check_changing()
        if listing_sudo.state != "draft":
            raise UserError(self.env._("Only a draft may be left half said."))
        kept, refusals = listing_sudo._sift(values, listing_sudo.member_id)
        listing_sudo._save(kept, listing_sudo.member_id)
        listing_sudo._hide_unsaid(values)
        return refusals

    # === BUSINESS METHODS === #

    def _sift(self, values, member):
        """Return those of the values that make sense, and why the others do not."""
        readers = self._get_value_readers()
        fields, refusals = {}, []
        for key, value in self._check_keys(values, readers).items():
            try:
                fields[key] = readers[key](value, member)
            except UserError as error:
                refusals.append(str(error.args[0]))
        kept = {}
        # Some make sense only once others are there: they get a second chance.
        for is_last in (False, True):
            for key in [one for one in fields if one not in kept]:
                try:
                    self._settle_all([fields[one] for one in (*kept, key)])
                except UserError as error:
                    if is_last:
                        refusals.append(str(error.args[0]))
                else:
                    kept[key] = values[key]
        return kept, refusals

    def _settle_all(self, parts):
        """Refuse field values that do not go together."""
        vals = {}
        for part in parts:
            vals.update(part)
        self._settle_readers(vals)

    def _hide_unsaid(self, values):
        """Have a draft that was meant for circles shown to nobody else for now."""
        if values.get("visibility") == "circles" and self.visibility != "circles":
            self.visibility = "circles"

    def _check_complete(self):
        if self.name == UNTITLED:
            raise UserError(self.env._("Please give it a title."))
        return super()._check_complete()
