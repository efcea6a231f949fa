# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models
from odoo.tools import SQL


class EbsAudit(models.AbstractModel):
    """What must hold between exchanges and their mediation cases."""

    _inherit = "ebs.audit"

    @api.model
    def _get_queries(self):
        return [*super()._get_queries(), *self._get_dispute_queries()]

    @api.model
    def _get_dispute_queries(self):
        return [
            (
                "exchange %(id)s says that it is in mediation, its cases say otherwise",
                SQL(
                    """SELECT e.id FROM ebs_exchange e
                    WHERE COALESCE(e.is_disputed, FALSE) != EXISTS (
                        SELECT FROM ebs_dispute d WHERE d.exchange_id = e.id
                        AND d.state IN ('open', 'taken'))"""
                ),
            ),
            (
                "exchange %(exchange_id)s has %(times)s mediation cases at once",
                SQL(
                    """SELECT exchange_id, count(*) AS times FROM ebs_dispute
                    WHERE state != 'withdrawn'
                    GROUP BY exchange_id HAVING count(*) > 1"""
                ),
            ),
            (
                "case %(id)s is about an exchange on which nobody agreed",
                SQL(
                    """SELECT d.id FROM ebs_dispute d
                    JOIN ebs_exchange e ON e.id = d.exchange_id
                    WHERE e.accepted_at IS NULL OR e.accepted_at > d.opened_at"""
                ),
            ),
            (
                "case %(id)s was opened by neither party",
                SQL(
                    """SELECT d.id FROM ebs_dispute d
                    JOIN ebs_exchange e ON e.id = d.exchange_id
                    WHERE d.opener_id NOT IN (e.owner_id, e.asker_id)
                    OR d.company_id != e.company_id"""
                ),
            ),
            (
                "case %(id)s is with a mediator who is a party of it",
                SQL(
                    """SELECT d.id FROM ebs_dispute d
                    JOIN ebs_exchange e ON e.id = d.exchange_id
                    JOIN ebs_member m ON m.id IN (e.owner_id, e.asker_id)
                    WHERE d.state = 'taken' AND m.user_id = d.mediator_id"""
                ),
            ),
            (
                "case %(id)s is %(state)s, its moments say otherwise",
                SQL(
                    """SELECT id, state FROM ebs_dispute
                    WHERE (state = 'withdrawn') != (withdrawn_at IS NOT NULL)
                    OR state = 'open' AND taken_at IS NOT NULL
                    OR state = 'withdrawn' AND reopened_at IS NOT NULL
                    OR reopened_at < opened_at
                    OR taken_at < COALESCE(reopened_at, opened_at)
                    OR settled_at < taken_at"""
                ),
            ),
            (
                "case %(id)s and its lines do not tell of the same outcomes",
                SQL(
                    """SELECT d.id FROM ebs_dispute d
                    WHERE (SELECT count(*) FROM ebs_dispute_message m
                        WHERE m.dispute_id = d.id AND m.kind = 'outcome')
                    != (d.state = 'settled')::int + (d.reopened_at IS NOT NULL)::int
                    OR (SELECT count(*) FROM ebs_dispute_message m
                        WHERE m.dispute_id = d.id AND m.kind = 'reopened')
                    != (d.reopened_at IS NOT NULL)::int"""
                ),
            ),
            (
                "line %(id)s of a case was written by neither party of it",
                SQL(
                    """SELECT m.id FROM ebs_dispute_message m
                    JOIN ebs_dispute d ON d.id = m.dispute_id
                    JOIN ebs_exchange e ON e.id = d.exchange_id
                    WHERE m.side = 'owner' AND m.member_id != e.owner_id
                    OR m.side = 'asker' AND m.member_id != e.asker_id"""
                ),
            ),
        ]
