# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models
from odoo.tools import SQL


class EbsAudit(models.AbstractModel):
    """What must hold between listings, photos, exchanges and promises."""

    _inherit = "ebs.audit"

    @api.model
    def _get_queries(self):
        return [
            *super()._get_queries(),
            *self._get_listing_queries(),
            *self._get_exchange_queries(),
            *self._get_promise_queries(),
        ]

    @api.model
    def _get_listing_queries(self):
        return [
            (
                "listing %(id)s is nowhere, and its zone is somewhere",
                SQL(
                    """SELECT l.id FROM ebs_listing l
                    JOIN ebs_zone z ON z.id = l.zone_id
                    WHERE (z.latitude <> 0 OR z.longitude <> 0)
                    AND COALESCE(l.latitude, 0) = 0
                    AND COALESCE(l.longitude, 0) = 0"""
                ),
            ),
            (
                "listing %(id)s is %(state)s without a category",
                SQL(
                    """SELECT id, state FROM ebs_listing
                    WHERE state IN ('pending', 'published') AND category_id IS NULL"""
                ),
            ),
            (
                "listing %(id)s is %(state)s without a way",
                SQL(
                    """SELECT l.id, l.state FROM ebs_listing l
                    WHERE l.state IN ('pending', 'published') AND NOT EXISTS (
                        SELECT FROM ebs_listing_ebs_way_rel r
                        WHERE r.ebs_listing_id = l.id)"""
                ),
            ),
            (
                "listing %(id)s was published at no time",
                SQL(
                    """SELECT id FROM ebs_listing
                    WHERE state IN ('published', 'paused') AND published_at IS NULL"""
                ),
            ),
            (
                "listing %(id)s is %(state)s and is to be shown until %(expires_at)s",
                SQL(
                    """SELECT id, state, expires_at FROM ebs_listing
                    WHERE state NOT IN ('published', 'paused')
                    AND expires_at IS NOT NULL"""
                ),
            ),
            (
                "listing %(id)s is looked for, and has a price",
                SQL("SELECT id FROM ebs_listing WHERE side = 'want' AND price != 0"),
            ),
            (
                "listing %(listing_id)s is looked for, and was asked for (%(id)s)",
                SQL(
                    """SELECT e.id, e.listing_id FROM ebs_exchange e
                    JOIN ebs_listing l ON l.id = e.listing_id
                    WHERE l.side = 'want' AND e.requested_at IS NOT NULL"""
                ),
            ),
            (
                "listing %(id)s is published by a member who is %(state)s",
                SQL(
                    """SELECT l.id, m.state FROM ebs_listing l
                    JOIN ebs_member m ON m.id = l.member_id
                    WHERE l.state = 'published' AND m.state != 'approved'"""
                ),
            ),
            (
                "listing %(id)s is published for circles, and for none",
                SQL(
                    """SELECT l.id FROM ebs_listing l
                    WHERE l.state = 'published' AND l.visibility = 'circles'
                    AND NOT EXISTS (
                        SELECT FROM ebs_circle_ebs_listing_rel r
                        WHERE r.ebs_listing_id = l.id)"""
                ),
            ),
            (
                "listing %(id)s is for circle %(circle_id)s of another platform",
                SQL(
                    """SELECT l.id, c.id AS circle_id FROM ebs_listing l
                    JOIN ebs_circle_ebs_listing_rel r ON r.ebs_listing_id = l.id
                    JOIN ebs_circle c ON c.id = r.ebs_circle_id
                    WHERE c.company_id != l.company_id"""
                ),
            ),
            (
                "listing %(id)s, its member, category and zone are not of one platform",
                SQL(
                    """SELECT l.id FROM ebs_listing l
                    JOIN ebs_member m ON m.id = l.member_id
                    LEFT JOIN ebs_category c ON c.id = l.category_id
                    LEFT JOIN ebs_zone z ON z.id = l.zone_id
                    WHERE m.company_id != l.company_id
                    OR c.company_id != l.company_id
                    OR z.company_id != l.company_id"""
                ),
            ),
        ]

    @api.model
    def _get_exchange_queries(self):
        return [
            (
                "exchange %(id)s has a party of another platform",
                SQL(
                    """SELECT e.id FROM ebs_exchange e
                    JOIN ebs_member o ON o.id = e.owner_id
                    JOIN ebs_member a ON a.id = e.asker_id
                    JOIN ebs_listing l ON l.id = e.listing_id
                    WHERE o.company_id != e.company_id
                    OR a.company_id != e.company_id
                    OR l.company_id != e.company_id"""
                ),
            ),
            (
                "exchange %(id)s is not with the member who offers it",
                SQL(
                    """SELECT e.id FROM ebs_exchange e
                    JOIN ebs_listing l ON l.id = e.listing_id
                    WHERE l.member_id != e.owner_id"""
                ),
            ),
            (
                "exchange %(id)s is between two personas of one account",
                SQL(
                    """SELECT e.id FROM ebs_exchange e
                    JOIN ebs_member o ON o.id = e.owner_id
                    JOIN ebs_member a ON a.id = e.asker_id
                    WHERE o.user_id = a.user_id"""
                ),
            ),
            (
                "exchange %(id)s is %(state)s, its moments say otherwise",
                SQL(
                    """SELECT e.id, e.state FROM ebs_exchange e
                    JOIN ebs_listing l ON l.id = e.listing_id
                    WHERE (e.state = 'done') != (e.done_at IS NOT NULL)
                    OR (e.state IN ('declined', 'cancelled', 'expired'))
                        != (e.ended_at IS NOT NULL)
                    OR e.state IN ('accepted', 'done') AND e.accepted_at IS NULL
                        AND l.side = 'offer'
                    OR e.state IN ('inquiry', 'requested', 'declined', 'expired')
                        AND e.accepted_at IS NOT NULL
                    OR e.state = 'inquiry' AND e.requested_at IS NOT NULL
                    OR e.state IN ('requested', 'accepted', 'done')
                        AND e.requested_at IS NULL AND l.side = 'offer'
                    OR e.requested_at < e.opened_at
                    OR e.accepted_at < e.requested_at
                    OR e.done_at < e.accepted_at"""
                ),
            ),
            (
                "message %(id)s was written by neither party of its exchange",
                SQL(
                    """SELECT m.id FROM ebs_message m
                    JOIN ebs_exchange e ON e.id = m.exchange_id
                    WHERE m.member_id NOT IN (e.owner_id, e.asker_id)"""
                ),
            ),
        ]

    @api.model
    def _get_promise_queries(self):
        return [
            (
                "exchange %(id)s is %(state)s and nothing is promised",
                SQL(
                    """SELECT e.id, e.state FROM ebs_exchange e
                    JOIN ebs_way w ON w.id = e.way_id
                    WHERE w.commitment = 'promise' AND e.state IN ('accepted', 'done')
                    AND NOT EXISTS (
                        SELECT FROM ebs_promise p
                        WHERE p.exchange_id = e.id AND p.state != 'cancelled')"""
                ),
            ),
            (
                "promise %(id)s is %(state)s, its exchange is %(exchange_state)s",
                SQL(
                    """SELECT p.id, p.state, e.state AS exchange_state
                    FROM ebs_promise p
                    JOIN ebs_exchange e ON e.id = p.exchange_id
                    WHERE (p.state = 'open') != (e.state = 'accepted')
                    OR (p.state = 'done') != (e.state = 'done')"""
                ),
            ),
            (
                "promise %(id)s is of another listing than its exchange",
                SQL(
                    """SELECT p.id FROM ebs_promise p
                    JOIN ebs_exchange e ON e.id = p.exchange_id
                    WHERE p.listing_id != e.listing_id"""
                ),
            ),
            (
                "listing %(listing_id)s is promised %(times)s times",
                SQL(
                    """SELECT listing_id, count(*) AS times FROM ebs_promise
                    WHERE state IN ('open', 'done')
                    GROUP BY listing_id HAVING count(*) > 1"""
                ),
            ),
        ]
