# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models
from odoo.tools import SQL


class EbsAudit(models.AbstractModel):
    """What must hold of conversations."""

    _inherit = "ebs.audit"

    @api.model
    def _get_queries(self):
        return [*super()._get_queries(), *self._get_message_queries()]

    @api.model
    def _get_message_queries(self):
        return [
            (
                "message %(id)s is by neither party of exchange %(exchange_id)s",
                SQL(
                    """SELECT m.id, m.exchange_id FROM ebs_message m
                    JOIN ebs_exchange e ON e.id = m.exchange_id
                    WHERE m.member_id NOT IN (e.owner_id, e.asker_id)"""
                ),
            ),
            (
                "message %(id)s says nothing and shows nothing",
                SQL(
                    """SELECT m.id FROM ebs_message m
                    WHERE m.body !~ '[^[:space:]]' AND NOT EXISTS (
                        SELECT FROM ebs_message_photo p WHERE p.message_id = m.id)"""
                ),
            ),
            (
                "exchange %(id)s was read further than it is written",
                SQL(
                    """SELECT e.id FROM ebs_exchange e
                    WHERE GREATEST(e.owner_read_to, e.asker_read_to, 0) > COALESCE(
                        (SELECT MAX(m.id) FROM ebs_message m
                        WHERE m.exchange_id = e.id), 0)"""
                ),
            ),
        ]
