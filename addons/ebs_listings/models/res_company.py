# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models


class ResCompany(models.Model):
    """The operator's rules about listings and requests."""

    _inherit = "res.company"

    ebs_moderation = fields.Selection(
        [("after", "After it is published"), ("before", "Before it is published")],
        string="When Moderators Look at a Listing",
        required=True,
        default="after",
    )
    ebs_request_days = fields.Integer(string="Days to Answer a Request", default=7)
    # Zero: listings are shown for good.
    ebs_expiry_days = fields.Integer(string="Days a Listing Is Shown", default=180)

    ebs_dispute_open_days = fields.Integer(
        string="Days to Ask for a Mediator", default=30
    )
    ebs_dispute_answer_days = fields.Integer(
        string="Days to Be Heard by a Mediator", default=10
    )

    _ebs_dispute_days_sane = models.Constraint(
        """CHECK (ebs_dispute_open_days BETWEEN 1 AND 365
            AND ebs_dispute_answer_days BETWEEN 1 AND 60)""",
        "A mediator is asked for within 1 to 365 days, and waits for 1 to 60 days.",
    )
    _ebs_request_days_sane = models.Constraint(
        "CHECK (ebs_request_days BETWEEN 1 AND 60)",
        "A member has from 1 to 60 days to answer a request.",
    )

    _ebs_expiry_days_sane = models.Constraint(
        "CHECK (ebs_expiry_days = 0 OR ebs_expiry_days BETWEEN 30 AND 730)",
        "A listing is shown for 30 to 730 days, or for good with 0.",
    )

    @api.model
    def _get_ebs_rules(self):
        return [
            *super()._get_ebs_rules(),
            "ebs_moderation",
            "ebs_request_days",
            "ebs_expiry_days",
            "ebs_dispute_open_days",
            "ebs_dispute_answer_days",
        ]
