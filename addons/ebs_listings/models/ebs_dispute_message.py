# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.fields import Domain

from .ebs_dispute import OUTCOMES, STAFF


class EbsDisputeMessage(models.Model):
    """A line in a mediation case; nobody can change it.

    Both parties and the mediators read it, but for what is private: that is read by
    the mediators and by the side that wrote it.
    """

    _name = "ebs.dispute.message"
    _description = "Line of a Mediation Case"
    _inherit = ["ebs.base.mixin"]
    _order = "sent_at, id"
    _rec_name = "author_name"
    _check_company_auto = True

    dispute_id = fields.Many2one(
        "ebs.dispute",
        required=True,
        index=True,
        check_company=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(
        related="dispute_id.company_id",
        store=True,
        index=True,
        precompute=True,
        required=True,
    )
    kind = fields.Selection(
        [("word", "Word"), ("outcome", "Outcome"), ("reopened", "Opened Again")],
        required=True,
        default="word",
    )
    side = fields.Selection(
        [("owner", "Owner"), ("asker", "Asker"), ("mediator", "Mediator")],
        required=True,
    )
    member_id = fields.Many2one(
        "ebs.member",
        string="Author",
        index="btree_not_null",
        check_company=True,
        ondelete="restrict",
    )
    # The persona's name as it was; a mediator is known by the platform's.
    author_name = fields.Char(required=True)
    user_id = fields.Many2one(
        "res.users",
        string="Account",
        index=True,
        ondelete="set null",
        groups=STAFF,
    )
    is_private = fields.Boolean(string="Private")
    body = fields.Text(required=True)
    sent_at = fields.Datetime(required=True)
    outcome = fields.Selection(OUTCOMES)
    amount = fields.Monetary()
    currency_id = fields.Many2one(related="company_id.currency_id")
    photo_ids = fields.One2many("ebs.dispute.photo", "message_id", string="Photos")
    is_readable = fields.Boolean(
        compute="_compute_is_readable", search="_search_is_readable", compute_sudo=True
    )

    _author_of_a_side = models.Constraint(
        "CHECK ((side = 'mediator') = (member_id IS NULL))",
        "A party writes as a member, a mediator for the platform.",
    )
    _outcome_is_for_both = models.Constraint(
        """CHECK ((kind = 'outcome') = (outcome IS NOT NULL)
            AND (kind = 'word' OR is_private IS NOT TRUE))""",
        "An outcome is read by both parties.",
    )

    @api.depends_context("uid")
    @api.depends("dispute_id", "is_private", "member_id")
    def _compute_is_readable(self):
        readable = self.filtered_domain(self._get_readable_domain())
        for message in self:
            message.is_readable = message in readable

    def _search_is_readable(self, operator, value):
        if operator != "in":
            return NotImplemented
        return self._get_readable_domain()

    @api.model
    def _get_readable_domain(self):
        """Return what the user may read, decided on the user alone."""
        disputes = self.env["ebs.dispute"]
        shared = Domain("is_private", "=", False) & Domain(
            "dispute_id", "any!", disputes._get_party_domain()
        )
        own = Domain("member_id", "in", self.env["ebs.member"]._get_mine().ids)
        mediated = Domain("dispute_id", "any!", disputes._get_mediator_domain())
        return shared | own | mediated
