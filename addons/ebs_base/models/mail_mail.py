# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.fields import Domain


class MailMail(models.Model):
    """A mail to a member waits until its platform has a mail domain of its own.

    It lies in the queue as any other, so that it leaves by itself once there is one;
    until then neither the scheduled action nor a click sends it.
    """

    _inherit = "mail.mail"

    ebs_company_id = fields.Many2one(
        "res.company",
        string="Platform",
        readonly=True,
        index="btree_not_null",
        ondelete="cascade",
    )
    # To whom: who gets one while it is held may answer it when it leaves.
    ebs_user_id = fields.Many2one(
        "res.users", string="To the Account", readonly=True, ondelete="cascade"
    )
    ebs_is_held = fields.Boolean(
        string="Held: No Mail Domain",
        compute="_compute_ebs_is_held",
        search="_search_ebs_is_held",
    )

    @api.depends("ebs_company_id.alias_domain_id", "state")
    def _compute_ebs_is_held(self):
        silent = self.env["res.company"]._ebs_get_silent()
        for mail in self:
            waits = mail.state in ("outgoing", "exception")
            mail.ebs_is_held = waits and mail.ebs_company_id.id in silent.ids

    def _search_ebs_is_held(self, operator, value):
        if operator != "in":
            return NotImplemented
        silent = self.env["res.company"]._ebs_get_silent()
        return Domain("ebs_company_id", "in", silent.ids) & Domain(
            "state", "in", ("outgoing", "exception")
        )

    @api.model
    def process_email_queue(self, email_ids=(), batch_size=1000):
        """Leave what is held out of the queue, so that it keeps no other mail back."""
        filters = [*self.env.context.get("filters", ()), ("ebs_is_held", "=", False)]
        return super(MailMail, self.with_context(filters=filters)).process_email_queue(
            email_ids, batch_size
        )

    def send(self, auto_commit=False, raise_exception=False, post_send_callback=None):
        """Send nothing that is held, and all else from the platform's domain of now."""
        free = self.filtered(lambda mail: not mail.ebs_is_held)
        for mail in free.filtered("ebs_company_id"):
            company = mail.ebs_company_id
            if mail.record_alias_domain_id != company._ebs_get_mail_domain():
                mail._ebs_address(company)
        return super(MailMail, free).send(
            auto_commit=auto_commit,
            raise_exception=raise_exception,
            post_send_callback=post_send_callback,
        )

    def _ebs_address(self, company):
        """Write from whom it comes, and where answers and failures go."""
        for mail in self:
            mail.write(mail._ebs_get_addresses(company))

    def _ebs_get_addresses(self, company):
        """Hook: return the addresses of a mail of this platform, as values of its row.

        Nothing in them names a person, another company or the software. It says that
        a machine wrote it, so that no machine answers.
        """
        self.ensure_one()
        return company._ebs_get_mail_headers()
