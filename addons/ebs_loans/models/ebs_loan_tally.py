# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import psycopg2
from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL, mute_logger


class EbsLoanTally(models.Model):
    """What one member has asked for and borrowed, of all kinds or of one.

    The limits are copied when something is added, and the database refuses a
    count above them: of two who add at once the second one waits, is played again,
    and counts what the first one has added.
    """

    _name = "ebs.loan.tally"
    _inherit = ["ebs.base.mixin"]
    _description = "Loans of a Member"
    _order = "member_id, category_id, id"
    _rec_name = "member_id"
    _check_company_auto = True

    member_id = fields.Many2one(
        "ebs.member",
        required=True,
        index=True,
        check_company=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(
        related="member_id.company_id",
        store=True,
        index=True,
        precompute=True,
        required=True,
    )
    # None: loans of all kinds together.
    category_id = fields.Many2one(
        "ebs.category",
        index="btree_not_null",
        check_company=True,
        ondelete="cascade",
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    loan_count = fields.Integer("Loans and Requests", required=True, default=0)
    value_sum = fields.Monetary("Their Value", required=True, default=0)
    max_count = fields.Integer("At Most", required=True, default=0)
    max_value = fields.Monetary("Worth at Most", required=True, default=0)
    exchange_ids = fields.Many2many(
        "ebs.exchange",
        "ebs_exchange_tally_rel",
        "tally_id",
        "exchange_id",
        "Counted",
        check_company=True,
    )

    _one_each = models.UniqueIndex(
        "(member_id, COALESCE(category_id, 0))",
        "What a member has borrowed is counted once.",
    )
    _counts_hold = models.Constraint(
        "CHECK (loan_count >= 0 AND value_sum >= 0)", "A count is not below zero."
    )
    _loans_within_limit = models.Constraint(
        "CHECK (max_count = 0 OR loan_count <= max_count)",
        "This member has as many loans and requests as the rules allow.",
    )
    _value_within_limit = models.Constraint(
        "CHECK (max_value = 0 OR value_sum <= max_value)",
        "This member has borrowed as much as the rules allow.",
    )

    # === BUSINESS METHODS === #

    @api.model
    def _add(self, exchange):
        """Count a loan in each tally it is a part of; the database may refuse."""
        rows = [
            SQL(
                "(%s, %s, %s::integer, 1, %s, %s, %s)",
                exchange.asker_id.id,
                exchange.company_id.id,
                category.id or None,
                exchange.value or 0,
                max_count,
                max_value,
            )
            for category, max_count, max_value in exchange.listing_id._get_limits()
        ]
        self.env.flush_all()
        try:
            with mute_logger("odoo.sql_db"), self.env.cr.savepoint(flush=False):
                self.env.cr.execute(
                    SQL(
                        """WITH counted AS (
                            INSERT INTO ebs_loan_tally AS t (
                                member_id, company_id, category_id, loan_count,
                                value_sum, max_count, max_value)
                            VALUES %s
                            ON CONFLICT (member_id, COALESCE(category_id, 0))
                            DO UPDATE SET
                                loan_count = t.loan_count + 1,
                                value_sum = t.value_sum + EXCLUDED.value_sum,
                                max_count = EXCLUDED.max_count,
                                max_value = EXCLUDED.max_value
                            RETURNING id)
                        INSERT INTO ebs_exchange_tally_rel (tally_id, exchange_id)
                        SELECT id, %s FROM counted""",
                        SQL(", ").join(rows),
                        exchange.id,
                    )
                )
        except psycopg2.errors.CheckViolation as error:
            raise UserError(
                self.env._(
                    "You have as many loans and requests as the rules allow: bring one"
                    " back or withdraw a request first."
                )
            ) from error
        self.invalidate_model(flush=False)

    @api.model
    def _remove(self, exchanges):
        """Count these no more, wherever they were counted."""
        if not exchanges:
            return
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """WITH gone AS (
                    DELETE FROM ebs_exchange_tally_rel WHERE exchange_id IN %s
                    RETURNING tally_id, exchange_id),
                less AS (
                    SELECT g.tally_id, count(*) AS loans,
                           sum(COALESCE(e.value, 0)) AS value
                    FROM gone g JOIN ebs_exchange e ON e.id = g.exchange_id
                    GROUP BY g.tally_id)
                UPDATE ebs_loan_tally t SET loan_count = t.loan_count - less.loans,
                    value_sum = t.value_sum - less.value
                FROM less WHERE less.tally_id = t.id""",
                tuple(exchanges.ids),
            )
        )
        self.invalidate_model(flush=False)
