# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools import LazyTranslate

from ..utils import to_image, to_int, to_text

_lt = LazyTranslate(__name__)

STAFF = "ebs_base.group_ebs_staff"
NAME_LENGTH = 60
BIO_LENGTH = 1000


class EbsMember(models.Model):
    """The public persona of a person or an organisation on one platform."""

    _name = "ebs.member"
    _description = "Member"
    _inherit = ["ebs.base.mixin", "ebs.state.mixin", "ebs.log.mixin", "image.mixin"]
    _order = "name, id"
    _check_company_auto = True

    # === PERSONA === #
    company_id = fields.Many2one(
        "res.company",
        string="Platform",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    name = fields.Char(required=True, size=NAME_LENGTH)
    kind = fields.Selection(
        [
            ("person", "Person"),
            ("association", "Association"),
            ("collective", "Collective"),
            ("company", "Company"),
            ("public_body", "Public Body"),
        ],
        required=True,
        default="person",
    )
    bio = fields.Text(string="A Few Words")
    zone_id = fields.Many2one(
        "ebs.zone", index="btree_not_null", check_company=True, ondelete="restrict"
    )
    state = fields.Selection(
        [
            ("pending", "Waiting"),
            ("approved", "Approved"),
            ("suspended", "Suspended"),
            ("left", "Left"),
        ],
        required=True,
        default="pending",
        index=True,
        readonly=True,
        copy=False,
        tracking=True,
    )
    joined_on = fields.Date(string="Member Since", readonly=True, copy=False)

    # === WHO STANDS BEHIND === #
    user_id = fields.Many2one(
        "res.users",
        string="Account",
        index="btree_not_null",
        ondelete="restrict",
        copy=False,
        groups=STAFF,
    )
    delegate_ids = fields.One2many(
        "ebs.delegate", "member_id", string="Delegates", groups=STAFF
    )
    private_ids = fields.One2many(
        "ebs.member.private", "member_id", string="Private Data", groups=STAFF
    )
    consent_ids = fields.One2many(
        "ebs.consent", "member_id", string="Consents", groups=STAFF
    )

    # === FOR THE ONE WHO LOOKS === #
    is_mine = fields.Boolean(
        compute="_compute_is_mine", search="_search_is_mine", compute_sudo=True
    )
    is_readable = fields.Boolean(
        compute="_compute_is_readable", search="_search_is_readable", compute_sudo=True
    )

    _one_account = models.UniqueIndex(
        "(user_id, company_id)", "This account is already a member of this platform."
    )
    _name_short = models.Constraint(
        f"CHECK (char_length(name) <= {NAME_LENGTH})",
        f"A member's name is at most {NAME_LENGTH} characters long.",
    )
    _bio_short = models.Constraint(
        f"CHECK (char_length(bio) <= {BIO_LENGTH})",
        f"A member's few words are at most {BIO_LENGTH} characters long.",
    )

    # === COMPUTE AND SEARCH === #

    @api.depends_context("uid")
    @api.depends("user_id", "delegate_ids.active", "delegate_ids.user_id")
    def _compute_is_mine(self):
        mine = self._get_mine()
        for member in self:
            member.is_mine = member._origin in mine

    def _search_is_mine(self, operator, value):
        if operator != "in":
            return NotImplemented
        return Domain("id", "in", self._get_mine().ids)

    @api.depends_context("uid")
    @api.depends("state", "company_id", "is_mine")
    def _compute_is_readable(self):
        readable = self.filtered_domain(self._get_readable_domain())
        for member in self:
            member.is_readable = member in readable

    def _search_is_readable(self, operator, value):
        if operator != "in":
            return NotImplemented
        return self._get_readable_domain()

    @api.model
    def _get_readable_domain(self):
        """Return which personas the user may read; decided on the user alone."""
        domain = Domain("state", "=", "approved")
        if mine := self._get_mine():
            domain |= Domain("id", "in", mine.ids)
        if self.env.user.has_group(STAFF):
            domain |= Domain("company_id", "in", self.env.user.company_ids.ids)
        return domain

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        """Give every persona its private sheet; whoever types does not follow."""
        members = super(
            EbsMember, self.with_context(mail_create_nosubscribe=True)
        ).create(vals_list)
        bare = members.sudo().filtered(lambda member: not member.private_ids)
        self.env["ebs.member.private"].sudo().create(
            [{"member_id": member.id} for member in bare]
        )
        return members.with_env(self.env)

    # === PERSONAS OF THE USER === #

    @api.model
    def _get_mine(self):
        """Return all personas that the user may act for, own ones first.

        The superuser's rights do not matter, nor the companies chosen: it is
        decided on the user. A persona is there whatever its state.
        """
        user = self.env.user
        if user._is_public():
            return self.sudo().browse()
        user_sudo = user.sudo()
        # Rules are evaluated with archived records in sight: ask for `active`.
        served = user_sudo.ebs_delegate_ids.filtered("active").member_id
        found = (user_sudo.ebs_member_ids | served).with_env(self.env(su=True))
        return found.sorted(lambda one: (one.user_id != user, one.state != "approved"))

    @api.model
    def _acting(self, company=None, as_member_id=None):
        """Return the persona, with all its rights, that the user acts for.

        Raise the sentence that says why there is none.
        """
        personas = self._get_mine()
        if company:
            personas = personas.filtered(lambda one: one.company_id == company)
        if as_member_id:
            wanted = to_int(as_member_id)
            personas = personas.filtered(lambda one: one.id == wanted)
            if not personas:
                raise UserError(self.env._("You cannot act for this member."))
        member = personas[:1]
        if refusal := member._get_refusal():
            raise UserError(refusal)
        return member

    def _get_refusal(self):
        """Return why this persona cannot act now, or nothing."""
        if not self:
            return self.env._("You are not a member here yet: please sign up first.")
        if self.state == "suspended":
            return self.env._(
                "Your membership of %s is suspended: please write to the team.",
                self.company_id.name,
            )
        if self.state == "left":
            return self.env._("You have left %s.", self.company_id.name)
        if not self.private_ids.email_confirmed_at:
            return self.env._(
                "Please confirm your e-mail address first: open the link that we"
                " have sent you, or ask for a new one in your space."
            )
        if self.state != "approved":
            return self.env._(
                "The team of %s must approve your membership first: you will get"
                " an e-mail.",
                self.company_id.name,
            )
        return None

    def _get_users(self):
        """Return the accounts behind this persona: its own and its delegates'."""
        member_sudo = self.sudo()
        acting = member_sudo.delegate_ids.filtered("active")
        return (member_sudo.user_id | acting.user_id).filtered("active")

    # === WHAT A MEMBER DOES === #

    def action_update_profile(self, values):
        """Change one's own persona and private data, from raw values."""
        self._check_mine()
        member_sudo = self.sudo()
        persona = member_sudo._get_profile_readers()
        private = member_sudo._get_private_readers()
        values = self._check_keys(values, (*persona, *private))
        for record, readers in (
            (member_sudo, persona),
            (member_sudo.private_ids, private),
        ):
            vals = {}
            for key in values.keys() & readers.keys():
                vals.update(readers[key](values[key]))
            record.write(vals)

    def _get_profile_readers(self):
        """Return what a member may change of the persona.

        {key: what makes field values of a raw value, or raises a sentence}
        """
        return {
            "name": lambda value: {"name": self._clean_name(value)},
            "bio": lambda value: {"bio": to_text(value, BIO_LENGTH)},
            "zone_id": lambda value: {"zone_id": self._clean_zone(value)},
            "image": lambda value: {"image_1920": to_image(value)},
        }

    def _get_private_readers(self):
        """Return what a member may change of the private sheet, in the same form."""
        return {"phone": lambda value: {"phone": to_text(value, 40)}}

    def _check_mine(self):
        self._check_readable()
        if self not in self.with_env(self.env)._get_mine().sudo(False):
            raise AccessError(self.env._("You cannot act for this member."))

    @api.model
    def _clean_name(self, value):
        name = " ".join(to_text(value, NAME_LENGTH).split())
        if not name:
            raise UserError(self.env._("Please say how you want to be called."))
        return name

    def _clean_zone(self, value):
        if not value:
            return False
        zone = self.env["ebs.zone"].sudo().browse(to_int(value) or 0).exists()
        if zone.company_id != self.sudo().company_id:
            raise UserError(self.env._("Please choose a zone from the list."))
        return zone.id

    # === WHAT STAFF DO === #

    def action_approve(self):
        """Let members in, and tell them."""
        self._check_moderator()
        for member in self.sudo():
            member._approve()

    def action_suspend(self, reason=""):
        """Stop members from acting at once, and tell them why."""
        self._check_moderator()
        reason = to_text(reason, BIO_LENGTH)
        for member in self.sudo()._set_state(("pending", "approved"), "suspended"):
            member._log(reason or self.env._("Suspended."))
            member._notify(
                "ebs_base.mail_member_suspended",
                _lt("Your membership is suspended"),
                {"reason": reason},
            )

    def action_reinstate(self):
        """Let suspended members act again, and tell them."""
        self._check_moderator()
        for member in self.sudo():
            if member.state == "approved":
                continue
            member._set_state(("suspended",), "approved", member._get_join_values())
            member._notify(
                "ebs_base.mail_member_reinstated",
                _lt("Your membership is open again"),
                {},
            )

    def _approve(self):
        if self._set_state(("pending",), "approved", self._get_join_values()):
            self._notify("ebs_base.mail_member_approved", _lt("Welcome!"), {})

    def _get_join_values(self):
        return {"joined_on": self.joined_on or self.company_id._ebs_today()}
