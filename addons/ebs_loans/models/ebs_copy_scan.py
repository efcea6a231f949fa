# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models
from odoo.addons.ebs_base import clock
from odoo.fields import Domain

MAX_OTHERS = 5


class EbsCopy(models.Model):
    """What the scan of a label opens, for the one who scans it."""

    _inherit = "ebs.copy"

    @api.model
    def _scan(self, company, code):
        """Say what a label opens for the user, or nothing.

        `role` is `handler` (who lends it), `borrower` or `stranger`; `exchange` is
        the loan that it is about, `others` those to which this copy could be given
        as well; `may_change` tells whether the user notes damage and the like.
        """
        code = "".join(str(code)[:40].upper().split()).replace("-", "")
        if "\0" in code:
            return None
        copy_sudo = self.sudo().search(
            [("code", "=", code), ("company_id", "=", company.id)]
        )
        if not copy_sudo:
            return None
        copy = self.browse(copy_sudo.id)
        loans = copy._get_scanned_loans()
        seen = bool(self.search_count([("id", "=", copy.id)], limit=1))
        if copy._is_handler() and (seen or loans):
            return {
                "role": "handler",
                "copy": copy,
                "code": code,
                "exchange": loans[:1],
                "others": copy._get_loans_served_by_others() if seen else loans[:0],
                "may_change": seen,
            }
        mine = loans.filtered(lambda one: one._get_my_side() == "asker")
        if mine:
            return {"role": "borrower", "copy": copy, "exchange": mine[:1]}
        listing = self.env["ebs.listing"].search(
            [("id", "=", copy_sudo.listing_id.id)], limit=1
        )
        return {"role": "stranger", "listing": listing} if listing else None

    def _get_scanned_loans(self):
        """Return the loans of this copy that the user may read.

        The one that has it comes first, then that for which it is kept next.
        """
        to_come = Domain("date_end", ">", clock.now())
        bookings = (
            self.env["ebs.booking"]
            .sudo()
            .search(
                Domain("copy_id", "in", self.ids)
                & Domain("kind", "=", "loan")
                & Domain("returned_at", "=", False)
                & (to_come | Domain("handed_over_at", "!=", False))
            )
        )
        bookings = bookings.sorted(lambda one: (not one._is_out(), one.date_start))
        return self._filter_readable(bookings.exchange_id)

    def _get_loans_served_by_others(self):
        """Return what is due today and has another copy than this one, which is here.

        Whoever hands over takes the copy that is nearest.
        """
        copy_sudo = self.sudo()
        bookings = self.env["ebs.booking"].sudo()
        out = Domain("handed_over_at", "!=", False) & Domain("returned_at", "=", False)
        if copy_sudo.state != "in_service" or bookings.search_count(
            Domain("copy_id", "=", copy_sudo.id) & out, limit=1
        ):
            return self.env["ebs.exchange"]
        found = bookings.search(
            Domain("copy_id.listing_id", "=", copy_sudo.listing_id.id)
            & Domain("copy_id", "!=", copy_sudo.id)
            & Domain("handed_over_at", "=", False)
            & Domain("exchange_id", "any", Domain("is_due_out", "=", True)),
            order="date_start, id",
            limit=MAX_OTHERS,
        )
        return self._filter_readable(found.exchange_id).filtered(
            lambda one: "hand_over" in one._get_actions()
        )

    def _filter_readable(self, exchanges_sudo):
        """Return, in their order, those of the exchanges that the user may read."""
        exchanges = self.env["ebs.exchange"]
        readable = exchanges.search([("id", "in", exchanges_sudo.ids)])
        return exchanges.browse(
            one for one in exchanges_sudo.ids if one in readable.ids
        )

    # === LABELS === #

    def _get_labels(self):
        """Return what to print on the labels, for the owner's side and the desk."""
        lent = self.listing_id.filtered(lambda listing: listing._is_lender())
        return [
            {
                "copy": copy,
                "number": copy_sudo.number,
                "title": copy_sudo.listing_id.name,
                "code": copy_sudo.code,
                "state": copy_sudo.state,
            }
            for copy in self
            if copy.listing_id in lent and (copy_sudo := copy.sudo())
        ]
