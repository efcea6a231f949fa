# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models
from odoo.tools import SQL


class EbsAudit(models.AbstractModel):
    """What must hold between loans, their reports, and what secures them."""

    _inherit = "ebs.audit"

    @api.model
    def _get_queries(self):
        return [
            *super()._get_queries(),
            *self._get_condition_queries(),
            *self._get_settled_queries(),
            *self._get_guarantee_queries(),
        ]

    @api.model
    def _get_condition_queries(self):
        return [
            (
                "loan %(id)s wants condition reports and has none of its %(kind)s",
                SQL(
                    """SELECT e.id, k.kind FROM ebs_exchange e
                   CROSS JOIN (VALUES ('hand_over'), ('return')) k (kind)
                   WHERE e.condition_required AND CASE k.kind
                         WHEN 'hand_over' THEN e.handed_over_at IS NOT NULL
                         ELSE e.returned_at IS NOT NULL END
                     AND NOT EXISTS (
                         SELECT FROM ebs_condition c
                         WHERE c.exchange_id = e.id AND c.kind = k.kind)"""
                ),
            ),
            (
                "condition report %(id)s is of the %(kind)s of exchange "
                "%(exchange_id)s, which is %(state)s",
                SQL(
                    """SELECT c.id, c.kind, c.exchange_id, e.state
                   FROM ebs_condition c JOIN ebs_exchange e ON e.id = c.exchange_id
                   WHERE e.state NOT IN (
                       'accepted', 'ongoing', 'returned', 'lost', 'done')
                      OR (c.kind = 'return' AND e.state = 'accepted')"""
                ),
            ),
            (
                "loan %(id)s was agreed and has no contract",
                SQL(
                    """SELECT e.id FROM ebs_exchange e JOIN ebs_way w ON w.id = e.way_id
                   WHERE w.commitment = 'booking'
                     AND e.state IN ('accepted', 'ongoing', 'returned', 'lost')
                     AND e.contract_text IS NULL"""
                ),
            ),
        ]

    @api.model
    def _get_settled_queries(self):
        return [
            (
                "exchange %(exchange_id)s has %(count)s open deposits",
                SQL(
                    """SELECT d.exchange_id, count(*) AS count FROM ebs_deposit d
                   WHERE d.state IN ('agreed', 'held')
                   GROUP BY d.exchange_id HAVING count(*) > 1"""
                ),
            ),
            (
                "deposit %(id)s is kept, exchange %(exchange_id)s is %(state)s",
                SQL(
                    """SELECT d.id, d.exchange_id, e.state FROM ebs_deposit d
                   JOIN ebs_exchange e ON e.id = d.exchange_id
                   WHERE d.state = 'kept' AND e.state != 'done'
                     AND NOT (e.state = 'ongoing' AND EXISTS (
                         SELECT FROM ebs_dispute_message m
                         JOIN ebs_dispute c ON c.id = m.dispute_id
                         WHERE c.exchange_id = e.id AND m.outcome = 'keep'))"""
                ),
            ),
            (
                "deposit %(id)s was kept before the days of notice were over, and "
                "no mediator decided it",
                SQL(
                    """SELECT d.id FROM ebs_deposit d
                   WHERE d.state = 'kept'
                     AND (d.settles_at IS NULL OR d.kept_at < d.settles_at)
                     AND NOT EXISTS (
                         SELECT FROM ebs_dispute_message m
                         JOIN ebs_dispute c ON c.id = m.dispute_id
                         WHERE c.exchange_id = d.exchange_id
                           AND m.outcome = 'keep')"""
                ),
            ),
            (
                "deposit %(id)s is %(state)s, its dates say otherwise",
                SQL(
                    """SELECT d.id, d.state FROM ebs_deposit d
                   WHERE (d.state = 'agreed') != (d.held_at IS NULL)
                      OR (d.state = 'returned') != (d.returned_at IS NOT NULL)
                      OR (d.state = 'kept') != (d.kept_at IS NOT NULL)"""
                ),
            ),
        ]

    @api.model
    def _get_guarantee_queries(self):
        return [
            (
                "guarantee %(id)s is %(state)s, exchange %(exchange_id)s is "
                "%(exchange_state)s",
                SQL(
                    """SELECT g.id, g.state, g.exchange_id, e.state AS exchange_state
                   FROM ebs_guarantee g JOIN ebs_exchange e ON e.id = g.exchange_id
                   WHERE CASE g.state
                       WHEN 'asked' THEN e.state NOT IN ('requested', 'accepted')
                       WHEN 'accepted' THEN e.state NOT IN (
                           'requested', 'accepted', 'ongoing', 'returned', 'lost')
                       WHEN 'freed' THEN e.state != 'done'
                       WHEN 'called' THEN e.state NOT IN ('ongoing', 'done')
                       ELSE FALSE END"""
                ),
            ),
            (
                "loan %(exchange_id)s lasts beyond what guarantee %(id)s is for",
                SQL(
                    """SELECT g.id, g.exchange_id FROM ebs_guarantee g
                   JOIN ebs_exchange e ON e.id = g.exchange_id
                   WHERE g.state IN ('accepted', 'freed', 'called')
                     AND (g.answered_until IS NULL OR g.answered_until < e.day_end)"""
                ),
            ),
            (
                "deposit %(id)s is held and nobody answers for it",
                SQL(
                    """SELECT d.id FROM ebs_deposit d
                   WHERE d.kind = 'guarantor' AND d.state = 'held'
                     AND NOT EXISTS (
                         SELECT FROM ebs_guarantee g
                         WHERE g.exchange_id = d.exchange_id
                           AND g.state = 'accepted')"""
                ),
            ),
            (
                "guarantee %(id)s owes another sum than deposit %(deposit_id)s keeps",
                SQL(
                    """SELECT g.id, d.id AS deposit_id FROM ebs_guarantee g
                   JOIN ebs_deposit d ON d.exchange_id = g.exchange_id
                   WHERE g.state = 'called'
                     AND d.kept_amount IS DISTINCT FROM g.called_amount"""
                ),
            ),
            (
                "guarantee %(id)s is of a party of exchange %(exchange_id)s",
                SQL(
                    """SELECT g.id, g.exchange_id FROM ebs_guarantee g
                   JOIN ebs_exchange e ON e.id = g.exchange_id
                   WHERE g.guarantor_id IN (e.owner_id, e.asker_id)
                      OR g.company_id != e.company_id"""
                ),
            ),
        ]
