# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import secrets

from odoo import api, fields, models
from odoo.addons.ebs_base import clock

STAFF = "ebs_base.group_ebs_staff"
# What a label says: nothing that an eye takes for something else.
CODE_ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_LENGTH = 8
NOTE_LENGTH = 500
OUT_STATES = ("damaged", "lost", "withdrawn")


class EbsCopy(models.Model):
    """One physical unit of a listing: what is lent, one loan at a time.

    Only a copy in service is promised and handed over. Its code is what its label
    says: it tells which copy this is and gives no right to anything.
    """

    _name = "ebs.copy"
    _inherit = ["ebs.base.mixin", "ebs.state.mixin"]
    _description = "Copy"
    _order = "listing_id, number"
    _rec_name = "number"
    _check_company_auto = True

    listing_id = fields.Many2one(
        "ebs.listing",
        required=True,
        index=True,
        check_company=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(
        related="listing_id.company_id",
        store=True,
        index=True,
        precompute=True,
        required=True,
    )
    number = fields.Integer(required=True)
    state = fields.Selection(
        [
            ("in_service", "In service"),
            ("damaged", "Damaged"),
            ("lost", "Lost"),
            ("withdrawn", "Withdrawn"),
        ],
        required=True,
        default="in_service",
        readonly=True,
        copy=False,
    )
    code = fields.Char(
        "Code of the Label",
        required=True,
        readonly=True,
        copy=False,
        default=lambda self: self._make_code(),
        groups=STAFF,
    )
    note = fields.Text("What Is Wrong", readonly=True, copy=False, groups=STAFF)
    booking_ids = fields.One2many("ebs.booking", "copy_id", "Bookings")

    coming_booking_ids = fields.Many2many(
        "ebs.booking", string="Taken", compute="_compute_coming_booking_ids"
    )

    _number_unique = models.Constraint(
        "UNIQUE (listing_id, number)",
        "Two copies of one listing cannot have the same number.",
    )
    _code_unique = models.Constraint(
        "UNIQUE (code)", "Two copies cannot have the same label."
    )
    _out_of_service_idx = models.Index("(id) WHERE state != 'in_service'")

    # === COMPUTE METHODS === #

    @api.depends("number")
    def _compute_display_name(self):
        for copy in self:
            copy.display_name = self.env._("Copy %s", copy.number)

    @api.depends("booking_ids.date_end", "booking_ids.returned_at")
    def _compute_coming_booking_ids(self):
        now = clock.now()
        for copy in self:
            copy.coming_booking_ids = copy.booking_ids.filtered(
                lambda one: (
                    not one.returned_at and (one._is_out() or one.date_end > now)
                )
            )

    @api.model
    def _make_code(self):
        """Draw a code for a label; the database refuses one that exists already."""
        return "".join(secrets.choice(CODE_ALPHABET) for _ in range(CODE_LENGTH))

    # === BUSINESS METHODS === #

    def _take_out(self, state, note=""):
        """Take out of service: `damaged`, `lost` or `withdrawn`.

        Loans to come get another copy, or both parties are told that none is left.
        """
        before = tuple({"in_service", *OUT_STATES} - {state})
        self._set_state(before, state)
        self.write({"note": note or False})
        self._get_unserved_bookings()._settle()

    def _put_back(self):
        """Put back into service, for the loans that still count on it as well."""
        waiting = self._get_unserved_bookings()
        self._set_state(OUT_STATES, "in_service", {"note": False})
        waiting._settle()

    def _get_unserved_bookings(self):
        """Return the loans to come on these copies, if these are out of service."""
        return self.env["ebs.booking"].search(
            [
                ("copy_id", "in", self.ids),
                *self.env["ebs.booking"]._get_unserved_domain(),
            ],
            order="date_start, id",
        )

    def _get_names(self):
        """Say which copies these are: “Tent, copy 2”, for those who handle them."""
        return ", ".join(
            self.env._(
                "%(title)s, copy %(number)s",
                title=copy.listing_id.name,
                number=copy.number,
            )
            for copy in self.sudo()
        )
