# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.fields import Domain


class EbsMessage(models.Model):
    """A line or photos that a party sent to the other one; nobody can change it."""

    _name = "ebs.message"
    _inherit = ["ebs.base.mixin"]
    _description = "Message"
    _order = "sent_at, id"
    _rec_name = "author_name"
    _check_company_auto = True

    exchange_id = fields.Many2one(
        "ebs.exchange",
        required=True,
        index=True,
        check_company=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(
        related="exchange_id.company_id",
        store=True,
        index=True,
        precompute=True,
        required=True,
    )
    member_id = fields.Many2one(
        "ebs.member",
        string="Author",
        required=True,
        index=True,
        check_company=True,
        ondelete="restrict",
    )
    author_name = fields.Char(required=True)
    # Which of the accounts behind the persona wrote it.
    user_id = fields.Many2one(
        "res.users",
        string="Account",
        index=True,
        ondelete="set null",
        groups="ebs_base.group_ebs_staff",
    )
    # Empty when photos say it all.
    body = fields.Text(required=True)
    sent_at = fields.Datetime(required=True)
    photo_ids = fields.One2many("ebs.message.photo", "message_id", string="Photos")
    # What came along by mail and is no photo that can be shown.
    left_out_count = fields.Integer(string="Files Left Out", readonly=True)
    # What tells it from what was sent before: a form's or a mail's.
    once_key = fields.Char(readonly=True, copy=False, groups="ebs_base.group_ebs_staff")
    is_readable = fields.Boolean(
        compute="_compute_is_readable", search="_search_is_readable", compute_sudo=True
    )

    _sent_once = models.UniqueIndex(
        "(exchange_id, once_key) WHERE once_key IS NOT NULL",
        "This was sent already.",
    )
    # Whether something is unread is asked on each page.
    _unread_idx = models.Index("(exchange_id, member_id, id)")

    @api.depends_context("uid")
    @api.depends("exchange_id")
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
        """Return what the user wrote or was written, and what is in mediation.

        No other staff reads it.
        """
        domain = Domain(
            "exchange_id", "any!", self.env["ebs.exchange"]._get_party_domain()
        )
        if opened := self.env["ebs.dispute"]._get_opened_exchange_ids():
            domain |= Domain("exchange_id", "in", opened)
        return domain
