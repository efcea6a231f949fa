# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models
from odoo.tools import SQL


class EbsAudit(models.AbstractModel):
    """What must hold between deposits by card, authorisations, orders and events."""

    _inherit = "ebs.audit"

    @api.model
    def _get_queries(self):
        return [
            *super()._get_queries(),
            *self._get_card_owner_queries(),
            *self._get_card_queries(),
            *self._get_order_queries(),
        ]

    @api.model
    def _get_card_owner_queries(self):
        """Money is never received for somebody else."""
        return [
            (
                "listing %(id)s asks for a card and is not the operator's",
                SQL(
                    """SELECT l.id FROM ebs_listing l
                    JOIN res_company c ON c.id = l.company_id
                    WHERE l.deposit_kind = 'card'
                      AND l.member_id IS DISTINCT FROM c.ebs_operator_member_id"""
                ),
            ),
            (
                "deposit %(id)s is held on a card for somebody else than the operator",
                SQL(
                    """SELECT d.id FROM ebs_deposit d
                    JOIN ebs_exchange e ON e.id = d.exchange_id
                    JOIN res_company c ON c.id = e.company_id
                    WHERE d.kind = 'card' AND d.state IN ('agreed', 'held')
                      AND e.owner_id IS DISTINCT FROM c.ebs_operator_member_id"""
                ),
            ),
            (
                "deposit %(id)s is held by a provider of another platform",
                SQL(
                    """SELECT d.id FROM ebs_deposit d
                    JOIN payment_transaction t ON t.id = d.hold_id
                    JOIN payment_provider p ON p.id = t.provider_id
                    WHERE p.company_id != d.company_id"""
                ),
            ),
        ]

    @api.model
    def _get_card_queries(self):
        return [
            (
                "deposit %(id)s and its authorisation disagree on the amount",
                SQL(
                    """SELECT d.id FROM ebs_deposit d
                    JOIN payment_transaction t ON t.id = d.hold_id
                    WHERE d.state IN ('agreed', 'held')
                      AND (t.amount != d.amount OR t.currency_id != d.currency_id)"""
                ),
            ),
            (
                "deposit %(id)s rests on an authorisation of another loan",
                SQL(
                    """SELECT d.id FROM ebs_deposit d
                    JOIN payment_transaction t ON t.id = d.hold_id
                    WHERE NOT t.is_ebs_deposit
                       OR t.ebs_deposit_id IS DISTINCT FROM d.id"""
                ),
            ),
            (
                "authorisation %(id)s was taken and its deposit was not kept",
                SQL(
                    """SELECT t.id FROM payment_transaction t
                    LEFT JOIN ebs_deposit d ON d.id = t.ebs_deposit_id
                    WHERE t.is_ebs_deposit AND t.state = 'done'
                      AND d.state IS DISTINCT FROM 'kept'"""
                ),
            ),
            (
                "authorisation %(id)s stands for nothing and nobody lets it go",
                SQL(
                    """SELECT t.id FROM payment_transaction t
                    WHERE t.is_ebs_deposit AND t.state = 'authorized'
                      AND NOT EXISTS (
                          SELECT FROM ebs_deposit d WHERE d.hold_id = t.id
                             AND d.state IN ('agreed', 'held'))
                      AND NOT EXISTS (
                          SELECT FROM ebs_payment_order o
                           WHERE o.transaction_id = t.id
                             AND o.kind IN ('release', 'capture'))"""
                ),
            ),
        ]

    @api.model
    def _get_order_queries(self):
        return [
            (
                "order %(id)s is done and what was made for it is %(state)s",
                SQL(
                    """SELECT o.id, t.state FROM ebs_payment_order o
                    LEFT JOIN payment_transaction t ON t.id = o.result_id
                    WHERE o.state = 'done' AND (t.id IS NULL
                       OR t.state NOT IN ('done', 'cancel', 'authorized', 'pending'))"""
                ),
            ),
            (
                "order %(id)s takes from a card without a deposit that is kept",
                SQL(
                    """SELECT o.id FROM ebs_payment_order o
                    LEFT JOIN ebs_deposit d ON d.id = o.deposit_id
                    WHERE o.kind IN ('capture', 'charge', 'refund', 'rest')
                      AND d.state IS DISTINCT FROM 'kept'"""
                ),
            ),
            (
                "more was refunded than taken of authorisation %(id)s",
                SQL(
                    """SELECT t.id FROM payment_transaction t
                    JOIN payment_transaction r ON r.source_transaction_id = t.id
                     AND r.operation = 'refund' AND r.state IN ('done', 'pending')
                    WHERE t.is_ebs_deposit
                    GROUP BY t.id, t.amount HAVING -SUM(r.amount) > t.amount"""
                ),
            ),
            (
                "event %(id)s is %(state)s and its moment says otherwise",
                SQL(
                    """SELECT i.id, i.state FROM ebs_payment_inbox i
                    WHERE (i.state IN ('done', 'ignored', 'refused'))
                       != (i.done_at IS NOT NULL)"""
                ),
            ),
        ]
