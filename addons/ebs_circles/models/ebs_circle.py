# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools import SQL

from .ebs_member import MODERATOR

NAME_LENGTH = 80
TEXT_LENGTH = 4000
QUESTION_LENGTH = 200
ANSWER_LENGTH = 500
MAILS_A_DAY = 30


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
    question = fields.Char(string="Question to Applicants", size=QUESTION_LENGTH)
    is_listed = fields.Boolean(
        string="Listed",
        default=True,
        tracking=True,
        help="A circle that is not listed is secret: only its members, those invited"
        " and the moderators know that it exists.",
    )
    active = fields.Boolean(default=True, tracking=True)

    # === WHAT BELONGS TO IT === #
    membership_ids = fields.One2many(
        "ebs.circle.member", "circle_id", string="Memberships"
    )
    invitation_ids = fields.One2many(
        "ebs.circle.invitation", "circle_id", string="Invitations"
    )
    announcement_ids = fields.One2many(
        "ebs.announcement", "circle_id", string="Announcements"
    )
    opening_ids = fields.One2many(
        "ebs.circle.opening", "circle_id", string="Openings", groups=MODERATOR
    )

    # === FIGURES === #
    # Counted in the transaction that changes a membership: see `_count`.
    member_count = fields.Integer(
        string="Members", readonly=True, default=0, copy=False
    )
    organiser_count = fields.Integer(
        string="Organisers", readonly=True, default=0, copy=False
    )
    # Counted in the transaction that writes to an address: see `_count_mail`.
    mailed_on = fields.Date(
        string="Last Day of Invitations by E-mail",
        readonly=True,
        copy=False,
        groups=MODERATOR,
    )
    mailed_count = fields.Integer(
        string="Invitations by E-mail That Day",
        readonly=True,
        default=0,
        copy=False,
        groups=MODERATOR,
    )

    # === FOR THE ONE WHO LOOKS === #
    is_visible = fields.Boolean(
        compute="_compute_is_visible", search="_search_is_visible", compute_sudo=True
    )
    is_opened = fields.Boolean(
        string="Content Open to Me", compute="_compute_is_opened", groups=MODERATOR
    )

    _has_organiser = models.Constraint(
        "CHECK (organiser_count > 0 OR member_count = 0)",
        "A circle with members needs an organiser.",
    )
    _counts_hold = models.Constraint(
        "CHECK (organiser_count >= 0 AND organiser_count <= member_count)",
        "A circle cannot have more organisers than members.",
    )
    _secret_by_invitation = models.Constraint(
        "CHECK (is_listed OR join_mode = 'invitation')",
        "A secret circle is joined by invitation.",
    )
    _text_short = models.Constraint(
        f"CHECK (char_length(name) <= {NAME_LENGTH}"
        f" AND char_length(description) <= {TEXT_LENGTH}"
        f" AND char_length(charter) <= {TEXT_LENGTH}"
        f" AND char_length(question) <= {QUESTION_LENGTH})",
        f"A circle's name has at most {NAME_LENGTH} characters, its question"
        f" {QUESTION_LENGTH}, its texts {TEXT_LENGTH}.",
    )

    # === COMPUTE AND SEARCH === #

    @api.depends_context("uid")
    @api.depends("is_listed", "active", "company_id", "membership_ids.state")
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
        """Return which circles the user may see; decided on the user alone.

        Rules are evaluated with closed circles in sight: so it asks for `active`.
        """
        domain = Domain("is_listed", "=", True)
        personas = self.env["ebs.member"]._get_mine()
        approved = personas.filtered(lambda member: member.state == "approved")
        memberships = self.env["ebs.circle.member"]
        if ids := memberships._get_circle_ids(approved, ("active", "invited")):
            domain |= Domain("id", "in", ids)
        domain &= Domain("active", "=", True)
        user = self.env.user
        if user.has_group(MODERATOR):
            domain |= Domain("company_id", "in", user.company_ids.ids)
        return domain

    @api.depends_context("uid")
    @api.depends("opening_ids.until")
    def _compute_is_opened(self):
        opened = self._get_opened_ids()
        for circle in self:
            circle.is_opened = circle.id in opened

    @api.model
    def _get_opened_ids(self):
        """Return the circles whose content the user, a moderator, has opened."""
        return self.env["ebs.circle.opening"]._get_circle_ids()

    @api.depends_context("uid")
    @api.depends("name", "is_visible")
    def _compute_display_name(self):
        """Name it only to those who see it: other records refer to it as well."""
        for circle in self:
            circle.display_name = (
                circle.name if circle.is_visible else self.env._("Circle")
            )

    # === CRUD === #

    def write(self, vals):
        """Whoever closes a circle, and however, ends all that was possible by it."""
        if "active" in vals and not vals["active"]:
            self.filtered("active").sudo()._dissolve()
        return super().write(vals)

    def unlink(self):
        """Take the memberships along, so that every member's counter follows."""
        self.sudo().membership_ids.unlink()
        return super().unlink()

    # === WHO MAY === #

    def _check_readable(self):
        """See closed circles too: the rule says who sees them."""
        return super(EbsCircle, self.with_context(active_test=False))._check_readable()

    def _get_acting(self, as_member_id):
        """Return the persona that the user acts for on this platform."""
        company = self.sudo().company_id
        return self.env["ebs.member"]._acting(company, as_member_id)

    def _get_my_places(self, as_member_id=None, roles=()):
        """Return the places in this circle of the personas that may act now."""
        if as_member_id:
            personas = self._get_acting(as_member_id)
        else:
            personas = self.env["ebs.member"]._get_mine()
        personas = personas.filtered(lambda member: not member._get_refusal())
        domain = Domain("circle_id", "=", self.id) & Domain("state", "=", "active")
        if roles:
            domain &= Domain("role", "in", roles)
        places = self.env["ebs.circle.member"].sudo()
        return places.search(domain & Domain("member_id", "in", personas.ids))

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

    # === COUNTERS === #

    def _count(self, members, organisers):
        """Add to the counters, so that two who act at once meet here."""
        self.flush_recordset()
        self.env.cr.execute(
            SQL(
                """UPDATE ebs_circle SET member_count = member_count + %s,
                organiser_count = organiser_count + %s WHERE id = %s
                RETURNING member_count""",
                members,
                organisers,
                self.id,
            )
        )
        counted = self.env.cr.fetchone()
        self.invalidate_recordset(["member_count", "organiser_count"], flush=False)
        if members > 0 and counted:
            self._check_room(counted[0])

    def _check_room(self, count):
        """Refuse more members of one circle than the platform's rules allow."""
        company = self.company_id
        if count > company.ebs_circle_max_members:
            raise UserError(
                self.env._(
                    "This circle has as many members as the rules of %(platform)s allow"
                    " (%(count)s): somebody must leave it first.",
                    count=company.ebs_circle_max_members,
                    platform=company.name,
                )
            )

    def _count_mail(self):
        """Count one more invitation by e-mail today, or refuse it."""
        self.flush_recordset()
        today = self.company_id._ebs_today()
        self.env.cr.execute(
            SQL(
                """UPDATE ebs_circle SET mailed_on = %s, mailed_count = CASE
                    WHEN mailed_on = %s THEN mailed_count + 1 ELSE 1 END
                WHERE id = %s RETURNING mailed_count""",
                today,
                today,
                self.id,
            )
        )
        [count] = self.env.cr.fetchone()
        self.invalidate_recordset(["mailed_on", "mailed_count"], flush=False)
        if count > MAILS_A_DAY:
            raise UserError(
                self.env._(
                    "This circle has sent %s invitations by e-mail today, the most"
                    " that is allowed: please go on tomorrow, or make a link.",
                    MAILS_A_DAY,
                )
            )
