# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from collections import Counter, defaultdict

from odoo import api, fields, models
from odoo.addons.ebs_base import clock
from odoo.addons.ebs_base.utils import to_text
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools import LazyTranslate

from .ebs_circle import ANSWER_LENGTH
from .ebs_member import MODERATOR

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
    ended_reason = fields.Text(string="Reason of the End", readonly=True, copy=False)
    joined_at = fields.Datetime(string="Joined on", readonly=True, copy=False)
    # Fellow members read this row: what they need not know is told by `wants_news`.
    is_mailed = fields.Boolean(
        string="Gets News by E-mail", default=True, groups=MODERATOR
    )
    wants_news = fields.Boolean(
        string="News by E-mail", compute="_compute_wants_news", compute_sudo=True
    )
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
    _reason_short = models.Constraint(
        f"CHECK (char_length(ended_reason) <= {ANSWER_LENGTH})",
        f"A reason has at most {ANSWER_LENGTH} characters.",
    )
    _organises_from_within = models.Constraint(
        "CHECK (role = 'member' OR state NOT IN ('refused', 'left', 'removed'))",
        "Who is not in a circle does not organise it.",
    )

    # === COMPUTE AND SEARCH === #

    @api.depends_context("uid")
    @api.depends("state", "circle_id", "member_id", "company_id")
    def _compute_is_readable(self):
        readable = self.filtered_domain(self._get_readable_domain())
        for membership in self:
            membership.is_readable = membership in readable

    @api.depends_context("uid")
    @api.depends("is_mailed", "member_id", "circle_id")
    def _compute_wants_news(self):
        """Tell whether it is wanted: one's own, and in the circles one organises."""
        personas = self.env["ebs.member"]._get_mine()
        approved = personas.filtered(lambda member: member.state == "approved")
        organised = self._get_circle_ids(approved, roles=("organiser",))
        for membership in self:
            known = (
                membership.member_id in personas or membership.circle_id.id in organised
            )
            membership.wants_news = known and membership.is_mailed

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
        if user.has_group(MODERATOR):
            domain |= Domain("company_id", "in", user.company_ids.ids)
        return domain

    @api.model
    def _get_circle_ids(self, members, states=("active",), roles=()):
        """Return the open circles in which these personas have such a place."""
        # Read once for all the rules of a page: the ORM keeps them.
        places = members.sudo().circle_membership_ids.filtered(
            lambda place: place.state in states and (not roles or place.role in roles)
        )
        places.circle_id.fetch(["active"])
        return places.circle_id.filtered("active").ids

    # === CRUD === #

    def write(self, vals):
        """Keep the counters of the circle in step."""
        self.check_access("write")
        before = self._get_weights()
        res = super().write(vals)
        self._count(before)
        return res

    def unlink(self):
        """Keep the counters of the circle in step."""
        self.check_access("unlink")
        before = self._get_weights()
        res = super().unlink()
        self.browse()._count(before)
        return res

    def _get_weights(self):
        """Return how many members and organisers these are, by circle and member."""
        weights = Counter()
        for membership in self.sudo():
            if membership.state == "active":
                weights[membership.circle_id, "members"] += 1
                weights[membership.member_id, "circles"] += 1
                if membership.role == "organiser":
                    weights[membership.circle_id, "organisers"] += 1
        return weights

    def _count(self, before):
        after = self._get_weights()
        after.subtract(before)
        circles = {one for one, _kind in after if one._name == "ebs.circle"}
        for circle in sorted(circles, key=lambda one: one.id):
            members, organisers = after[circle, "members"], after[circle, "organisers"]
            if members or organisers:
                circle._count(members, organisers)
        changes = defaultdict(lambda: self.env["ebs.member"].sudo())
        for (record, _kind), change in after.items():
            if record._name == "ebs.member" and change:
                changes[change] |= record
        for change, members in sorted(changes.items()):
            members._count_circles(change)

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
        values = {"ended_reason": reason, "role": "member"}
        if self.sudo()._set_state(("applied",), "refused", values):
            self._tell(
                "mail_circle_refused",
                _lt("An answer about the circle"),
                {"reason": reason},
            )

    def action_remove(self, reason=""):
        """Take a member out of the circle, as an organiser or moderator.

        An organiser is taken out by a moderator alone.
        """
        self._check_readable()
        self.circle_id._check_organiser()
        reason = to_text(reason, ANSWER_LENGTH)
        membership_sudo = self.sudo()
        if membership_sudo.state == "removed":
            return
        if membership_sudo.state not in ("invited", "active"):
            raise UserError(self.env._("Only a member of the circle can be removed."))
        if membership_sudo.role == "organiser" and not self._is_staffed("moderator"):
            raise AccessError(
                self.env._(
                    "Only the team of the platform removes an organiser: please write"
                    " to it."
                )
            )
        membership_sudo._check_organiser_stays()
        was_in = membership_sudo.state == "active"
        membership_sudo._end("removed", {"ended_reason": reason})
        if was_in:
            self._tell(
                "mail_circle_removed",
                _lt("You are not in the circle any more"),
                {"reason": reason},
            )

    def action_make_organiser(self):
        """Let a member organise the circle too, as an organiser or moderator.

        A moderator may bring somebody in by it, so that a circle gets its first.
        """
        self._check_readable()
        self.circle_id._check_organiser()
        membership_sudo = self.sudo()
        state = membership_sudo.state
        if state in ENDED or (state != "active" and not self._is_staffed("moderator")):
            raise UserError(self.env._("Only a member of the circle can organise it."))
        membership_sudo._make_organiser()

    def action_step_down(self):
        """Stop organising and stay a member: for one's own persona, or by a moderator.

        The last organiser cannot.
        """
        self._check_readable()
        membership_sudo = self.sudo()
        if not membership_sudo.member_id.is_mine and not self._is_staffed("moderator"):
            raise AccessError(self.env._("You cannot act for this member."))
        if refusal := membership_sudo._get_refusal():
            raise UserError(refusal)
        if membership_sudo.role != "organiser" or membership_sudo.state != "active":
            raise UserError(self.env._("This member does not organise the circle."))
        if membership_sudo.circle_id.organiser_count == 1:
            raise UserError(
                self.env._(
                    "This is the only organiser: please make another member organiser"
                    " first."
                )
            )
        membership_sudo.role = "member"

    def action_hand_over(self):
        """Make this member an organiser in one's own place."""
        self._check_readable()
        membership_sudo = self.sudo()
        mine = self.circle_id._get_my_places(roles=("organiser",))
        if not mine:
            raise AccessError(
                self.env._("Only an organiser of this circle may do this.")
            )
        if membership_sudo in mine:
            raise UserError(self.env._("Please choose somebody else."))
        if membership_sudo.state != "active":
            raise UserError(self.env._("Only a member of the circle can organise it."))
        membership_sudo._make_organiser()
        mine[:1].role = "member"

    def _get_refusal(self):
        """Return why the user cannot act for this membership's persona, or nothing."""
        return not self._is_staffed("moderator") and self.member_id._get_refusal()

    # === STEPS === #

    def _activate(self, allowed_from):
        """Let somebody in; what was said before is nobody's business any more."""
        values = {"joined_at": clock.now(), "answer": False, "ended_reason": False}
        return self._set_state(allowed_from, "active", values)

    def _accept(self):
        if self._activate(("applied",)):
            self._tell("mail_circle_accepted", _lt("Welcome to the circle"))

    def _invite(self):
        values = {"ended_reason": False}
        if self._set_state(("applied", *ENDED), "invited", values):
            self._tell("mail_circle_invited", _lt("You are invited to a circle"))

    def _make_organiser(self):
        if self.role == "organiser" and self.state == "active":
            return
        self.role = "organiser"
        self._activate(("applied", "invited"))
        self._tell("mail_circle_organiser", _lt("You organise the circle now"))

    def _is_pending(self):
        """Tell whether this is a place, or may become one, that can end."""
        return self.state in ("applied", "invited", "active")

    def _end(self, to, values=None):
        """End these places in their circles; return those that have ended.

        Reading ends with it at once, what lies in the mail queue is withdrawn, and
        so are the invitations that they have made. Whatever was possible only by
        the circle ends here too: other addons extend this.
        """
        values = {"role": "member", "answer": False, **(values or {})}
        ended = self._set_state(("applied", "invited", "active"), to, values)
        for circle, memberships in ended.grouped("circle_id").items():
            members = memberships.member_id
            self.env["mail.mail"]._ebs_withdraw(
                [
                    ("ebs_circle_id", "=", circle.id),
                    ("ebs_member_id", "in", members.ids),
                ]
            )
            circle.invitation_ids.filtered(
                lambda one, members=members: one.member_id in members
            )._revoke()
        return ended

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
