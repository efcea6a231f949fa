# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

import psycopg2
from odoo import api, fields, models
from odoo.addons.ebs_base import clock
from odoo.addons.ebs_base.utils import to_text
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import LazyTranslate, mute_logger

_lt = LazyTranslate(__name__)

STAFF = "ebs_base.group_ebs_staff"
MESSAGE_LENGTH = 2000
REASON_LENGTH = 500
WAITING_STATES = ("inquiry", "requested")
OPEN_STATES = (*WAITING_STATES, "accepted")
# A question that leads to nothing is over after this.
INQUIRY_DAYS = 30
# Nobody writes any more in what came to nothing.
ENDED_STATES = ("declined", "cancelled", "expired")


class EbsExchange(models.Model):
    """The agreement between who offers and who asks, from first word to end.

    It keeps what was agreed, so that both parties have it when the listing changes
    or goes out of their sight.
    """

    _name = "ebs.exchange"
    _description = "Exchange"
    _inherit = ["ebs.base.mixin", "ebs.state.mixin", "ebs.log.mixin"]
    _order = "opened_at desc, id desc"
    _rec_name = "title"
    _check_company_auto = True

    company_id = fields.Many2one(
        "res.company",
        string="Platform",
        required=True,
        index=True,
        readonly=True,
    )
    listing_id = fields.Many2one(
        "ebs.listing",
        required=True,
        index=True,
        readonly=True,
        check_company=True,
        ondelete="restrict",
    )
    # A question comes before the way is chosen.
    way_id = fields.Many2one("ebs.way", index=True, readonly=True, ondelete="restrict")
    owner_id = fields.Many2one(
        "ebs.member",
        required=True,
        index=True,
        readonly=True,
        check_company=True,
        ondelete="restrict",
    )
    asker_id = fields.Many2one(
        "ebs.member",
        string="Asked by",
        required=True,
        index=True,
        readonly=True,
        check_company=True,
        ondelete="restrict",
    )
    message_line_ids = fields.One2many("ebs.message", "exchange_id")
    promise_ids = fields.One2many("ebs.promise", "exchange_id", string="Promises")

    # === AS AGREED === #
    title = fields.Char(required=True, readonly=True)
    owner_name = fields.Char(string="Name of the Owner", required=True, readonly=True)
    asker_name = fields.Char(string="Name of the Asker", required=True, readonly=True)
    place = fields.Char(readonly=True)
    price = fields.Monetary(readonly=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    is_private = fields.Boolean(string="Inside a Circle", readonly=True)
    image_512 = fields.Image(
        string="Photo", max_width=512, max_height=512, readonly=True
    )

    # === LIFE === #
    state = fields.Selection(
        [
            ("inquiry", "Inquiry"),
            ("requested", "Requested"),
            ("accepted", "Accepted"),
            ("done", "Done"),
            ("declined", "Declined"),
            ("cancelled", "Cancelled"),
            ("expired", "Expired"),
        ],
        required=True,
        default="inquiry",
        group_expand=True,
        index=True,
        readonly=True,
        copy=False,
        tracking=True,
    )
    opened_at = fields.Datetime(string="Begun on", required=True, readonly=True)
    requested_at = fields.Datetime(readonly=True)
    accepted_at = fields.Datetime(readonly=True)
    done_at = fields.Datetime(readonly=True)
    ended_at = fields.Datetime(readonly=True)
    ended_reason = fields.Text(readonly=True)

    # === FOR THE ONE WHO LOOKS === #
    my_side = fields.Selection(
        [("owner", "Owner"), ("asker", "Asker")],
        compute="_compute_my_side",
        compute_sudo=True,
    )
    is_party = fields.Boolean(
        compute="_compute_my_side", search="_search_is_party", compute_sudo=True
    )
    is_readable = fields.Boolean(
        compute="_compute_is_readable", search="_search_is_readable", compute_sudo=True
    )

    _requested_idx = models.Index("(requested_at, id) WHERE state = 'requested'")
    _one_inquiry = models.UniqueIndex(
        "(listing_id, asker_id) WHERE state = 'inquiry'",
        "This question has its conversation already.",
    )
    _way_chosen = models.Constraint(
        "CHECK (way_id IS NOT NULL OR requested_at IS NULL)",
        "Whoever asks for something says in which way.",
    )
    _two_parties = models.Constraint(
        "CHECK (owner_id != asker_id)", "Nobody exchanges with oneself."
    )

    # === COMPUTE AND SEARCH === #

    @api.depends_context("uid")
    @api.depends("owner_id.is_mine", "asker_id.is_mine")
    def _compute_my_side(self):
        for exchange in self:
            if exchange.owner_id.is_mine:
                exchange.my_side = "owner"
            else:
                exchange.my_side = "asker" if exchange.asker_id.is_mine else False
            exchange.is_party = bool(exchange.my_side)

    def _search_is_party(self, operator, value):
        if operator != "in":
            return NotImplemented
        return self._get_party_domain()

    @api.model
    def _get_party_domain(self):
        """Return the exchanges of all personas of the user, whatever their state."""
        ids = self.env["ebs.member"]._get_mine().ids
        return Domain("owner_id", "in", ids) | Domain("asker_id", "in", ids)

    @api.depends_context("uid")
    @api.depends("company_id", "is_party", "is_private", "listing_id.circle_ids")
    def _compute_is_readable(self):
        readable = self.filtered_domain(self._get_readable_domain())
        for exchange in self:
            exchange.is_readable = exchange in readable

    def _search_is_readable(self, operator, value):
        if operator != "in":
            return NotImplemented
        return self._get_readable_domain()

    @api.model
    def _get_readable_domain(self):
        """Return what the user may read: one's own, and staff their platforms'.

        What was made inside a circle is closed to staff, but for a moderator who
        has opened one of its circles.
        """
        domain = self._get_party_domain()
        user = self.env.user
        if user.has_group(STAFF):
            shown = Domain("is_private", "=", False)
            if opened := self.env["ebs.circle.opening"]._get_circle_ids():
                shown |= Domain("listing_id.circle_ids", "in", opened)
            domain |= Domain("company_id", "in", user.company_ids.ids) & shown
        return domain

    # === WHAT THE PARTIES DO === #

    def action_accept(self):
        """Say yes: what accepting takes is taken in the same breath."""
        exchange_sudo = self._check_action("accept")
        exchange_sudo._commit_accept()
        exchange_sudo._set_state(
            ("requested",), "accepted", {"accepted_at": clock.now()}
        )
        exchange_sudo._tell(
            "asker",
            "ebs_listings.mail_accepted",
            _lt(
                "%(name)s says yes: “%(title)s”",
                name=exchange_sudo.owner_name,
                title=exchange_sudo.title,
            ),
        )

    def action_decline(self, reason=""):
        """Say no to a request."""
        exchange_sudo = self._check_action("decline")
        exchange_sudo._end("declined", to_text(reason, REASON_LENGTH))
        exchange_sudo._tell_declined()

    def action_cancel(self, reason=""):
        """Step back from what one asked for, or from what was agreed."""
        exchange_sudo = self._check_action("cancel")
        side = self._get_my_side()
        reason = to_text(reason, REASON_LENGTH)
        exchange_sudo._end("cancelled", reason)
        exchange_sudo._release()
        exchange_sudo._tell(
            exchange_sudo._get_other_side(side),
            "ebs_listings.mail_cancelled",
            _lt("Cancelled: “%(title)s”", title=exchange_sudo.title),
            {"reason": reason},
        )

    def action_done(self):
        """Say that it took place."""
        exchange_sudo = self._check_action("done")
        side = self._get_my_side()
        exchange_sudo._finish(("accepted",))
        exchange_sudo._tell(
            exchange_sudo._get_other_side(side),
            "ebs_listings.mail_done",
            _lt("It is done: “%(title)s”", title=exchange_sudo.title),
        )

    def _check_action(self, code):
        """Return the exchange with all rights if the user may do this to it now."""
        self._check_readable()
        if code not in self._get_actions():
            raise UserError(
                self.env._("This is not possible, or not any more: look where it is.")
            )
        return self.sudo()

    # === BUSINESS METHODS === #

    def _request(self, vals):
        """Ask for the thing: what counts from now on is what it says today."""
        self.ensure_one()
        self._set_state(
            ("inquiry",), "requested", {**vals, "requested_at": clock.now()}
        )

    def _receive_request(self, message):
        """Tell the owner what was asked, with the words that came with it."""
        self._tell(
            "owner",
            "ebs_listings.mail_request",
            _lt(
                "%(name)s asks for “%(title)s”", name=self.asker_name, title=self.title
            ),
            {"message": message},
        )

    def _commit_accept(self):
        """Take what accepting takes; whoever comes second is told so."""
        self.ensure_one()
        if self.way_id.commitment != "promise":
            return
        try:
            with mute_logger("odoo.sql_db"), self.env.cr.savepoint():
                self.env["ebs.promise"].create(
                    {"exchange_id": self.id, "listing_id": self.listing_id.id}
                )
        except psycopg2.errors.UniqueViolation as error:
            raise UserError(
                self.env._("This was promised to somebody else meanwhile.")
            ) from error

    def _release(self):
        """Give back what accepting took."""
        self.promise_ids._set_state(("open",), "cancelled")

    def _end(self, state, reason=""):
        """Come to an end that is no success."""
        self._set_state(
            OPEN_STATES, state, {"ended_at": clock.now(), "ended_reason": reason}
        )

    def _finish(self, allowed_from):
        """Come to the good end; what was promised for good is gone with it."""
        self._set_state(allowed_from, "done", {"done_at": clock.now()})
        promises = self.promise_ids.filtered(lambda one: one.state == "open")
        promises._set_state(("open",), "done")
        promises.listing_id._close_given()

    @api.model
    def _withdraw_closed(self, domain):
        """End what began inside a circle and is not meant for its asker any more.

        `domain` says which to look at. What was agreed on stays.
        """
        domain = Domain(domain) & Domain("state", "in", WAITING_STATES)
        for exchange in self.search(domain & Domain("is_private", "=", True)):
            if not exchange.listing_id._is_open_to(exchange.asker_id):
                exchange._withdraw()

    def _withdraw(self):
        """End what has lost its circle, and tell both parties."""
        reason = self.env._("It was for a circle that ended for one of you.")
        self._end("cancelled", reason)
        for side in ("owner", "asker"):
            self._tell(
                side,
                "ebs_listings.mail_withdrawn",
                _lt("Over: “%(title)s”", title=self.title),
            )

    def _tell_declined(self):
        self._tell(
            "asker",
            "ebs_listings.mail_declined",
            _lt("Not this time: “%(title)s”", title=self.title),
            {"reason": self.ended_reason},
        )

    def _tell(self, side, template_xmlid, subject, values=None):
        """Queue a mail to one party: it names nobody but by persona."""
        self.ensure_one()
        self._get_party(side)._notify(
            template_xmlid,
            subject,
            {
                "exchange_id": self.id,
                "title": self.title,
                "other_name": self._get_party_name(self._get_other_side(side)),
                "side": side,
                "is_answered": template_xmlid in self._get_answered_mails(),
                **(values or {}),
            },
        )

    def _get_party(self, side):
        return self.owner_id if side == "owner" else self.asker_id

    def _get_party_name(self, side):
        return self.owner_name if side == "owner" else self.asker_name

    def _get_other_side(self, side):
        return "asker" if side == "owner" else "owner"

    # === CRON === #

    @api.model
    def _get_expired_domain(self):
        """Return the requests that nobody answered in the platform's time.

        And the questions in which nobody has written for a month.
        """
        companies = self.env["res.company"].search([("is_ebs_platform", "=", True)])
        late = Domain.OR(
            Domain("company_id", "=", company.id)
            & Domain(
                "requested_at",
                "<=",
                clock.now() - timedelta(days=company.ebs_request_days),
            )
            for company in companies
        )
        silent_since = clock.now() - timedelta(days=INQUIRY_DAYS)
        silent = Domain("opened_at", "<=", silent_since) & ~Domain(
            "message_line_ids", "any", Domain("sent_at", ">", silent_since)
        )
        return (Domain("state", "=", "requested") & late) | (
            Domain("state", "=", "inquiry") & silent
        )

    @api.model
    def _cron_expire(self, batch_size=200):
        """End what nobody answered, and tell both of a request; one commit each."""
        domain = self._get_expired_domain()
        ids = self.search(domain, limit=batch_size, order="opened_at, id").ids
        cron = self.env["ir.cron"]
        cron._commit_progress(remaining=self.search_count(domain))
        for exchange_id in ids:
            exchange = self.browse(exchange_id).try_lock_for_update()
            exchange = exchange.filtered_domain(domain)
            if exchange:
                exchange.with_company(exchange.company_id)._expire()
            if not cron._commit_progress(1):
                break

    def _expire(self):
        """End what nobody answered; of a request, tell both parties."""
        was_requested = self.state == "requested"
        self._end("expired")
        if not was_requested:
            return
        for side in ("owner", "asker"):
            self._tell(
                side,
                "ebs_listings.mail_expired",
                _lt("No answer in time: “%(title)s”", title=self.title),
            )
