# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo import api, fields, models
from odoo.addons.ebs_base import clock
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import LazyTranslate

_lt = LazyTranslate(__name__)

# Days before the end on which its owner is written to, the first one first.
NOTICES = (14, 2)


class EbsListing(models.Model):
    """How long a listing is shown before its owner is asked whether it still holds."""

    _inherit = "ebs.listing"

    # The day on which it goes out of sight; one that is paused and has it, has expired.
    expires_at = fields.Date(string="Shown Until", readonly=True, copy=False)
    # How many of the notices its owner has had.
    expiry_notice_count = fields.Integer(
        readonly=True, copy=False, groups="ebs_base.group_ebs_staff"
    )
    is_expired = fields.Boolean(compute="_compute_is_expired")
    is_expiring = fields.Boolean(compute="_compute_is_expired")

    _expires_idx = models.Index("(expires_at, id) WHERE state = 'published'")

    @api.depends("state", "expires_at")
    def _compute_is_expired(self):
        """Tell what is over, and what will be by the time of its first notice."""
        soon = clock.now().date() + timedelta(days=NOTICES[0])
        for listing in self:
            end = listing.expires_at
            listing.is_expired = bool(end) and listing.state == "paused"
            listing.is_expiring = (
                bool(end) and listing.state == "published" and end <= soon
            )

    # === WHAT A MEMBER DOES === #

    def action_renew(self):
        """Show it for another while, whether or not its time is over."""
        listing_sudo = self._check_acting()
        if listing_sudo.is_expired:
            return self.action_resume()
        if listing_sudo.state != "published":
            raise UserError(
                self.env._("It is not shown at the moment: there is nothing to renew.")
            )
        return listing_sudo.write(listing_sudo._prepare_expiry())

    # === BUSINESS METHODS === #

    def _set_state(self, allowed_from, to, values=None):
        """Give a time to what is shown, and none to what is not."""
        moved = self.browse()
        for company, listings in self.grouped("company_id").items():
            end = {"expires_at": False}
            if to == "published":
                end = listings._prepare_expiry(company)
            moved |= super(EbsListing, listings)._set_state(
                allowed_from, to, {**end, **(values or {})}
            )
        return moved

    def _prepare_expiry(self, company=None):
        """Return the values of what is shown for as long as its platform says."""
        company = (company or self.company_id).sudo()
        days = company.ebs_expiry_days
        return {
            "expires_at": days and company._ebs_today() + timedelta(days=days),
            "expiry_notice_count": 0,
        }

    # === CRON === #

    @api.model
    def _get_expiring_domain(self):
        """Return what is due: a first time, a notice, or the end."""
        domain = Domain.FALSE
        companies = self.env["res.company"].search(
            [("is_ebs_platform", "=", True), ("ebs_expiry_days", ">", 0)]
        )
        for company in companies:
            today = company._ebs_today()
            due = Domain("expires_at", "=", False) | Domain("expires_at", "<=", today)
            for number, days in enumerate(NOTICES):
                due |= Domain(
                    "expires_at", "<=", today + timedelta(days=days)
                ) & Domain("expiry_notice_count", "<=", number)
            domain |= Domain("company_id", "=", company.id) & due
        return Domain("state", "=", "published") & domain

    @api.model
    def _cron_expire(self, batch_size=200):
        """Write to owners before the end, and pause what is over; one commit each."""
        domain = self._get_expiring_domain()
        ids = self.search(domain, limit=batch_size, order="expires_at, id").ids
        cron = self.env["ir.cron"]
        cron._commit_progress(remaining=self.search_count(domain))
        for listing_id in ids:
            listing = self.browse(listing_id).try_lock_for_update()
            listing = listing.filtered_domain(domain)
            if listing:
                listing.with_company(listing.company_id)._expire_or_notify()
            if not cron._commit_progress(1):
                break

    def _expire_or_notify(self):
        """Do what is due today for one listing."""
        self.ensure_one()
        if not self.expires_at:
            # It was published before the platform had the rule.
            self.write(self._prepare_expiry())
            return
        left = (self.expires_at - self.company_id._ebs_today()).days
        values = {"days": left, "day": self.expires_at}
        if left <= 0:
            self._set_state(("published",), "paused", {"expires_at": self.expires_at})
            self._tell_owner(
                "ebs_listings.mail_listing_expired",
                _lt("“%(title)s”: still up to date?", title=self.name),
                values,
            )
            return
        self.expiry_notice_count = len([days for days in NOTICES if left <= days])
        self._tell_owner(
            "ebs_listings.mail_listing_expiring",
            _lt("“%(title)s” is shown for a few more days", title=self.name),
            values,
        )
