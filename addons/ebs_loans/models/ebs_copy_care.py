# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models
from odoo.addons.ebs_base.utils import to_int, to_text
from odoo.exceptions import AccessError, UserError
from odoo.tools import LazyTranslate

from .ebs_copy import NOTE_LENGTH

_lt = LazyTranslate(__name__)


class EbsCopy(models.Model):
    """What the owner's side and the desk do to a copy, label in hand."""

    _inherit = "ebs.copy"

    def action_report_damage(self, note=""):
        """Note that it is damaged: it is not handed over until it is put back."""
        self._check_handler()._report("damaged", note)

    def action_report_lost(self, note=""):
        """Note that it is lost."""
        self._check_handler()._report("lost", note)

    def action_withdraw(self):
        """Take it out of the loans for good, once nobody counts on it."""
        copy_sudo = self._check_handler()
        if copy_sudo.booking_ids.filtered(lambda booking: booking._is_out()):
            raise UserError(
                self.env._("It is lent at the moment: note its return first.")
            )
        copy_sudo._take_out("withdrawn")
        if copy_sudo.coming_booking_ids:
            raise UserError(
                self.env._(
                    "Somebody counts on it, and no other copy is free then: "
                    "cancel that loan first."
                )
            )

    def action_put_back(self):
        """Put it back into service: it can be lent again."""
        self._check_handler()._put_back()

    def action_assign(self, exchange_id):
        """Keep this very copy for a loan that is to be handed over.

        What was kept for that loan goes to whom this copy was kept for.
        """
        copy_sudo = self._check_handler()
        loan = self.env["ebs.exchange"].browse(to_int(exchange_id) or 0)
        loan_sudo = loan._check_action("hand_over")
        if copy_sudo.state != "in_service":
            raise UserError(loan_sudo._get_out_of_service_refusal(copy_sudo))
        loan_sudo._assign_copy(copy_sudo)

    # === BUSINESS METHODS === #

    def _report(self, state, note):
        """Take out of service with what was seen; tell its owner, if another did."""
        note = to_text(note, NOTE_LENGTH)
        self._take_out(state, note)
        listing = self.listing_id
        if listing.member_id not in self.env["ebs.member"]._get_mine():
            listing._tell_owner(
                "ebs_loans.mail_copy_reported",
                _lt("Out of service: “%(title)s”", title=listing.name),
                {"number": self.number, "state": state, "note": note},
            )

    def _is_handler(self):
        """Whether the user lends it: a persona of its owner, or the desk."""
        self.ensure_one()
        owner = self.sudo().listing_id.member_id
        return owner in self.env["ebs.member"]._get_mine() or self._is_staffed("desk")

    def _check_handler(self):
        """Return the copy with all rights, for its owner's side or the desk."""
        self._check_readable()
        copy_sudo = self.sudo()
        if not self._is_handler():
            raise AccessError(
                self.env._("Only its owner or the loan desk may do this.")
            )
        if not self._is_staffed("desk"):
            self.env["ebs.member"]._acting(
                copy_sudo.company_id, copy_sudo.listing_id.member_id.id
            )
        return copy_sudo
