# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models
from odoo.addons.ebs_base.utils import to_int
from odoo.exceptions import AccessError, UserError


class EbsListing(models.Model):
    """Asking at the desk, for a member who is not online."""

    _inherit = "ebs.listing"

    def action_ask_for(self, member_id, values):
        """Ask for it in the name of a member, and return the exchange.

        `values` are those of `action_ask`. Where the team answers, it is agreed at
        once; elsewhere its owner is asked as usual. The staff log of the exchange
        says who did it. Raise AccessError for whoever does not run the desk.
        """
        self._check_readable()
        if not self._is_staffed("desk"):
            raise AccessError(self.env._("Only the desk of the platform may do this."))
        listing_sudo = self.sudo()
        member_sudo = listing_sudo.env["ebs.member"].search(
            [
                ("id", "=", to_int(member_id) or 0),
                ("company_id", "=", listing_sudo.company_id.id),
                ("state", "=", "approved"),
            ]
        )
        if not member_sudo:
            raise UserError(self.env._("Choose somebody who is a member now."))
        exchange = listing_sudo._ask(member_sudo, values).sudo(False)
        exchange._log(
            self.env._("Asked for at the desk, in the name of %s.", member_sudo.name)
        )
        if "accept" in exchange._get_actions():
            exchange.action_accept()
        return exchange
