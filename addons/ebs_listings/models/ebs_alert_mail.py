# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta
from urllib.parse import urlencode

from odoo import api, models
from odoo.addons.ebs_base import clock
from odoo.addons.ebs_base.utils import to_date, to_int
from odoo.fields import Domain
from odoo.tools import LazyTranslate
from odoo.tools.misc import hash_sign, verify_hash_signed

from .ebs_alert import CHOICES

_lt = LazyTranslate(__name__)

STOP_SCOPE = "ebs_alert_stop"
# The hour of the platform's day at which the mails are written.
MAIL_HOUR = 7
# What is being published in this very moment is for the next mail.
SETTLING = timedelta(minutes=5)
# Nobody wants to read what came during a long absence.
LONGEST = timedelta(days=7)
MAX_SHOWN = 10
MAX_COUNT = 100


class EbsAlert(models.Model):
    """The mails about what is new: one a day at most, none when nothing is."""

    _inherit = "ebs.alert"

    # === CRON === #

    @api.model
    def _get_due_domain(self):
        """Return the alerts that are to be looked up now."""
        companies = self.env["res.company"].search([("is_ebs_platform", "=", True)])
        due = Domain.FALSE
        for company in companies:
            today = company._ebs_today()
            if company._ebs_local(clock.now()).hour < MAIL_HOUR:
                today -= timedelta(days=1)
            due |= Domain("company_id", "=", company.id) & Domain("due_on", "<=", today)
        return (
            due
            & Domain("paused", "=", False)
            & Domain("user_id.active", "=", True)
            & Domain("member_id.state", "=", "approved")
            & Domain("member_id.private_ids.wants_alerts", "=", True)
        )

    @api.model
    def _cron_send(self, batch_size=200):
        """Write one mail to each account for which something is new; commit each."""
        domain = self._get_due_domain()
        found = self._read_group(domain, ["user_id", "company_id"], limit=batch_size)
        cron = self.env["ir.cron"]
        # A full batch says nothing about how many are left: there is one more.
        cron._commit_progress(remaining=len(found) + (len(found) == batch_size))
        for user, company in found:
            theirs = self.search(
                domain
                & Domain("user_id", "=", user.id)
                & Domain("company_id", "=", company.id)
            )
            locked = theirs.try_lock_for_update().filtered_domain(domain)
            # All of an account in one mail, or none of them yet.
            if locked == theirs:
                locked.with_company(company)._send(user, company)
            if not cron._commit_progress(1):
                break

    def _send(self, user, company):
        """Look up the alerts of one account, and write to it if there is any news."""
        until = clock.now() - SETTLING
        sections = []
        for alert in self:
            if section := alert._find_news(user, company, until):
                sections.append(section)
                alert.last_sent_at = clock.now()
        self.write(
            {
                "due_on": company._ebs_today() + timedelta(days=1),
                "seen_until": until,
            }
        )
        if sections:
            member = self[:1].member_id
            subject = _lt("New around you: what you are looking for")
            if len(sections) == 1:
                subject = _lt("New around you: %(name)s", name=sections[0]["name"])
            self.env["ebs.member"].sudo()._queue_mail(
                company,
                user,
                "ebs_listings.mail_alert",
                subject,
                {"member": member, "sections": sections},
            )

    def _find_news(self, user, company, until):
        """Return what a mail says of one alert, or None when nothing is new.

        It is looked up as the account to which the mail goes, which may see less
        than yesterday.
        """
        self.ensure_one()
        alert = self.with_user(user).with_context(lang=user.lang)
        mine = alert.env["ebs.member"]._get_mine()
        filters = self._get_filters()
        if self.member_id not in mine or not alert._still_makes_sense(company, filters):
            return None
        listings = alert.env["ebs.listing"]
        since = max(self.seen_until, until - LONGEST)
        domain = (
            listings._get_catalogue_domain(company.with_env(alert.env), filters)
            & Domain("published_at", ">", since)
            & Domain("published_at", "<=", until)
            & Domain("member_id", "not in", mine.ids)
        )
        found = listings.search_fetch(
            domain, ["name"], limit=MAX_SHOWN, order="published_at desc, id desc"
        )
        if not found:
            return None
        number = len(found)
        if number == MAX_SHOWN:
            number = listings.search_count(domain, limit=MAX_COUNT)
        base_url = company.get_base_url()
        return {
            "name": self.name,
            "more": number - len(found),
            "url": f"{base_url}/listings?{urlencode(filters)}",
            "stop_url": f"{base_url}/alerts/stop/{self._make_stop_token()}",
            "listings": [
                {
                    "url": f"{base_url}/listings/{listing_sudo.id}",
                    "title": listing_sudo.name,
                    "words": " · ".join(
                        [
                            ", ".join(listing_sudo.way_ids.mapped("name")),
                            *listing_sudo.zone_id.mapped("name"),
                        ]
                    ),
                }
                # As superuser: just found as the account itself.
                for listing_sudo in found.sudo()
            ],
        }

    def _still_makes_sense(self, company, filters):
        """Tell whether what the search names is there for the user, and not past.

        A filter that is ignored would let through what nobody asked for.
        """
        for key in CHOICES:
            if filters.get(key) and not self._find_named(company, filters, key):
                return False
        last = to_date(filters.get("to")) or to_date(filters.get("from"))
        return not last or last >= company._ebs_today()

    # === STOP === #

    def _make_stop_token(self):
        self.ensure_one()
        values = [self.id, self.sudo().user_id.id]
        return hash_sign(self.sudo().env, STOP_SCOPE, values)

    @api.model
    def _read_stop_token(self, token):
        """Return, with all rights, the alert that a mail's link names, or none."""
        try:
            alert_id, user_id = verify_hash_signed(self.sudo().env, STOP_SCOPE, token)
        except (TypeError, ValueError, AttributeError, OverflowError):
            return self.sudo().browse()
        return self.sudo().search(
            [("id", "=", to_int(alert_id) or 0), ("user_id", "=", user_id)]
        )

    @api.model
    def _stop_by_token(self, token):
        """Pause the alert that a mail's link names; return it, or none."""
        alert_sudo = self._read_stop_token(token)
        alert_sudo.paused = True
        return alert_sudo
