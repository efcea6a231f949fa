# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models
from odoo.addons.ebs_base import clock
from odoo.tools import SQL


class EbsAudit(models.AbstractModel):
    """What must hold between listings, copies, kits and the loans of them."""

    _inherit = "ebs.audit"

    @api.model
    def _get_queries(self):
        return [
            *super()._get_queries(),
            *self._get_copy_queries(),
            *self._get_kit_queries(),
            *self._get_service_queries(),
        ]

    @api.model
    def _get_copy_queries(self):
        return [
            (
                "listing %(id)s is published to be lent and has no copy",
                SQL(
                    """SELECT l.id FROM ebs_listing l
                    JOIN ebs_listing_ebs_way_rel r ON r.ebs_listing_id = l.id
                    JOIN ebs_way w ON w.id = r.ebs_way_id
                    WHERE l.state = 'published' AND w.commitment = 'booking'
                    AND l.side = 'offer'
                    AND NOT EXISTS (
                        SELECT FROM ebs_copy c WHERE c.listing_id = l.id)
                    AND NOT EXISTS (
                        SELECT FROM ebs_kit k WHERE k.listing_id = l.id)
                    GROUP BY l.id"""
                ),
            ),
            (
                "booking %(id)s takes a copy of another member than the owner of "
                "exchange %(exchange_id)s",
                SQL(
                    """SELECT b.id, b.exchange_id FROM ebs_booking b
                   JOIN ebs_exchange e ON e.id = b.exchange_id
                   JOIN ebs_copy c ON c.id = b.copy_id
                   JOIN ebs_listing l ON l.id = c.listing_id
                   WHERE l.member_id != e.owner_id
                      OR c.company_id != e.company_id
                      OR b.company_id != e.company_id"""
                ),
            ),
            (
                "exchange %(id)s names a copy that none of its bookings takes",
                SQL(
                    """SELECT e.id FROM ebs_exchange e
                   WHERE EXISTS (SELECT FROM ebs_booking b WHERE b.exchange_id = e.id)
                     AND NOT EXISTS (
                         SELECT FROM ebs_booking b
                         WHERE b.exchange_id = e.id AND b.copy_id = e.copy_id)"""
                ),
            ),
        ]

    @api.model
    def _get_kit_queries(self):
        return [
            (
                "loan %(id)s agreed on %(copy_quantity)s copies and has %(count)s",
                SQL(
                    """SELECT e.id, e.copy_quantity, count(b.id) AS count
                   FROM ebs_exchange e JOIN ebs_way w ON w.id = e.way_id
                   LEFT JOIN ebs_booking b ON b.exchange_id = e.id
                   WHERE w.commitment = 'booking' AND e.state IN ('accepted', 'ongoing')
                   GROUP BY e.id HAVING count(b.id) > 0
                      AND count(DISTINCT b.copy_id) != e.copy_quantity"""
                ),
            ),
            (
                "loan %(id)s is ongoing, and only some of its copies are out",
                SQL(
                    """SELECT e.id FROM ebs_exchange e
                   JOIN ebs_booking b ON b.exchange_id = e.id
                   WHERE e.state = 'ongoing'
                   GROUP BY e.id HAVING count(*) > count(*) FILTER (
                       WHERE b.handed_over_at IS NOT NULL AND b.returned_at IS NULL)
                   AND count(*) FILTER (
                       WHERE b.handed_over_at IS NOT NULL AND b.returned_at IS NULL
                   ) > 0"""
                ),
            ),
            (
                "kit %(id)s has a part that is a kit, or of another member",
                SQL(
                    """SELECT k.id FROM ebs_kit k
                   JOIN ebs_listing l ON l.id = k.listing_id
                   JOIN ebs_listing p ON p.id = k.part_id
                   WHERE l.member_id != p.member_id OR l.company_id != p.company_id
                      OR EXISTS (SELECT FROM ebs_kit o WHERE o.listing_id = p.id)"""
                ),
            ),
        ]

    @api.model
    def _get_service_queries(self):
        return [
            (
                "booking %(id)s counts on copy %(copy_id)s, which is %(state)s, and "
                "nobody was told",
                SQL(
                    """SELECT b.id, b.copy_id, c.state FROM ebs_booking b
                   JOIN ebs_copy c ON c.id = b.copy_id
                   WHERE c.state != 'in_service' AND b.kind = 'loan'
                     AND b.handed_over_at IS NULL AND b.is_unserved IS NOT TRUE
                     AND b.date_end > %s""",
                    clock.now(),
                ),
            ),
            (
                "booking %(id)s has no copy left, and copy %(copy_id)s is in service",
                SQL(
                    """SELECT b.id, b.copy_id FROM ebs_booking b
                   JOIN ebs_copy c ON c.id = b.copy_id
                   WHERE c.state = 'in_service' AND b.is_unserved"""
                ),
            ),
        ]
