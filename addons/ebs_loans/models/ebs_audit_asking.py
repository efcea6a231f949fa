# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models
from odoo.tools import SQL


class EbsAudit(models.AbstractModel):
    """What must hold between loans, the limits, and those who wait."""

    _inherit = "ebs.audit"

    @api.model
    def _get_queries(self):
        return [
            *super()._get_queries(),
            *self._get_tally_queries(),
            *self._get_waiting_queries(),
            *self._get_agreement_queries(),
        ]

    @api.model
    def _get_tally_queries(self):
        return [
            (
                "tally %(id)s says %(loan_count)s loans worth %(value_sum)s, and"
                " counts %(loans)s worth %(value)s",
                SQL(
                    """SELECT t.id, t.loan_count, t.value_sum, count(e.id) AS loans,
                          COALESCE(sum(COALESCE(e.value, 0)), 0) AS value
                   FROM ebs_loan_tally t
                   LEFT JOIN ebs_exchange_tally_rel r ON r.tally_id = t.id
                   LEFT JOIN ebs_exchange e ON e.id = r.exchange_id
                   GROUP BY t.id
                   HAVING t.loan_count != count(e.id)
                       OR t.value_sum != COALESCE(sum(COALESCE(e.value, 0)), 0)"""
                ),
            ),
            (
                "loan %(id)s is %(state)s and counts in no limit",
                SQL(
                    """SELECT e.id, e.state FROM ebs_exchange e
                   JOIN ebs_way w ON w.id = e.way_id
                   WHERE w.commitment = 'booking'
                     AND e.state IN ('requested', 'accepted', 'ongoing')
                     AND NOT EXISTS (
                         SELECT FROM ebs_exchange_tally_rel r
                         JOIN ebs_loan_tally t ON t.id = r.tally_id
                         WHERE r.exchange_id = e.id AND t.category_id IS NULL
                           AND t.member_id = e.asker_id)"""
                ),
            ),
            (
                "exchange %(id)s is %(state)s and counts in a limit",
                SQL(
                    """SELECT DISTINCT e.id, e.state FROM ebs_exchange e
                   JOIN ebs_exchange_tally_rel r ON r.exchange_id = e.id
                   WHERE e.state NOT IN ('requested', 'accepted', 'ongoing')"""
                ),
            ),
        ]

    @api.model
    def _get_waiting_queries(self):
        return [
            (
                "booking %(id)s is a hold, its member is %(state)s",
                SQL(
                    """SELECT b.id, w.state FROM ebs_booking b
                   JOIN ebs_waiting w ON w.id = b.waiting_id
                   WHERE b.kind = 'hold' AND w.state != 'held'"""
                ),
            ),
            (
                "place %(id)s is held, and nothing is kept for it",
                SQL(
                    """SELECT w.id FROM ebs_waiting w
                   WHERE w.state = 'held' AND NOT EXISTS (
                       SELECT FROM ebs_booking b WHERE b.waiting_id = w.id)"""
                ),
            ),
            (
                "place %(id)s is held for exchange %(exchange_id)s, which is %(state)s",
                SQL(
                    """SELECT w.id, w.exchange_id, e.state FROM ebs_waiting w
                   JOIN ebs_exchange e ON e.id = w.exchange_id
                   WHERE w.state = 'held' AND e.state != 'requested'"""
                ),
            ),
        ]

    @api.model
    def _get_agreement_queries(self):
        return [
            (
                "loan %(id)s is agreed at once, and waits for an answer",
                SQL(
                    """SELECT e.id FROM ebs_exchange e
                   JOIN ebs_way w ON w.id = e.way_id
                   WHERE w.commitment = 'booking' AND e.agreement = 'instant'
                     AND e.state = 'requested'"""
                ),
            ),
            (
                "exchange %(id)s is %(state)s, and an extension is asked for",
                SQL(
                    """SELECT e.id, e.state FROM ebs_exchange e
                   WHERE e.extension_asked_until IS NOT NULL
                     AND (e.state != 'ongoing' OR e.extension_asked_until <= e.day_end)
                   """
                ),
            ),
            (
                "exchange %(id)s is closed as lost, and %(state)s",
                SQL(
                    """SELECT e.id, e.state FROM ebs_exchange e
                   WHERE e.lost_at IS NULL AND e.state = 'lost'
                      OR e.lost_at IS NOT NULL
                     AND (e.state NOT IN ('lost', 'done')
                          OR e.returned_at IS NOT NULL)"""
                ),
            ),
            (
                "loan %(id)s is lost and waits for a deposit that nobody holds",
                SQL(
                    """SELECT e.id FROM ebs_exchange e
                   WHERE e.state = 'lost' AND NOT EXISTS (
                       SELECT FROM ebs_deposit d
                       WHERE d.exchange_id = e.id AND d.state = 'held')"""
                ),
            ),
        ]
