# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from collections import Counter

from odoo import api, fields, models
from odoo.addons.ebs_base import clock
from odoo.addons.ebs_base.utils import to_text
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import LazyTranslate

from .ebs_circle import ANSWER_LENGTH

_lt = LazyTranslate(__name__)

ENDED = ("refused", "left", "removed")


class EbsCircleMember(models.Model):
    """What a member is in a circle: invited, applying, in it, or gone."""

    _name = "ebs.circle.member"
    _description = "Membership of a Circle"
    _inherit = ["ebs.base.mixin", "ebs.state.mixin"]
    _order = "circle_id, id"
    _rec_name = "member_id"
    _check_company_auto = True

    circle_id = fields.Many2one(
        "ebs.circle", required=True, index=True, ondelete="cascade", check_company=True
    )
    member_id = fields.Many2one(
        "ebs.member", required=True, index=True, ondelete="cascade", check_company=True
    )
    company_id = fields.Many2one(
        related="circle_id.company_id", store=True, index=True, precompute=True
    )
    role = fields.Selection(
        [("member", "Member"), ("organiser", "Organiser")],
        required=True,
        default="member",
    )
    state = fields.Selection(
        [
            ("applied", "Waiting for an Answer"),
            ("invited", "Invited"),
            ("active", "In the Circle"),
            ("refused", "Refused"),
            ("left", "Left"),
            ("removed", "Removed"),
        ],
        required=True,
        default="applied",
        readonly=True,
        copy=False,
    )
    answer = fields.Text(string="Applicant's Words")
    joined_at = fields.Datetime(string="Joined on", readonly=True, copy=False)
    is_readable = fields.Boolean(
        compute="_compute_is_readable", search="_search_is_readable", compute_sudo=True
    )

    _once = models.UniqueIndex(
        "(circle_id, member_id)", "This member already has a place in this circle."
    )
    _answer_short = models.Constraint(
        f"CHECK (char_length(answer) <= {ANSWER_LENGTH})",
        f"An applicant's words have at most {ANSWER_LENGTH} characters.",
    )

    # === COMPUTE AND SEARCH === #

    @api.depends_context("uid")
    @api.depends("state", "circle_id", "member_id", "company_id")
    def _compute_is_readable(self):
        readable = self.filtered_domain(self._get_readable_domain())
        for membership in self:
            membership.is_readable = membership in readable

    def _search_is_readable(self, operator, value):
        if operator != "in":
            return NotImplemented
        return self._get_readable_domain()

    @api.model
    def _get_readable_domain(self):
        """One's own, those of one's circles, all of the circles one organises."""
        personas = self.env["ebs.member"]._get_mine()
        domain = Domain("member_id", "in", personas.ids)
        approved = personas.filtered(lambda member: member.state == "approved")
        if ids := self._get_circle_ids(approved):
            domain |= Domain("circle_id", "in", ids) & Domain("state", "=", "active")
            organised = self._get_circle_ids(approved, roles=("organiser",))
            domain |= Domain("circle_id", "in", organised)
        user = self.env.user
        if user.has_group("ebs_base.group_ebs_moderator"):
            domain |= Domain("company_id", "in", user.company_ids.ids)
        return domain

    @api.model
    def _get_circle_ids(self, members, states=("active",), roles=()):
        """Return the circles in which these personas have such a place."""
        if not members:
            return []
        domain = Domain("member_id", "in", members.ids) & Domain("state", "in", states)
        if roles:
            domain &= Domain("role", "in", roles)
        groups = self.sudo()._read_group(domain, ["circle_id"])
        return [circle.id for (circle,) in groups]

    # === CRUD === #

    def write(self, vals):
        """Keep the counters of the circle in step."""
        before = self._get_weights()
        res = super().write(vals)
        self._count(before)
        return res

    def unlink(self):
        """Keep the counters of the circle in step."""
        before = self._get_weights()
        res = super().unlink()
        self.browse()._count(before)
        return res

    def _get_weights(self):
        """Return how many members and organisers these are, by circle."""
        weights = Counter()
        for membership in self.sudo():
            if membership.state == "active":
                weights[membership.circle_id, "members"] += 1
                if membership.role == "organiser":
                    weights[membership.circle_id, "organisers"] += 1
        return weights

    def _count(self, before):
        after = self._get_weights()
        after.subtract(before)
        for circle in {circle for circle, _kind in after}:
            members, organisers = after[circle, "members"], after[circle, "organisers"]
            if members or organisers:
                circle._count(members, organisers)

    # === WHAT ORGANISERS DO === #

    def action_accept(self):
        """Let an applicant in, as an organiser or moderator."""
        self._check_readable()
        self.circle_id._check_organiser()
        self.sudo()._accept()

    def action_refuse(self, reason=""):
        """Say no to an applicant, as an organiser or moderator."""
        self._check_readable()
        self.circle_id._check_organiser()
        reason = to_text(reason, ANSWER_LENGTH)
        if self.sudo()._set_state(("applied",), "refused"):
            self._tell(
                "mail_circle_refused",
                _lt("An answer about the circle"),
                {"reason": reason},
            )

    def action_remove(self):
        """Take a member out of the circle, as an organiser or moderator."""
        self._check_readable()
        self.circle_id._check_organiser()
        self.sudo()._check_organiser_stays()
        self.sudo()._set_state(("invited", "active"), "removed", {"role": "member"})

    def action_make_organiser(self):
        """Let a member organise the circle too, as an organiser or moderator."""
        self._check_readable()
        self.circle_id._check_organiser()
        membership_sudo = self.sudo()
        if membership_sudo.state in ENDED:
            raise UserError(self.env._("Only a member of the circle can organise it."))
        membership_sudo.role = "organiser"
        if membership_sudo.state != "active":
            membership_sudo._activate(("applied", "invited"))

    # === STEPS === #

    def _activate(self, allowed_from):
        return self._set_state(allowed_from, "active", {"joined_at": clock.now()})

    def _accept(self):
        if self._activate(("applied",)):
            self._tell("mail_circle_accepted", _lt("Welcome to the circle"))

    def _invite(self):
        if self._set_state(("applied", *ENDED), "invited"):
            self._tell("mail_circle_invited", _lt("You are invited to a circle"))

    def _check_organiser_stays(self):
        circle = self.circle_id
        if (
            self.state == "active"
            and self.role == "organiser"
            and circle.organiser_count == 1
            and circle.member_count > 1
        ):
            raise UserError(
                self.env._(
                    "This is the only organiser, and others stay: another member must"
                    " be made organiser first."
                )
            )

    def _tell(self, template, subject, values=None):
        membership_sudo = self.sudo()
        membership_sudo.member_id._notify(
            f"ebs_circles.{template}",
            subject,
            {"circle": membership_sudo.circle_id, **(values or {})},
        )
