# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models
from odoo.tools import SQL


class EbsAudit(models.AbstractModel):
    """What must hold between mediation cases and deposits."""

    _inherit = "ebs.audit"

    @api.model
    def _get_dispute_queries(self):
        return [
            *super()._get_dispute_queries(),
            (
                "deposit %(id)s is %(state)s, case %(dispute_id)s decided otherwise",
                SQL(
                    """SELECT p.id, p.state, d.id AS dispute_id FROM ebs_deposit p
                    JOIN ebs_dispute d ON d.exchange_id = p.exchange_id
                    JOIN ebs_dispute_message m ON m.dispute_id = d.id
                    WHERE m.outcome = 'release' AND p.state != 'returned'
                    OR m.outcome = 'keep' AND (
                        p.state != 'kept' OR p.kept_amount != m.amount)"""
                ),
            ),
            (
                "case %(id)s decided on the deposit of an exchange without one",
                SQL(
                    """SELECT d.id FROM ebs_dispute d
                    JOIN ebs_dispute_message m ON m.dispute_id = d.id
                    WHERE m.outcome IN ('release', 'keep') AND NOT EXISTS (
                        SELECT FROM ebs_deposit p
                        WHERE p.exchange_id = d.exchange_id)"""
                ),
            ),
            (
                "deposit %(id)s moved while case %(dispute_id)s was open",
                SQL(
                    """SELECT p.id, d.id AS dispute_id FROM ebs_deposit p
                    JOIN ebs_dispute d ON d.exchange_id = p.exchange_id
                    WHERE d.state IN ('open', 'taken')
                    AND COALESCE(p.returned_at, p.kept_at)
                        > COALESCE(d.reopened_at, d.opened_at)"""
                ),
            ),
        ]
