# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import json
from datetime import timedelta

from odoo import api, fields, models
from odoo.addons.ebs_base import clock
from odoo.addons.ebs_base.utils import to_text
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

from .ebs_member_private import MAX_ALERTS

NAME_LENGTH = 60
VALUE_LENGTH = 100
# What the address of a search may hold but its order.
FILTER_KEYS = (
    "q",
    "category",
    "kind",
    "side",
    "way",
    "zone",
    "near",
    "within",
    "photo",
    "org",
    "circle",
    "from",
    "to",
    "box",
)
# Which filters name a record of the platform.
CHOICES = {
    "category": "ebs.category",
    "zone": "ebs.zone",
    "circle": "ebs.circle",
}


class EbsAlert(models.Model):
    """A search that a member keeps, to be told by mail of what comes to match it.

    It belongs to one account: whoever else acts for the same persona may see other
    listings, and learns nothing of it.
    """

    _name = "ebs.alert"
    _description = "Alert"
    _inherit = ["ebs.base.mixin"]
    _order = "id"
    _check_company_auto = True

    member_id = fields.Many2one(
        "ebs.member",
        required=True,
        index=True,
        readonly=True,
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
    user_id = fields.Many2one(
        "res.users",
        string="Account",
        required=True,
        index=True,
        readonly=True,
        ondelete="cascade",
        groups="ebs_base.group_ebs_staff",
    )
    name = fields.Char(required=True, readonly=True)
    filters = fields.Text(required=True, readonly=True)
    paused = fields.Boolean(readonly=True)
    due_on = fields.Date(
        string="Looked Up Next on", required=True, readonly=True, index=True
    )
    seen_until = fields.Datetime(
        string="Listings Seen up to", required=True, readonly=True
    )
    last_sent_at = fields.Datetime(string="Last Mail", readonly=True)
    is_mine = fields.Boolean(
        compute="_compute_is_mine", search="_search_is_mine", compute_sudo=True
    )

    _once = models.UniqueIndex(
        "(user_id, member_id, md5(filters))",
        "There is an alert on this search already.",
    )
    _name_short = models.Constraint(
        f"CHECK (char_length(name) <= {NAME_LENGTH})",
        f"The name of an alert is at most {NAME_LENGTH} characters long.",
    )

    # === COMPUTE AND SEARCH === #

    @api.depends_context("uid")
    @api.depends("user_id", "member_id")
    def _compute_is_mine(self):
        mine = self.filtered_domain(self._get_mine_domain())
        for alert in self:
            alert.is_mine = alert in mine

    def _search_is_mine(self, operator, value):
        if operator != "in":
            return NotImplemented
        return self._get_mine_domain()

    @api.model
    def _get_mine_domain(self):
        """Return the account's own alerts, for those it may still act for."""
        mine = self.env["ebs.member"]._get_mine()
        return Domain("user_id", "=", self.env.uid) & Domain(
            "member_id", "in", mine.ids
        )

    # === WHAT A MEMBER DOES === #

    @api.model
    def action_create(self, filters, name="", as_member_id=None):
        """Keep a search, and return its alert; the same search twice is one alert."""
        company = None if as_member_id else self.env.company
        member_sudo = self.env["ebs.member"]._acting(company, as_member_id)
        filters = self._clean_filters(filters)
        name = " ".join(to_text(name, NAME_LENGTH).split())
        alerts_sudo = self.sudo()
        mine = Domain("member_id", "=", member_sudo.id) & Domain(
            "user_id", "=", self.env.uid
        )
        text = json.dumps(filters, sort_keys=True, ensure_ascii=False)
        same_sudo = alerts_sudo.search(mine & Domain("filters", "=", text))
        if same_sudo:
            same_sudo._resume()
            return same_sudo.sudo(False)
        self._count_for(member_sudo, 1)
        company = member_sudo.company_id
        alert_sudo = alerts_sudo.create(
            {
                "member_id": member_sudo.id,
                "user_id": self.env.uid,
                "name": name or self._make_name(company, filters),
                "filters": text,
                "due_on": company._ebs_today() + timedelta(days=1),
                "seen_until": clock.now(),
            }
        )
        return alert_sudo.sudo(False)

    def action_pause(self):
        """Send no more mails about it until one wants them again."""
        self._check_readable()
        self.sudo().paused = True

    def action_resume(self):
        """Send mails again, about what comes from now on."""
        self._check_readable()
        self.sudo()._resume()

    def action_delete(self):
        """Give the search up."""
        self._check_readable()
        alert_sudo = self.sudo()
        member_sudo = alert_sudo.member_id
        alert_sudo.unlink()
        self._count_for(member_sudo, 0)

    # === BUSINESS METHODS === #

    @api.model
    def _count_for(self, member_sudo, more):
        """Write how many alerts a persona has: two at once wait for each other."""
        number = self.sudo().search_count([("member_id", "=", member_sudo.id)])
        if more and number >= MAX_ALERTS:
            raise UserError(
                self.env._(
                    "You have %(count)s alerts already: please delete one first.",
                    count=MAX_ALERTS,
                )
            )
        # In SQL: written even when it is the same number, which a second one that
        # counts at the same time runs into.
        member_sudo.private_ids.invalidate_recordset(["alert_count"])
        self.env.cr.execute(
            SQL(
                "UPDATE ebs_member_private SET alert_count = %s WHERE member_id = %s",
                number + more,
                member_sudo.id,
            )
        )

    def _resume(self):
        """Go on from now; what came meanwhile is not told any more."""
        for alert in self.filtered("paused"):
            alert.write(
                {
                    "paused": False,
                    "due_on": alert.company_id._ebs_today() + timedelta(days=1),
                    "seen_until": clock.now(),
                }
            )

    @api.model
    def _clean_filters(self, filters):
        """Return the filters of a search as short plain texts, the empty ones left."""
        filters = self._check_keys(filters, FILTER_KEYS)
        clean = {key: to_text(filters[key], VALUE_LENGTH) for key in filters}
        clean = {key: value for key, value in clean.items() if value}
        # A distance says nothing without where it begins.
        if not clean.keys() - {"within"}:
            raise UserError(
                self.env._(
                    "Please search for something first: a word, a category, a place…"
                )
            )
        return clean

    def _get_filters(self):
        """Return the filters of one alert, as the address of its search has them."""
        self.ensure_one()
        return json.loads(self.filters)

    @api.model
    def _make_name(self, company, filters):
        """Return what it is called by default, with no name of a circle."""
        words = self._say_filters(company, filters)
        name = " · ".join(words) or self.env._("My search")
        return name if len(name) <= NAME_LENGTH else f"{name[: NAME_LENGTH - 1]}…"

    @api.model
    def _say_filters(self, company, filters):
        """Return what a search looks for, in some words."""
        words = [filters["q"]] if filters.get("q") else []
        for key in ("category", "zone"):
            words += self._find_named(company, filters, key).mapped("name")
        if filters.get("way"):
            ways = self.env["ebs.way"].search_fetch([], ["name", "code"])
            words += ways.filtered(lambda one: one.code == filters["way"]).mapped(
                "name"
            )
        sides = {"want": self.env._("Wanted")}
        kinds = {"service": self.env._("Services"), "goods": self.env._("Things")}
        words += [sides[side] for side in [filters.get("side")] if side in sides]
        words += [kinds[kind] for kind in [filters.get("kind")] if kind in kinds]
        return words

    @api.model
    def _find_named(self, company, filters, key):
        """Return the record that a filter names, if the user may see it."""
        return self.env["ebs.listing"]._find_choice(
            CHOICES[key], company, filters.get(key)
        )
