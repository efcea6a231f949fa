# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models


class EbsMember(models.Model):
    """A mail about an exchange says so."""

    _inherit = "ebs.member"

    @api.model
    def _get_mail_marks(self, values):
        """Say which exchange a mail is about, and for which side it is to answer."""
        marks = super()._get_mail_marks(values)
        if exchange_id := values.get("exchange_id"):
            marks["ebs_exchange_id"] = exchange_id
            marks["ebs_answer_side"] = values.get("is_answered") and values["side"]
        return marks
