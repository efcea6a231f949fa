# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.addons.ebs_base.utils import to_int, to_text
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools import SQL, LazyTranslate

_lt = LazyTranslate(__name__)

NAME_LENGTH = 80
TEXT_LENGTH = 4000
ANSWER_LENGTH = 500


class EbsCircle(models.Model):
    """A group of members who share among themselves."""

    _name = "ebs.circle"
    _description = "Circle"
    _inherit = ["ebs.base.mixin", "ebs.log.mixin", "image.mixin"]
    _order = "name, id"
    _check_company_auto = True

    company_id = fields.Many2one(
        "res.company",
        string="Platform",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    name = fields.Char(required=True, size=NAME_LENGTH)
    description = fields.Text(string="Why It Exists")
    charter = fields.Text()
    join_mode = fields.Selection(
        [
            ("open", "Open to Everyone"),
            ("request", "On Request"),
            ("invitation", "By Invitation"),
        ],
        string="Who May Join",
        required=True,
        default="open",
        tracking=True,
    )
    active = fields.Boolean(default=True)
    membership_ids = fields.One2many(
        "ebs.circle.member", "circle_id", string="Memberships"
    )
    # Counted in the transaction that changes a membership: see `_count`.
    member_count = fields.Integer(
        string="Members", readonly=True, default=0, copy=False
    )
    organiser_count = fields.Integer(
        string="Organisers", readonly=True, default=0, copy=False
    )
    is_visible = fields.Boolean(
        compute="_compute_is_visible", search="_search_is_visible", compute_sudo=True
    )

    _has_organiser = models.Constraint(
        "CHECK (organiser_count > 0 OR member_count = 0)",
        "A circle with members needs an organiser.",
    )
    _counts_hold = models.Constraint(
        "CHECK (organiser_count >= 0 AND organiser_count <= member_count)",
        "A circle cannot have more organisers than members.",
    )
    _text_short = models.Constraint(
        f"CHECK (char_length(name) <= {NAME_LENGTH}"
        f" AND char_length(description) <= {TEXT_LENGTH}"
        f" AND char_length(charter) <= {TEXT_LENGTH})",
        f"A circle's name has at most {NAME_LENGTH} characters, its texts"
        f" {TEXT_LENGTH}.",
    )

    # === COMPUTE AND SEARCH === #

    @api.depends_context("uid")
    @api.depends("join_mode", "company_id", "membership_ids.state")
    def _compute_is_visible(self):
        visible = self.filtered_domain(self._get_visible_domain())
        for circle in self:
            circle.is_visible = circle in visible

    def _search_is_visible(self, operator, value):
        if operator != "in":
            return NotImplemented
        return self._get_visible_domain()

    @api.model
    def _get_visible_domain(self):
        """Return which circles the user may see; decided on the user alone."""
        domain = Domain("join_mode", "in", ("open", "request"))
        memberships = self.env["ebs.circle.member"]
        personas = self.env["ebs.member"]._get_mine()
        approved = personas.filtered(lambda member: member.state == "approved")
        if ids := memberships._get_circle_ids(approved, ("active", "invited")):
            domain |= Domain("id", "in", ids)
        user = self.env.user
        if user.has_group("ebs_base.group_ebs_moderator"):
            domain |= Domain("company_id", "in", user.company_ids.ids)
        return domain

    # === WHAT MEMBERS DO === #

    def action_join(self, answer="", as_member_id=None):
        """Join, or apply, as the circle's mode says; return the membership."""
        self._check_readable()
        answer = to_text(answer, ANSWER_LENGTH)
        member = self._get_acting(as_member_id)
        circle_sudo = self.sudo()
        membership = circle_sudo._find_membership(member)
        if membership.state == "active":
            return membership.sudo(False)
        circle_sudo._check_may_join(membership)
        if membership.state == "invited" or circle_sudo.join_mode == "open":
            membership = membership or circle_sudo._create_membership(member)
            membership._activate(("invited", "applied", "left"))
        elif membership.state != "applied":
            circle_sudo._apply(membership, member, answer)
        return circle_sudo._find_membership(member).sudo(False)

    def action_leave(self, as_member_id=None):
        """Leave the circle; its last organiser stays while others do."""
        self._check_readable()
        member = self._get_acting(as_member_id)
        membership = self.sudo()._find_membership(member)
        if not membership or membership.state in ("refused", "removed"):
            raise UserError(self.env._("You are not in this circle."))
        membership._check_organiser_stays()
        membership._set_state(
            ("invited", "applied", "active"), "left", {"role": "member"}
        )

    def action_invite(self, member_id):
        """Invite a member of the platform, as an organiser or moderator."""
        self._check_readable()
        self._check_organiser()
        circle_sudo = self.sudo()
        member = self.env["ebs.member"].search(
            [
                ("id", "=", to_int(member_id) or 0),
                ("company_id", "=", circle_sudo.company_id.id),
                ("state", "=", "approved"),
            ],
            limit=1,
        )
        if not member:
            raise UserError(self.env._("Please choose a member of the platform."))
        membership = circle_sudo._find_membership(member)
        if membership.state == "applied":
            membership._accept()
        elif membership.state != "active":
            membership = membership or circle_sudo._create_membership(member)
            membership._invite()
        return membership.sudo(False)

    def _get_acting(self, as_member_id):
        """Return the persona that the user acts for on this platform."""
        company = self.sudo().company_id
        return self.env["ebs.member"]._acting(company, as_member_id)

    def _check_may_join(self, membership):
        if not self.active or not self.organiser_count:
            raise UserError(self.env._("This circle takes nobody in at the moment."))
        if membership.state == "removed":
            raise UserError(self.env._("The organisers have ended your membership."))
        if membership.state == "refused":
            raise UserError(
                self.env._("The organisers said no: they can still invite you one day.")
            )
        if self.join_mode == "invitation" and membership.state != "invited":
            raise UserError(self.env._("One joins this circle by invitation only."))

    def _apply(self, membership, member, answer):
        membership = membership or self._create_membership(member)
        membership._set_state(("left",), "applied")
        membership.answer = answer
        organisers = self.membership_ids.filtered(
            lambda one: one.state == "active" and one.role == "organiser"
        )
        organisers.member_id._notify(
            "ebs_circles.mail_circle_applied",
            _lt("Somebody would like to join your circle"),
            {"circle": self, "applicant": member, "answer": answer},
        )

    def _find_membership(self, member):
        return self.env["ebs.circle.member"].search(
            [("circle_id", "=", self.id), ("member_id", "=", member.id)], limit=1
        )

    def _create_membership(self, member):
        return self.env["ebs.circle.member"].create(
            {"circle_id": self.id, "member_id": member.id}
        )

    # === WHO MAY === #

    def _is_organised(self):
        """Tell whether the user organises these circles, or moderates them."""
        if self._is_staffed("moderator"):
            return True
        personas = self.env["ebs.member"]._get_mine()
        organised = self.env["ebs.circle.member"]._get_circle_ids(
            personas.filtered(lambda member: not member._get_refusal()),
            roles=("organiser",),
        )
        return set(self.ids) <= set(organised)

    def _check_organiser(self):
        if not self._is_organised():
            raise AccessError(
                self.env._("Only an organiser of this circle may do this.")
            )

    def _count(self, members, organisers):
        """Add to the counters, so that two who act at once meet here."""
        self.flush_recordset()
        self.env.cr.execute(
            SQL(
                """UPDATE ebs_circle SET member_count = member_count + %s,
                organiser_count = organiser_count + %s WHERE id = %s""",
                members,
                organisers,
                self.id,
            )
        )
        self.invalidate_recordset(["member_count", "organiser_count"], flush=False)
