# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models
from odoo.tools import SQL


class EbsAudit(models.AbstractModel):
    """What must hold between loans, bookings, deposits and reminders."""

    _inherit = "ebs.audit"

    @api.model
    def _get_queries(self):
        return [
            *super()._get_queries(),
            *self._get_loan_queries(),
            *self._get_booking_queries(),
            *self._get_deposit_queries(),
            *self._get_reminder_queries(),
        ]

    @api.model
    def _get_loan_queries(self):
        return [
            (
                "exchange %(id)s is a loan without days",
                SQL(
                    """SELECT e.id FROM ebs_exchange e JOIN ebs_way w ON w.id = e.way_id
                   WHERE w.commitment = 'booking' AND e.state != 'inquiry'
                     AND (e.date_start IS NULL OR e.date_end IS NULL)"""
                ),
            ),
            (
                "loan %(id)s is accepted and has no booking",
                SQL(
                    """SELECT e.id FROM ebs_exchange e JOIN ebs_way w ON w.id = e.way_id
                   WHERE w.commitment = 'booking' AND e.state = 'accepted'
                     AND NOT EXISTS (
                         SELECT FROM ebs_booking b WHERE b.exchange_id = e.id)"""
                ),
            ),
            (
                "loan %(id)s is ongoing and has no open hand-over",
                SQL(
                    """SELECT e.id FROM ebs_exchange e
                   WHERE e.state = 'ongoing' AND NOT EXISTS (
                         SELECT FROM ebs_booking b WHERE b.exchange_id = e.id
                         AND b.handed_over_at IS NOT NULL AND b.returned_at IS NULL)"""
                ),
            ),
            (
                "loan %(id)s is %(state)s and was never handed over or given back",
                SQL(
                    """SELECT e.id, e.state FROM ebs_exchange e
                   JOIN ebs_way w ON w.id = e.way_id
                   WHERE w.commitment = 'booking' AND (
                       (e.state IN ('ongoing', 'returned', 'lost', 'done')
                        AND e.handed_over_at IS NULL)
                    OR (e.state IN ('returned', 'done') AND e.returned_at IS NULL
                        AND e.lost_at IS NULL))"""
                ),
            ),
        ]

    @api.model
    def _get_booking_queries(self):
        return [
            (
                "booking %(id)s of accepted exchange %(exchange_id)s is over before it",
                SQL(
                    """SELECT b.id, b.exchange_id FROM ebs_booking b
                   JOIN ebs_exchange e ON e.id = b.exchange_id
                   WHERE e.state = 'accepted' AND b.date_end < e.date_end"""
                ),
            ),
            (
                "closed period %(id)s is of another platform than its listing",
                SQL(
                    """SELECT v.id FROM ebs_availability v
                   JOIN ebs_listing l ON l.id = v.listing_id
                   WHERE v.company_id != l.company_id"""
                ),
            ),
            (
                "listing %(id)s has the hours or the place of another platform",
                SQL(
                    """SELECT l.id FROM ebs_listing l
                   LEFT JOIN resource_calendar r ON r.id = l.calendar_id
                   LEFT JOIN ebs_place p ON p.id = l.place_id
                   WHERE r.company_id != l.company_id OR p.company_id != l.company_id"""
                ),
            ),
            (
                "bookings %(id)s and %(other_id)s take copy %(copy_id)s together",
                SQL(
                    """SELECT a.id, b.id AS other_id, a.copy_id
                   FROM ebs_booking a JOIN ebs_booking b
                     ON a.copy_id = b.copy_id AND a.id < b.id
                    AND a.date_start < b.date_end AND b.date_start < a.date_end"""
                ),
            ),
            (
                "booking %(id)s belongs to exchange %(exchange_id)s, which is "
                "%(state)s",
                SQL(
                    """SELECT b.id, b.exchange_id, e.state FROM ebs_booking b
                   JOIN ebs_exchange e ON e.id = b.exchange_id
                   WHERE e.state NOT IN (
                       'accepted', 'ongoing', 'returned', 'lost', 'done')"""
                ),
            ),
            (
                "booking %(id)s is still out, exchange %(exchange_id)s is %(state)s",
                SQL(
                    """SELECT b.id, b.exchange_id, e.state FROM ebs_booking b
                   JOIN ebs_exchange e ON e.id = b.exchange_id
                   WHERE b.handed_over_at IS NOT NULL AND b.returned_at IS NULL
                     AND e.state != 'ongoing'"""
                ),
            ),
        ]

    @api.model
    def _get_deposit_queries(self):
        return [
            (
                "deposit %(id)s is held, exchange %(exchange_id)s is %(state)s",
                SQL(
                    """SELECT d.id, d.exchange_id, e.state FROM ebs_deposit d
                   JOIN ebs_exchange e ON e.id = d.exchange_id
                   WHERE d.state = 'held'
                     AND e.state NOT IN ('ongoing', 'returned', 'lost')"""
                ),
            ),
            (
                "deposit %(id)s is not held, exchange %(exchange_id)s is %(state)s",
                SQL(
                    """SELECT d.id, d.exchange_id, e.state FROM ebs_deposit d
                   JOIN ebs_exchange e ON e.id = d.exchange_id
                   WHERE d.state = 'agreed' AND e.state != 'accepted'
                      OR d.state = 'returned' AND e.state != 'done'"""
                ),
            ),
            (
                "exchange %(id)s was agreed with a deposit and has none",
                SQL(
                    """SELECT e.id FROM ebs_exchange e
                   WHERE e.deposit_kind != 'none'
                     AND e.state IN (
                         'accepted', 'ongoing', 'returned', 'lost', 'done')
                     AND NOT EXISTS (
                         SELECT FROM ebs_deposit d WHERE d.exchange_id = e.id)"""
                ),
            ),
        ]

    @api.model
    def _get_reminder_queries(self):
        return [
            (
                "reminder %(id)s waits, exchange %(exchange_id)s is %(state)s",
                SQL(
                    """SELECT r.id, r.exchange_id, e.state FROM ebs_reminder r
                   JOIN ebs_exchange e ON e.id = r.exchange_id
                   WHERE r.state = 'waiting' AND e.state != 'ongoing'"""
                ),
            ),
            (
                "reminder %(id)s goes to another member than the borrower",
                SQL(
                    """SELECT r.id FROM ebs_reminder r
                   JOIN ebs_exchange e ON e.id = r.exchange_id
                   WHERE r.member_id != e.asker_id OR r.company_id != e.company_id"""
                ),
            ),
            (
                "reminder %(id)s is %(state)s, its moment of sending says otherwise",
                SQL(
                    """SELECT r.id, r.state FROM ebs_reminder r
                   WHERE (r.state = 'sent') != (r.sent_at IS NOT NULL)"""
                ),
            ),
        ]
