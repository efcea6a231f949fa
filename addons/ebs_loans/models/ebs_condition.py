# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.addons.ebs_base import clock

KINDS = [("hand_over", "Hand-over"), ("return", "Return")]


class EbsCondition(models.Model):
    """In what state a thing went out, or came back: words, checks and photos.

    Who hands over or takes back writes it, the other party confirms it or objects.
    Once confirmed or objected to it stays as it is.
    """

    _name = "ebs.condition"
    _inherit = "ebs.base.mixin"
    _description = "Condition Report"
    _order = "exchange_id, id"
    _check_company_auto = True

    exchange_id = fields.Many2one(
        "ebs.exchange",
        required=True,
        index=True,
        readonly=True,
        check_company=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(
        related="exchange_id.company_id",
        store=True,
        index=True,
        precompute=True,
        required=True,
    )
    kind = fields.Selection(KINDS, required=True, readonly=True)
    note = fields.Text(readonly=True)
    # [[what was looked at, whether it is in order], …], in the list's order.
    checks = fields.Json(readonly=True)
    checks_text = fields.Text("Check-list", compute="_compute_checks_text")
    photo_ids = fields.One2many("ebs.condition.photo", "condition_id", "Photos")

    # Who wrote it, and what the parties say to it.
    made_side = fields.Selection(
        [("owner", "The owner"), ("desk", "The team")],
        "Written By",
        required=True,
        readonly=True,
    )
    made_at = fields.Datetime("Written on", required=True, readonly=True)
    user_id = fields.Many2one(
        "res.users",
        "Account",
        readonly=True,
        groups="ebs_base.group_ebs_staff",
        ondelete="set null",
    )
    owner_confirmed_at = fields.Datetime("Confirmed by the Owner", readonly=True)
    asker_confirmed_at = fields.Datetime("Confirmed by the Borrower", readonly=True)
    desk_confirmed_at = fields.Datetime("Confirmed by the Team", readonly=True)
    desk_note = fields.Text("Note of the Team", readonly=True)
    objected_at = fields.Datetime("Objected to on", readonly=True)
    objected_side = fields.Selection(
        [("owner", "The owner"), ("asker", "The borrower")],
        "Objected to By",
        readonly=True,
    )
    objection = fields.Text(readonly=True)

    _once = models.Constraint(
        "UNIQUE (exchange_id, kind)", "This report is written already."
    )
    _objection_whole = models.Constraint(
        """CHECK ((objected_at IS NULL) = (objection IS NULL)
            AND (objected_at IS NULL) = (objected_side IS NULL))""",
        "An objection says who objects and why.",
    )
    _desk_says_why = models.Constraint(
        "CHECK ((desk_confirmed_at IS NULL) = (desk_note IS NULL))",
        "The team confirms with a note.",
    )

    # === COMPUTE METHODS === #

    @api.depends_context("lang")
    @api.depends("kind")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for report in self:
            report.display_name = kinds.get(report.kind, "")

    @api.depends("checks")
    def _compute_checks_text(self):
        for report in self:
            report.checks_text = "\n".join(
                f"{'✓' if is_fine else '✗'} {name}"
                for name, is_fine in report.checks or []
            )

    # === BUSINESS METHODS === #

    def _get_faults(self):
        """What was looked at and is not in order."""
        return [name for name, is_fine in self.checks or [] if not is_fine]

    def _is_settled(self):
        """Whether nobody has to say anything to it any more."""
        both = self.owner_confirmed_at and self.asker_confirmed_at
        return bool(both or self.desk_confirmed_at or self.objected_at)

    def _is_waiting_for(self, side):
        """Whether that party may still confirm it or object."""
        return not self._is_settled() and not self[f"{side}_confirmed_at"]

    def _confirm(self, side):
        self.write({f"{side}_confirmed_at": clock.now()})

    def _object(self, side, objection):
        self.write(
            {
                "objected_at": clock.now(),
                "objected_side": side,
                "objection": objection,
            }
        )
