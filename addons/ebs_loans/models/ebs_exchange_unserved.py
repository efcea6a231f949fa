# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models
from odoo.addons.ebs_base.utils import to_int
from odoo.exceptions import UserError
from odoo.tools import LazyTranslate

_lt = LazyTranslate(__name__)


class EbsExchange(models.Model):
    """A loan for which no copy is left: what is said, and what can be done."""

    _inherit = "ebs.exchange"

    def action_leave_out(self, copy_id):
        """Lend the kit without a part that is out of service; tell the borrower."""
        loan = self._check_action("hand_over")
        wanted = to_int(copy_id)
        booking = loan.booking_ids.filtered(
            lambda one: one.copy_id.id == wanted and one.is_unserved
        )
        if not booking or len(loan.booking_ids) < 2:
            raise UserError(
                self.env._("Only a part that is out of service can be left out.")
            )
        left_out = booking.copy_id
        booking.unlink()
        loan.copy_quantity -= 1
        loan._replace_copy(left_out, loan.booking_ids[:1].copy_id)
        loan._tell(
            "asker",
            "ebs_loans.mail_left_out",
            _lt("Lent without a part: “%(title)s”", title=loan.title),
            {"exchange": loan, "part": left_out.listing_id.name},
        )

    def _get_unserved_copies(self):
        """Return the copies that were kept for this loan and are out of service."""
        return self.sudo().booking_ids.filtered("is_unserved").copy_id

    def _tell_served(self, served):
        """Tell the parties that no copy is left for this loan, or that one is again.

        Who has just said so is not told.
        """
        subject = (
            _lt("A copy is there again: “%(title)s”", title=self.title)
            if served
            else _lt("No copy is left for you: “%(title)s”", title=self.title)
        )
        sides = ("asker",) if self._get_my_side() == "owner" else ("owner", "asker")
        for side in sides:
            self._tell(
                side,
                "ebs_loans.mail_served" if served else "ebs_loans.mail_unserved",
                subject,
                {"exchange": self},
            )

    def _get_unserved_step(self, side):
        """Say that no copy is left, to each party what to do; or nothing."""
        copies = self._get_unserved_copies()
        if not copies:
            return None
        if side == "asker":
            return self.env._(
                "What was kept for you is out of service, and no other one is free. "
                "%(owner)s knows it: write to agree on what to do, or cancel.",
                owner=self.owner_name,
            )
        return self.env._(
            "Out of service, with no other one free: %(copies)s. %(asker)s was told: "
            "put it back into service, or cancel.",
            copies=copies._get_names(),
            asker=self.asker_name,
        )
