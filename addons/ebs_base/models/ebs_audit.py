# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models
from odoo.tools import SQL


class EbsAudit(models.AbstractModel):
    """What must hold in every EBS database, as queries that find nothing."""

    _name = "ebs.audit"
    _description = "EBS audit"

    @api.model
    def _get_queries(self):
        """Return (sentence, SQL) pairs; each row is one broken invariant.

        The sentence is filled with the columns of the row.
        """
        return [
            (
                "member %(id)s has no private data",
                SQL(
                    """SELECT m.id FROM ebs_member m
                    LEFT JOIN ebs_member_private p ON p.member_id = m.id
                    WHERE p.id IS NULL"""
                ),
            ),
            (
                "member %(id)s is approved without a date of approval",
                SQL(
                    """SELECT id FROM ebs_member
                    WHERE state = 'approved' AND joined_on IS NULL"""
                ),
            ),
            (
                "delegate %(id)s stands on another platform than its member",
                SQL(
                    """SELECT d.id FROM ebs_delegate d
                    JOIN ebs_member m ON m.id = d.member_id
                    WHERE d.company_id IS DISTINCT FROM m.company_id"""
                ),
            ),
            (
                "consent %(id)s is for the terms of another platform",
                SQL(
                    """SELECT c.id FROM ebs_consent c
                    JOIN ebs_member m ON m.id = c.member_id
                    JOIN ebs_terms t ON t.id = c.terms_id
                    WHERE t.company_id IS DISTINCT FROM m.company_id"""
                ),
            ),
            (
                "platform %(id)s has no terms",
                SQL(
                    """SELECT c.id FROM res_company c
                    WHERE c.is_ebs_platform AND NOT EXISTS (
                        SELECT FROM ebs_terms t WHERE t.company_id = c.id)"""
                ),
            ),
        ]

    @api.model
    def _run(self):
        """Return one sentence for each broken invariant of this database."""
        self.env.flush_all()
        return [
            sentence % row
            for sentence, query in self._get_queries()
            for row in self.env.execute_query_dict(query)
        ]
