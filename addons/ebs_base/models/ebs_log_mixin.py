# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models

STAFF = "ebs_base.group_ebs_staff"


class EbsLogMixin(models.AbstractModel):
    """The staff log of a record: `mail.thread`, closed to everybody else.

    Without this a member could search a record by the words of its log, and
    would be mailed what staff write there.
    """

    _name = "ebs.log.mixin"
    _inherit = "mail.thread"
    _description = "EBS staff log"

    message_ids = fields.One2many(groups=STAFF)
    message_follower_ids = fields.One2many(groups=STAFF)
    message_partner_ids = fields.Many2many(groups=STAFF)
    website_message_ids = fields.One2many(groups=STAFF)

    def _message_subscribe(self, partner_ids=None, subtype_ids=None, **kwargs):
        """Let internal users follow, and nobody else."""
        partners = self.env["res.partner"].sudo().browse(partner_ids or [])
        internal = partners.filtered(
            lambda partner: any(user._is_internal() for user in partner.user_ids)
        )
        return super()._message_subscribe(internal.ids, subtype_ids, **kwargs)

    @api.model
    def _search_message_partner_ids(self, operator, operand):
        """Core lets any employee ask who follows: it is staff's business."""
        self._check_field_access(self._fields["message_partner_ids"], "read")
        return super()._search_message_partner_ids(operator, operand)

    def message_post(self, **kwargs):
        """Refuse a hidden record before core's refusal tells that it is there."""
        self.check_access("read")
        return super().message_post(**kwargs)

    def _log(self, body):
        """Write one line in the staff log; nobody is told."""
        for record in self.sudo():
            record._message_log(body=body)
