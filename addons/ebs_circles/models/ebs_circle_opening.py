# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.addons.ebs_base import clock
from odoo.fields import Domain

from .ebs_member import MODERATOR

REASON_LENGTH = 500


class EbsCircleOpening(models.Model):
    """A moderator looks into a circle: why, and until when."""

    _name = "ebs.circle.opening"
    _description = "Opening of a Circle"
    _inherit = ["ebs.base.mixin"]
    _order = "id desc"
    _rec_name = "circle_id"
    _check_company_auto = True

    circle_id = fields.Many2one(
        "ebs.circle",
        required=True,
        index=True,
        readonly=True,
        ondelete="cascade",
        check_company=True,
    )
    company_id = fields.Many2one(
        related="circle_id.company_id", store=True, index=True, precompute=True
    )
    user_id = fields.Many2one(
        "res.users",
        string="Moderator",
        required=True,
        index=True,
        readonly=True,
        ondelete="cascade",
        groups=MODERATOR,
    )
    reason = fields.Text(required=True, readonly=True)
    opened_at = fields.Datetime(string="Opened on", required=True, readonly=True)
    until = fields.Datetime(required=True, readonly=True)

    _reason_short = models.Constraint(
        f"CHECK (char_length(reason) <= {REASON_LENGTH})",
        f"A reason has at most {REASON_LENGTH} characters.",
    )

    @api.model
    def _get_circle_ids(self):
        """Return the circles that the user has opened, while it lasts.

        It is decided on the user: the superuser's rights open nothing, and who is
        not a moderator any more has opened nothing.
        """
        user = self.env.user
        if not user.has_group(MODERATOR):
            return []
        domain = (
            Domain("user_id", "=", user.id)
            & Domain("until", ">", clock.now())
            & Domain("company_id", "in", user.company_ids.ids)
        )
        groups = self.sudo()._read_group(domain, ["circle_id"])
        return [circle.id for (circle,) in groups]
