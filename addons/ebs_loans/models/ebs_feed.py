# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import hashlib
import re
import secrets
from datetime import timedelta, timezone

import icalendar
from odoo import api, fields, models
from odoo.addons.ebs_base import clock
from odoo.addons.ebs_base.utils import to_int
from odoo.fields import Domain

from ..utils import ONE_DAY

TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")
# What was agreed, and what is over but still in people's calendars.
SHOWN_STATES = ("accepted", "ongoing", "returned", "lost", "done")
DAYS_BACK = 90
MAX_EVENTS = 1000
EVERY = timedelta(hours=1)


class EbsFeed(models.Model):
    """A secret address where one account's calendar reads loans: all, or a listing's.

    It is asked as that account: who may no longer act for the member, or whose
    membership ends, has a feed no more. The secret itself is shown once and kept
    by nobody but its owner.
    """

    _name = "ebs.feed"
    _inherit = "ebs.base.mixin"
    _description = "Calendar feed"
    _order = "id"
    _rec_name = "made_at"
    _check_company_auto = True

    user_id = fields.Many2one(
        "res.users",
        "Account",
        required=True,
        index=True,
        ondelete="cascade",
        groups="ebs_base.group_ebs_staff",
    )
    member_id = fields.Many2one(
        "ebs.member",
        "Loans of",
        required=True,
        index=True,
        check_company=True,
        ondelete="cascade",
    )
    listing_id = fields.Many2one(
        "ebs.listing",
        "Of This Listing Only",
        index="btree_not_null",
        check_company=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(
        related="member_id.company_id",
        store=True,
        index=True,
        precompute=True,
        required=True,
    )
    token_hash = fields.Char(required=True, groups="base.group_system", copy=False)
    made_at = fields.Datetime("Made on", required=True)
    is_own = fields.Boolean(
        compute="_compute_is_own", search="_search_is_own", compute_sudo=True
    )

    _token_unique = models.UniqueIndex(
        "(token_hash)", "This address is taken: make another."
    )
    _one_of_loans = models.UniqueIndex(
        "(user_id, member_id) WHERE listing_id IS NULL",
        "These loans have their address already: reload the page.",
    )
    _one_of_listing = models.UniqueIndex(
        "(user_id, listing_id) WHERE listing_id IS NOT NULL",
        "This listing has its address already: reload the page.",
    )

    # === COMPUTE AND SEARCH === #

    @api.depends_context("uid")
    @api.depends("user_id")
    def _compute_is_own(self):
        for feed in self:
            feed.is_own = feed.user_id == self.env.user

    def _search_is_own(self, operator, value):
        if operator != "in":
            return NotImplemented
        return Domain("user_id", "=", self.env.uid)

    # === WHAT A MEMBER DOES === #

    @api.model
    def action_make(self, listing_id=None, as_member_id=None):
        """Make the address of one's loans, or of one's listing; return its secret.

        The secret is told here and never again; one that was made before opens
        nothing any more.
        """
        if listing_id:
            listing = self.env["ebs.listing"].browse(to_int(listing_id) or 0)
            listing_sudo = listing._check_acting()
            member_sudo = listing_sudo.member_id
        else:
            listing_sudo = self.env["ebs.listing"].sudo()
            company = None if as_member_id else self.env.company
            member_sudo = self.env["ebs.member"]._acting(company, as_member_id)
        feed_sudo = self.sudo()._find_own(self.env.user, member_sudo, listing_sudo)
        token = secrets.token_urlsafe(32)
        vals = {"token_hash": _hash(token), "made_at": clock.now()}
        if feed_sudo:
            feed_sudo.write({**vals, "member_id": member_sudo.id})
        else:
            feed_sudo.create(
                {
                    "user_id": self.env.uid,
                    "member_id": member_sudo.id,
                    "listing_id": listing_sudo.id,
                    **vals,
                }
            )
        return token

    def action_stop(self):
        """Make one's own address open nothing any more."""
        self._check_readable()
        self.sudo().unlink()

    @api.model
    def _find_own(self, user, member, listing):
        """Return the feed of an account for a listing, or for all loans."""
        domain = Domain("user_id", "=", user.id)
        if listing:
            return self.search(domain & Domain("listing_id", "=", listing.id))
        return self.search(
            domain
            & Domain("member_id", "=", member.id)
            & Domain("listing_id", "=", False)
        )

    # === READING === #

    @api.model
    def _get_calendar(self, company, token):
        """Return the calendar that a secret opens on this platform, or None.

        It is read by whoever has the secret, and with the rights of its account.
        """
        feed_sudo = self._find(company, token)
        return feed_sudo._write_calendar() if feed_sudo else None

    @api.model
    def _find(self, company, token):
        """Return the feed that a secret opens now, with all rights, or nothing."""
        feed_sudo = self.sudo().browse()
        if not isinstance(token, str) or not TOKEN.fullmatch(token):
            return feed_sudo
        feed_sudo = feed_sudo.search(
            [("token_hash", "=", _hash(token)), ("company_id", "=", company.id)]
        )
        return feed_sudo if feed_sudo and feed_sudo._is_open() else self.sudo().browse()

    def _is_open(self):
        """Whether its account still acts for its member, and for its listing."""
        if self.member_id._get_refusal():
            return False
        if self.user_id not in self.member_id._get_users():
            return False
        return not self.listing_id or self.listing_id.member_id == self.member_id

    def _find_loans(self):
        """Return the loans to show, as the account of the feed sees them."""
        member = Domain("owner_id", "=", self.member_id.id)
        if self.listing_id:
            member &= Domain("listing_id", "=", self.listing_id.id)
        else:
            member |= Domain("asker_id", "=", self.member_id.id)
        user = self.user_id
        since = clock.now() - DAYS_BACK * ONE_DAY
        return (
            self.env["ebs.exchange"]
            .sudo(False)
            .with_user(user)
            .with_context(lang=user.lang, tz=self.company_id.ebs_tz)
            .search(
                member
                & Domain("company_id", "=", self.company_id.id)
                & Domain("state", "in", SHOWN_STATES)
                & Domain("date_end", ">", since),
                limit=MAX_EVENTS,
                order="date_start desc, id desc",
            )
        )

    def _write_calendar(self):
        """Return the loans as an iCalendar file (RFC 5545), in UTC."""
        self.ensure_one()
        loans = self._find_loans()
        env = loans.env
        title = self.listing_id.name or env._(
            "Loans at %(platform)s", platform=self.company_id.name
        )
        calendar = icalendar.Calendar()
        calendar.add("prodid", "-//EBS//Loans//EN")
        calendar.add("version", "2.0")
        calendar.add("calscale", "GREGORIAN")
        calendar.add("method", "PUBLISH")
        calendar.add("x-wr-calname", title)
        calendar.add("name", title)
        calendar.add("refresh-interval", EVERY, parameters={"VALUE": "DURATION"})
        calendar.add("x-published-ttl", icalendar.vDuration(EVERY))
        for loan in loans:
            calendar.add_component(self._make_event(loan))
        if not loans:
            # A calendar holds something, be it only what time it is at Greenwich.
            calendar.add_component(_make_utc())
        return calendar.to_ical()

    def _make_event(self, loan):
        """Return one loan as an event; nobody is named but by persona."""
        env = loan.env
        words = {
            "title": loan.title,
            "owner": loan.owner_name,
            "asker": loan.asker_name,
        }
        if loan.owner_id == self.member_id:
            summary = env._("%(title)s: lent to %(asker)s", **words)
        else:
            summary = env._("%(title)s: borrowed from %(owner)s", **words)
        url = f"{self.company_id.get_base_url()}/my/exchanges/{loan.id}"
        event = icalendar.Event()
        event.add("uid", f"{self._get_uid_start(loan)}{self._get_uid_end()}")
        changed = loan.write_date.replace(microsecond=0, tzinfo=timezone.utc)
        event.add("dtstamp", changed)
        event.add("last-modified", changed)
        event.add("dtstart", self._get_moment(loan.date_start, loan))
        event.add("dtend", self._get_moment(loan.date_end, loan))
        event.add("summary", summary)
        event.add("description", url)
        event.add("url", url)
        if loan.place:
            event.add("location", loan.place)
        event.add("status", "CONFIRMED")
        event.add("class", "PRIVATE")
        # The thing is taken; whoever borrows or lends it may have the day off.
        event.add("transp", "OPAQUE" if self.listing_id else "TRANSPARENT")
        return event

    def _get_moment(self, moment, loan):
        """Return a moment in UTC, or the day when the loan is one of whole days."""
        local = self.company_id._ebs_local
        ends = [local(one) for one in (loan.date_start, loan.date_end)]
        if any(one.time() != one.time().min for one in ends):
            return moment.replace(tzinfo=timezone.utc)
        return local(moment).date()

    @api.model
    def _get_uid_end(self):
        """What the identifiers of this platform's events end in, and no others."""
        return f"@{self._sign('feeds')[:16]}.ebs"

    @api.model
    def _get_uid_start(self, loan):
        return self._sign(f"exchange {loan.id}")[:32]

    @api.model
    def _sign(self, words):
        uuid = self.env["ir.config_parameter"].sudo().get_param("database.uuid")
        return _hash(f"{uuid} {words}")


def _hash(words):
    return hashlib.sha256(words.encode()).hexdigest()


def _make_utc():
    zone = icalendar.Timezone()
    zone.add("tzid", "Etc/UTC")
    standard = icalendar.TimezoneStandard()
    standard.add("dtstart", icalendar.vDatetime.from_ical("19700101T000000"))
    standard.add("tzoffsetfrom", timedelta())
    standard.add("tzoffsetto", timedelta())
    standard.add("tzname", "UTC")
    zone.add_component(standard)
    return zone
