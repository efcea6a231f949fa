# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta
from urllib.parse import urlencode

from odoo import api, fields, models
from odoo.fields import Command
from odoo.tools import LazyTranslate, email_normalize, escape_psql

from .. import clock
from ..utils import to_text

_lt = LazyTranslate(__name__)

MAIL_PAUSE = timedelta(minutes=5)


class ResUsers(models.Model):
    """What members' accounts need and core's sign-up does not give."""

    _inherit = "res.users"

    ebs_mailed_at = fields.Datetime(
        string="Last Mail a Stranger Asked for",
        groups="base.group_system",
        copy=False,
        readonly=True,
    )

    ebs_signed_up = fields.Boolean(
        string="Signed Up by Itself",
        groups="base.group_system",
        copy=False,
        readonly=True,
    )

    # Whom the account acts for: read for each rule of each page, kept by the ORM.
    ebs_member_ids = fields.One2many(
        "ebs.member", "user_id", string="Own Personas", groups="base.group_system"
    )

    ebs_delegate_ids = fields.One2many(
        "ebs.delegate",
        "user_id",
        string="Acts for",
        context={"active_test": False},
        groups="base.group_system",
    )

    # With `website`, core's own key lets two accounts have one login.
    _ebs_login_once = models.UniqueIndex(
        "(lower(login)) WHERE ebs_signed_up", "There is already such an account."
    )

    @api.model
    def _ebs_find(self, login):
        """Return the account of an address, archived ones too, or none."""
        users = self.sudo().with_context(active_test=False)
        return users.search([("login", "=ilike", escape_psql(login))], limit=1)

    @api.model
    def _ebs_create_portal(self, company, name, login, password):
        """Create a portal account; core sends it nothing."""
        users = self.sudo().with_company(company)
        return users.with_context(no_reset_password=True, tracking_disable=True).create(
            {
                "name": name,
                "login": login,
                "email": login,
                "password": password,
                "ebs_signed_up": True,
                "lang": self.env.lang or company.partner_id.lang,
                "tz": company.ebs_tz,
                "company_id": company.id,
                "company_ids": [Command.set(company.ids)],
                "group_ids": [Command.set(self.env.ref("base.group_portal").ids)],
            }
        )

    def _ebs_join(self, company):
        """Open a further platform to this account."""
        if company not in self.company_ids:
            self.sudo().company_ids = [Command.link(company.id)]

    def _ebs_may_be_mailed(self):
        """Count a mail that a stranger asked for: one in five minutes."""
        self.ensure_one()
        moment = clock.now()
        if self.ebs_mailed_at and self.ebs_mailed_at + MAIL_PAUSE > moment:
            return False
        self.ebs_mailed_at = moment
        return True

    def _ebs_get_reset_url(self, company):
        """Return core's address where a new password is chosen."""
        self.ensure_one()
        partner = self.sudo().partner_id
        partner.signup_prepare(signup_type="reset")
        query = urlencode({"token": partner._generate_signup_token()})
        return f"{company.get_base_url()}/web/reset_password?{query}"

    @api.model
    def _ebs_request_reset(self, login, company=None):
        """Queue the link to a new password, if there is such an account.

        The answer is the same in both cases.
        """
        login = email_normalize(to_text(login, 254)) or ""
        user = self._ebs_find(login) if login else self.sudo().browse()
        if user.active and user.email and user._ebs_may_be_mailed():
            company = company or user.company_id
            self._ebs_queue_reset(company, user, user._ebs_get_reset_url(company))
            return
        # The same work for nothing, so that time does not tell.
        nobody = self.env["res.partner"].sudo().new({"name": "-", "email": "-"})
        savepoint = self.env.cr.savepoint()
        try:
            self._ebs_queue_reset(company or self.env.company, nobody, "-")
        finally:
            savepoint.close(rollback=True)

    @api.model
    def _ebs_queue_reset(self, company, recipient, url):
        self.env["ebs.member"].sudo()._queue_mail(
            company.sudo(),
            recipient,
            "ebs_base.mail_reset_password",
            _lt("Choose a new password"),
            {"reset_url": url},
            is_account=True,
        )
