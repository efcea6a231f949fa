# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.addons.ebs_base import clock
from odoo.addons.ebs_base.utils import to_int
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import LazyTranslate
from odoo.tools.misc import format_date, hash_sign, verify_hash_signed

from .ebs_member import MODERATOR

_lt = LazyTranslate(__name__)

SCOPE = "ebs_circle_invitation"
TOKEN_LENGTH = 200


class EbsCircleInvitation(models.Model):
    """A link into a circle: sent to one address, or for several people.

    Its token is signed and never stored; whether it still serves is said by the
    row, so that it can be taken back.
    """

    _name = "ebs.circle.invitation"
    _description = "Invitation to a Circle"
    _inherit = ["ebs.base.mixin", "ebs.state.mixin"]
    _order = "id desc"
    _rec_name = "circle_id"
    _check_company_auto = True

    circle_id = fields.Many2one(
        "ebs.circle",
        required=True,
        index=True,
        readonly=True,
        ondelete="cascade",
        check_company=True,
    )
    company_id = fields.Many2one(
        related="circle_id.company_id", store=True, index=True, precompute=True
    )
    member_id = fields.Many2one(
        "ebs.member",
        string="Invited by",
        index="btree_not_null",
        readonly=True,
        ondelete="set null",
        check_company=True,
    )
    # Of somebody who may be no member: what was typed is shown to nobody again.
    email = fields.Char(string="E-mail", readonly=True, groups=MODERATOR)
    is_link = fields.Boolean(string="For Several People", readonly=True)
    expires_at = fields.Datetime(string="Serves until", required=True, readonly=True)
    use_count = fields.Integer(
        string="People Who Came", default=0, readonly=True, copy=False
    )
    state = fields.Selection(
        [("open", "Open"), ("used", "Used"), ("revoked", "Taken Back")],
        required=True,
        default="open",
        readonly=True,
        copy=False,
    )
    is_good = fields.Boolean(
        string="Serves Now", compute="_compute_is_good", compute_sudo=True
    )
    is_readable = fields.Boolean(
        compute="_compute_is_readable", search="_search_is_readable", compute_sudo=True
    )

    _address_or_link = models.Constraint(
        "CHECK (is_link = (email IS NULL))",
        "An invitation is for one address, or a link for several people.",
    )

    # === COMPUTE AND SEARCH === #

    @api.depends(
        "state",
        "expires_at",
        "circle_id.active",
        "circle_id.organiser_count",
        "member_id.state",
    )
    def _compute_is_good(self):
        moment = clock.now()
        for invitation in self:
            circle, inviter = invitation.circle_id, invitation.member_id
            invitation.is_good = (
                invitation.state == "open"
                and invitation.expires_at > moment
                and circle.active
                and circle.organiser_count > 0
                and (not inviter or inviter.state == "approved")
            )

    @api.depends_context("uid")
    @api.depends("circle_id", "company_id")
    def _compute_is_readable(self):
        readable = self.filtered_domain(self._get_readable_domain())
        for invitation in self:
            invitation.is_readable = invitation in readable

    def _search_is_readable(self, operator, value):
        if operator != "in":
            return NotImplemented
        return self._get_readable_domain()

    @api.model
    def _get_readable_domain(self):
        """Those of the circles that one organises; moderators read all."""
        personas = self.env["ebs.member"]._get_mine()
        approved = personas.filtered(lambda member: member.state == "approved")
        organised = self.env["ebs.circle.member"]._get_circle_ids(
            approved, roles=("organiser",)
        )
        domain = Domain("circle_id", "in", organised)
        user = self.env.user
        if user.has_group(MODERATOR):
            domain |= Domain("company_id", "in", user.company_ids.ids)
        return domain

    # === WHAT PEOPLE DO === #

    @api.model
    def action_accept(self, token, as_member_id=None):
        """Join the circle that a token opens, whatever its mode; return the circle."""
        invitation_sudo = self._read_token(token)
        if not invitation_sudo:
            raise UserError(
                self.env._(
                    "This invitation does not serve any more: please ask for a new one."
                )
            )
        circle_sudo = invitation_sudo.circle_id
        member = circle_sudo._get_acting(as_member_id)
        membership = circle_sudo._find_membership(member)
        if membership.state == "removed":
            raise UserError(self.env._("The organisers have ended your membership."))
        if membership.state != "active":
            membership = membership or circle_sudo._create_membership(member)
            membership._activate(("invited", "applied", "left", "refused"))
            invitation_sudo._use()
        return circle_sudo.sudo(False)

    def action_revoke(self):
        """Take an invitation back, as an organiser or moderator."""
        self._check_readable()
        self.circle_id._check_organiser()
        if self.sudo().state == "used":
            raise UserError(self.env._("Somebody has come by this invitation already."))
        self.sudo()._revoke()

    # === STEPS === #

    def _use(self):
        self.use_count += 1
        if not self.is_link:
            self._set_state(("open",), "used")

    def _revoke(self):
        """Take back what is still open, and the mail if it still lies there."""
        waiting = self.filtered(lambda one: one.state == "open")
        waiting._set_state(("open",), "revoked")
        for invitation in waiting.filtered("email"):
            self.env["mail.mail"]._ebs_withdraw(
                [
                    ("ebs_circle_id", "=", invitation.circle_id.id),
                    ("ebs_member_id", "=", False),
                    ("email_to", "=", invitation.email),
                ]
            )

    def _send(self, message):
        """Write to the address, whoever it may be."""
        circle = self.circle_id
        last_day = circle.company_id._ebs_local(self.expires_at).date()
        addressee = self.env["res.partner"].new({"name": "", "email": self.email})
        self.env["ebs.member"]._queue_mail(
            circle.company_id,
            addressee,
            "ebs_circles.mail_circle_invitation",
            _lt("You are invited to a circle"),
            {
                "circle": circle,
                "inviter": self.member_id,
                "message": message,
                "last_day": format_date(self.env, last_day, date_format="d MMMM"),
                "invitation_url": self._get_url(),
            },
        )

    # === TOKEN === #

    def _get_url(self):
        """Return the address by which one accepts this invitation."""
        self.ensure_one()
        invitation_sudo = self.sudo()
        token = hash_sign(invitation_sudo.env, SCOPE, [self.id])
        base_url = invitation_sudo.company_id.get_base_url()
        return f"{base_url}/circles/join/{token}"

    @api.model
    def _read_token(self, token):
        """Return the invitation, with all rights, that a token opens now, or none."""
        invitations_sudo = self.sudo()
        nothing = invitations_sudo.browse()
        if not isinstance(token, str) or len(token) > TOKEN_LENGTH:
            return nothing
        try:
            values = verify_hash_signed(invitations_sudo.env, SCOPE, token)
            [invitation_id] = values
        except (TypeError, ValueError):
            return nothing
        domain = Domain("id", "=", to_int(invitation_id) or 0)
        return invitations_sudo.search(domain).filtered("is_good")
