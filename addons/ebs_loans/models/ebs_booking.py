# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo import api, fields, models

from ..utils import format_period


class EbsBooking(models.Model):
    """A period for which one copy is taken.

    The exclusion constraint below is the only referee of two loans of one copy:
    whatever is checked before, in Python, only serves to say why in a sentence.
    A loan that is cancelled leaves no booking behind, one that ends early leaves
    the time that was really used. The loan of a kit has a booking for each copy.
    """

    _name = "ebs.booking"
    _inherit = "ebs.base.mixin"
    _description = "Booking"
    _order = "date_start, id"
    _check_company_auto = True

    copy_id = fields.Many2one(
        "ebs.copy",
        required=True,
        index=True,
        check_company=True,
        ondelete="restrict",
    )
    # Known before the insertion: an update after it would look for overlaps again.
    copy_listing_id = fields.Many2one(
        related="copy_id.listing_id",
        string="Thing",
        store=True,
        index=True,
        precompute=True,
    )
    exchange_id = fields.Many2one(
        "ebs.exchange",
        index=True,
        check_company=True,
        ondelete="cascade",
    )
    kind = fields.Selection(
        [
            ("loan", "Loan"),
            ("hold", "Kept for the next in line"),
            ("maintenance", "Maintenance"),
        ],
        required=True,
        default="loan",
    )
    company_id = fields.Many2one(
        related="copy_id.company_id",
        store=True,
        index=True,
        precompute=True,
        required=True,
    )

    # Half-open: a loan may begin at the very moment the one before it ends.
    date_start = fields.Datetime("From", required=True)
    date_end = fields.Datetime("Until", required=True)
    handed_over_at = fields.Datetime("Handed Over on")
    returned_at = fields.Datetime("Returned on")
    # The copy went out of service, no other is free, and both parties know it.
    is_unserved = fields.Boolean("No Copy Left")

    _copy_end_idx = models.Index("(copy_id, date_end)")

    _no_overlap = models.Constraint(
        """EXCLUDE USING gist (
            int4range(copy_id, copy_id, '[]') WITH =,
            tsrange(date_start, date_end, '[)') WITH &&
        )""",
        "This copy is already taken for a part of this period.",
    )
    _period_forward = models.Constraint(
        "CHECK (date_end > date_start)",
        "A booking ends after it starts.",
    )
    _loan_has_exchange = models.Constraint(
        "CHECK ((kind = 'loan') = (exchange_id IS NOT NULL))",
        "The booking of a loan belongs to its exchange.",
    )
    _return_follows_hand_over = models.Constraint(
        """CHECK (
            returned_at IS NULL
            OR (handed_over_at IS NOT NULL AND returned_at >= handed_over_at)
        )""",
        "A copy comes back after it was handed over.",
    )
    _one_open_hand_over = models.UniqueIndex(
        "(copy_id) WHERE handed_over_at IS NOT NULL AND returned_at IS NULL",
        "This copy has not come back yet.",
    )

    # === COMPUTE METHODS === #

    @api.depends_context("lang", "ebs_name_copies")
    @api.depends("date_start", "date_end", "copy_id")
    def _compute_display_name(self):
        """The days, in words: whoever reads the name may read the booking.

        Or, with `ebs_name_copies` in the context, the copy that is taken.
        """
        names_copies = self.env.context.get("ebs_name_copies")
        for booking in self:
            if names_copies:
                booking.display_name = booking.copy_id._get_names()
                continue
            local = booking.company_id._ebs_local
            last = booking.date_end - timedelta(seconds=1)
            booking.display_name = format_period(
                self.env, local(booking.date_start).date(), local(last).date()
            )

    # === BUSINESS METHODS === #

    def _is_out(self):
        """Whether the copy was handed over and is not back yet."""
        return bool(self.handed_over_at and not self.returned_at)

    def _end(self, moment):
        """Note the return, and free what is left but for the time between loans.

        A period of which nothing was used leaves no trace.
        """
        unused = self.filtered(lambda booking: booking.date_start >= moment)
        unused.unlink()
        for booking in self - unused:
            buffer = booking.copy_id.listing_id._get_buffer()
            booking.write(
                {
                    "returned_at": moment,
                    "date_end": min(booking.date_end, moment + buffer),
                }
            )
