# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from email.utils import make_msgid
from urllib.parse import urlsplit

from odoo import api, fields, models
from odoo.tools import formataddr


class ResCompany(models.Model):
    """A platform writes to its members from a mail domain of its own."""

    _inherit = "res.company"

    ebs_mail_state = fields.Selection(
        [
            ("own", "Mail domain of its own"),
            ("none", "No mail domain"),
            ("shared", "Mail domain of another platform"),
        ],
        string="Mail to Members",
        compute="_compute_ebs_mail_state",
        groups="ebs_base.group_ebs_staff",
    )
    ebs_held_mail_count = fields.Integer(
        string="Mails Held Back",
        compute="_compute_ebs_mail_state",
        groups="ebs_base.group_ebs_staff",
    )

    @api.depends("alias_domain_id", "is_ebs_platform")
    def _compute_ebs_mail_state(self):
        # As superuser: staff read no mails, and get their number alone.
        mails_sudo = self.env["mail.mail"].sudo()
        held = dict(
            mails_sudo._read_group(
                [("ebs_is_held", "=", True), ("ebs_company_id", "in", self.ids)],
                ["ebs_company_id"],
                ["__count"],
            )
        )
        for company in self:
            if company._ebs_get_mail_domain():
                company.ebs_mail_state = "own"
            else:
                shared = company.alias_domain_id
                company.ebs_mail_state = "shared" if shared else "none"
            company.ebs_held_mail_count = held.get(company.sudo(), 0)

    @api.model
    def _ebs_get_silent(self):
        """Return the platforms, with all rights, that have no mail domain of their own.

        A domain belongs to the platform that was first, so that a second one, to
        which core gives the same domain by itself, does not silence it.
        """
        platforms = self.sudo().search([("is_ebs_platform", "=", True)], order="id")
        silent, taken = platforms.browse(), self.env["mail.alias.domain"].sudo()
        for platform in platforms:
            if not platform.alias_domain_id or platform.alias_domain_id in taken:
                silent |= platform
            taken |= platform.alias_domain_id
        return silent

    def _ebs_get_mail_domain(self):
        """Return the platform's own mail domain, with all rights, or none."""
        self.ensure_one()
        company_sudo = self.sudo()
        if company_sudo in self._ebs_get_silent():
            return company_sudo.alias_domain_id.browse()
        return company_sudo.alias_domain_id

    def _ebs_get_mail_headers(self):
        """Return how a mail of this platform goes out, as values of its row."""
        domain_sudo = self._ebs_get_mail_domain()
        contact = self.email_formatted
        sender = contact or formataddr((self.name, self.env.user.email))
        if domain_sudo.default_from_email:
            sender = formataddr((self.name, domain_sudo.default_from_email))
        host = domain_sudo.name or urlsplit(self.get_base_url()).hostname
        return {
            "email_from": sender,
            "reply_to": contact or sender,
            "message_id": make_msgid(domain=host or "localhost"),
            "record_alias_domain_id": domain_sudo.id,
            "record_company_id": self.id,
            "headers": repr(
                {
                    "Auto-Submitted": "auto-generated",
                    "X-Auto-Response-Suppress": "OOF, AutoReply",
                }
            ),
        }
