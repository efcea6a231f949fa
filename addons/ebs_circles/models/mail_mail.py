# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.fields import Domain


class MailMail(models.Model):
    """A mail about a circle says so, so that who leaves is not sent it any more."""

    _inherit = "mail.mail"

    ebs_circle_id = fields.Many2one(
        "ebs.circle", "About the Circle", index="btree_not_null", ondelete="cascade"
    )
    ebs_member_id = fields.Many2one(
        "ebs.member", "To the Member", index="btree_not_null", ondelete="set null"
    )

    @api.model
    def _ebs_withdraw(self, domain):
        """Delete what lies in the queue; what is being sent is beyond recall."""
        waiting = Domain("state", "in", ("outgoing", "exception"))
        mails = self.sudo().search(Domain(domain) & waiting)
        mails.try_lock_for_update().unlink()
