# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta
from uuid import uuid4

import psycopg2
from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import ConcurrencyError, UserError
from odoo.tools import LazyTranslate, email_normalize, formataddr
from odoo.tools.misc import hash_sign, verify_hash_signed

from .. import clock
from ..utils import to_text

_lt = LazyTranslate(__name__)

CONFIRM_SCOPE = "ebs_confirm"
CONFIRM_HOURS = 72
CONFIRM_PAUSE = timedelta(minutes=5)
PASSWORD_LENGTH = (8, 200)
SIGN_UP_KEYS = ("name", "email", "password", "terms")


class EbsMember(models.Model):
    """How an account becomes a member, and how a member is told something."""

    _inherit = "ebs.member"

    # === SIGN UP === #

    @api.model
    def _sign_up(self, company, values):
        """Make an account and its persona, or tell its owner that it exists.

        Nothing that the caller sees, time included, tells which of both.
        """
        vals = self._clean_sign_up(company, values)
        self = self.sudo()  # noqa: PLW0642 a visitor may create nothing
        user = self.env["res.users"]._ebs_find(vals["email"])
        if user:
            # The same work for nothing, so that time does not tell.
            told = self._tell_account_exists(company, user)
            self._pretend_account(company, vals, with_mail=not told)
        else:
            member = self._create_account(company, vals)
            member._send_confirmation()

    @api.model
    def _clean_sign_up(self, company, values):
        values = self._check_keys(values, SIGN_UP_KEYS)
        name = self._clean_name(values.get("name"))
        email = email_normalize(to_text(values.get("email"), 254))
        if not email or not email.isascii():
            raise UserError(
                self.env._(
                    "Please check your e-mail address: it looks like name@example.com."
                )
            )
        password = values.get("password")
        shortest, longest = PASSWORD_LENGTH
        if not isinstance(password, str) or len(password) < shortest:
            raise UserError(
                self.env._(
                    "Please choose a password of at least %s characters.", shortest
                )
            )
        if len(password) > longest or "\0" in password:
            raise UserError(
                self.env._(
                    "Please choose a password of at most %s characters.", longest
                )
            )
        if values.get("terms") is not True:
            raise UserError(
                self.env._("Please accept the terms of use of %s.", company.name)
            )
        return {"name": name, "email": email.lower(), "password": password}

    @api.model
    def _create_account(self, company, vals):
        """Create account and persona, once for each address."""
        try:
            with self.env.cr.savepoint():
                user = self.env["res.users"]._ebs_create_portal(
                    company, vals["name"], vals["email"], vals["password"]
                )
                return self._create_persona(company, user, vals["name"])
        except psycopg2.errors.UniqueViolation as error:
            # Somebody signed up with this address a moment ago: start again.
            raise ConcurrencyError(vals["email"]) from error

    @api.model
    def _pretend_account(self, company, vals, with_mail):
        """Do all that a sign-up does, and take it back."""
        savepoint = self.env.cr.savepoint()
        email = f"{uuid4().hex}@example.invalid"
        member = self._create_account(company, {**vals, "email": email})
        if with_mail:
            member._send_confirmation()
        savepoint.close(rollback=True)

    @api.model
    def _create_persona(self, company, user, name):
        member = self.with_context(mail_create_nolog=True).create(
            {
                "company_id": company.id,
                "user_id": user.id,
                "name": name,
                "private_ids": [
                    fields.Command.create({"civil_name": name, "email": user.login})
                ],
            }
        )
        member._accept_terms()
        return member

    def _accept_terms(self):
        """Record that this member accepts the terms in force."""
        terms = self.env["ebs.terms"]._get_current(self.company_id)
        if terms and terms not in self.consent_ids.terms_id:
            self.env["ebs.consent"].create(
                {
                    "member_id": self.id,
                    "terms_id": terms.id,
                    "accepted_at": clock.now(),
                }
            )

    @api.model
    def _tell_account_exists(self, company, user):
        """Write to the owner of an account with which somebody signs up.

        Return whether it was written: strangers may not have it done at will.
        """
        if not user._ebs_may_be_mailed():
            return False
        member = self.search(
            [("user_id", "=", user.id), ("company_id", "=", company.id)]
        )
        may_join = not member and user.active and user._is_portal()
        unconfirmed = member and not member.private_ids.email_confirmed_at
        self._queue_mail(
            company,
            user,
            "ebs_base.mail_account_exists",
            _lt("You already have an account"),
            {
                "confirm_url": (may_join or unconfirmed)
                and self._get_confirm_url(company, user),
                "is_member": bool(member),
                "login_url": f"{company.get_base_url()}/web/login",
                "reset_url": user.active and user._ebs_get_reset_url(company),
            },
            is_account=True,
        )
        return True

    # === CONFIRM === #

    @api.model
    def _get_confirm_url(self, company, user):
        expiry = clock.now() + timedelta(hours=CONFIRM_HOURS)
        values = [user.id, company.id, user.login, fields.Datetime.to_string(expiry)]
        token = hash_sign(self.sudo().env, CONFIRM_SCOPE, values)
        return f"{company.get_base_url()}/confirm/{token}"

    def action_send_confirmation(self):
        """Send the link again to one's own address, once in five minutes."""
        self._check_mine()
        member_sudo = self.sudo()
        private = member_sudo.private_ids
        if private.email_confirmed_at:
            raise UserError(self.env._("Your e-mail address is confirmed already."))
        if not member_sudo.user_id:
            raise UserError(self.env._("This member has no account of its own."))
        sent_at = private.confirmation_sent_at
        if sent_at and sent_at + CONFIRM_PAUSE > clock.now():
            raise UserError(
                self.env._(
                    "The link was sent a moment ago: please look at your messages,"
                    " and wait five minutes before you ask again."
                )
            )
        member_sudo._send_confirmation()

    def _send_confirmation(self):
        self.private_ids.confirmation_sent_at = clock.now()
        url = self._get_confirm_url(self.company_id, self.user_id)
        self._queue_mail(
            self.company_id,
            self.user_id,
            "ebs_base.mail_confirm",
            _lt("Confirm your e-mail address"),
            {"confirm_url": url, "hours": CONFIRM_HOURS},
            is_account=True,
        )

    @api.model
    def _read_confirm_token(self, token):
        """Return the company and the user of a token that holds, or nothing."""
        nothing = self.env["res.company"], self.env["res.users"]
        try:
            values = verify_hash_signed(self.sudo().env, CONFIRM_SCOPE, token)
            user_id, company_id, login, expiry = values
        except (TypeError, ValueError, AttributeError, OverflowError):
            return nothing
        if fields.Datetime.to_datetime(expiry) <= clock.now():
            return nothing
        company = self.env["res.company"].sudo().browse(company_id).exists()
        user = self.env["res.users"].sudo().browse(user_id).exists()
        if not user.active or user.login != login or not company.is_ebs_platform:
            return nothing
        return company, user

    @api.model
    def _check_confirm_token(self, token):
        """Return the persona that a token confirms, or nothing; write nothing.

        An account that joins a further platform has no persona there yet: then
        it is one in memory.
        """
        company, user = self._read_confirm_token(token)
        return user and self._get_persona(company, user) or self.sudo().browse()

    @api.model
    def _get_persona(self, company, user):
        members = self.sudo()
        return members.search(
            [("user_id", "=", user.id), ("company_id", "=", company.id)]
        ) or members.new({"company_id": company.id, "name": user.name[:60]})

    @api.model
    def _confirm_email(self, token):
        """Confirm an address, once or again, and let in who may come in."""
        company, user = self._read_confirm_token(token)
        if not user:
            raise UserError(
                self.env._(
                    "This link is not valid any more. Please sign in and ask for a"
                    " new one."
                )
            )
        member = self._get_persona(company, user)
        if not member.id:
            user._ebs_join(company)
            member = self.sudo()._create_persona(company, user, user.name[:60])
        private = member.private_ids
        if not private.email_confirmed_at:
            private.email_confirmed_at = clock.now()
        if company.ebs_join_mode == "open" and member.state == "pending":
            member._approve()
        return member

    # === MAIL === #

    def _notify(self, template_xmlid, subject, values):
        """Queue one mail to each account behind this persona, in its language.

        `subject` may be a lazy translation; the template gets `values` with
        `member`, `company`, `base_url` and `subject`.
        """
        for member in self.sudo():
            for user in member._get_users():
                self._queue_mail(
                    member.company_id,
                    user,
                    template_xmlid,
                    subject,
                    {"member": member, **values},
                )

    @api.model
    def _queue_mail(
        self, company, user, template_xmlid, subject, values, is_account=False
    ):
        """Write one mail in the queue: from the platform, to this user alone.

        It waits there until the platform has a mail domain of its own, but for a mail
        about the account itself: nobody but the one who gets it is behind that.
        """
        if not user.email:
            return
        env = (
            self.with_user(SUPERUSER_ID)
            .with_context(lang=user.lang or self.env.lang, tz=company.ebs_tz)
            .env
        )
        company = company.with_env(env)
        subject = env._(subject) if not isinstance(subject, str) else subject
        body = env["ir.qweb"]._render(
            template_xmlid,
            {
                "base_url": company.get_base_url(),
                "company": company,
                "subject": subject,
                **values,
            },
            minimal_qcontext=True,
        )
        mail = env["mail.mail"].create(
            {
                "subject": subject,
                "body_html": body,
                "email_to": formataddr((user.name, user.email)),
                "author_id": False,
                "auto_delete": True,
                "message_type": "email_outgoing",
                "state": "outgoing",
                "ebs_company_id": not is_account and company.id,
                "ebs_user_id": isinstance(user.id, int) and user.id,
                **self._get_mail_marks(values),
            }
        )
        mail._ebs_address(company)

    @api.model
    def _get_mail_marks(self, values):
        """Hook: what the row of a mail says it is about, from what its words get."""
        return {}
