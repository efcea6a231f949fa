# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import re
from datetime import timedelta

from odoo import api, models
from odoo.addons.ebs_base import clock
from odoo.addons.ebs_base.utils import to_image, to_int, to_text
from odoo.exceptions import AccessError, UserError
from odoo.tools import LazyTranslate, email_normalize

from .ebs_announcement import BODY_LENGTH
from .ebs_circle import ANSWER_LENGTH, NAME_LENGTH, QUESTION_LENGTH, TEXT_LENGTH
from .ebs_circle_opening import REASON_LENGTH

_lt = LazyTranslate(__name__)

VALUES = (
    "name",
    "description",
    "charter",
    "question",
    "join_mode",
    "is_listed",
    "image",
)
LINK_DAYS = 14
LINK_DAYS_MOST = 90
OPEN_HOURS = 24
ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


class EbsCircle(models.Model):
    """What members, organisers and moderators do with a circle."""

    _inherit = "ebs.circle"

    # === FOUND, CHANGE, CLOSE === #

    @api.model
    def action_create(self, values, as_member_id=None):
        """Found a circle, of which the persona is the organiser; return it."""
        company = None if as_member_id else self.env.company
        member = self.env["ebs.member"]._acting(company, as_member_id)
        vals = self._clean_values(values)
        if not vals.get("name"):
            raise UserError(self.env._("Please give the circle a name."))
        vals["company_id"] = member.company_id.id
        circles_sudo = self.sudo().with_context(mail_create_nosubscribe=True)
        circle_sudo = circles_sudo.create(vals).with_env(self.sudo().env)
        membership = circle_sudo._create_membership(member)
        membership.role = "organiser"
        membership._activate(("applied",))
        return circle_sudo.sudo(False)

    def action_update(self, values):
        """Change a circle, as an organiser or moderator."""
        self._check_readable()
        self._check_organiser()
        circle_sudo = self.sudo()
        circle_sudo.write(circle_sudo._clean_values(values))

    def action_close(self, reason=""):
        """End a circle for all who are in it, and tell them."""
        self._check_readable()
        self._check_organiser()
        reason = to_text(reason, ANSWER_LENGTH)
        circle_sudo = self.sudo()
        if circle_sudo.active:
            circle_sudo._log(reason or self.env._("Closed."))
            circle_sudo._dissolve(reason)
            circle_sudo.active = False

    def _dissolve(self, reason=""):
        """End every membership and invitation, and tell those who were in it."""
        mine = self.env["ebs.member"]._get_mine()
        for circle in self:
            present = circle.membership_ids.filtered(lambda one: one._is_pending())
            present._end("left", {"ended_reason": reason})
            circle.invitation_ids._revoke()
            (present.member_id - mine)._notify(
                "ebs_circles.mail_circle_closed",
                _lt("The circle “%(circle)s” is closed", circle=circle.name),
                {"circle": circle, "reason": reason},
            )

    def _clean_values(self, values):
        """Return field values for what somebody sent, or raise a sentence."""
        vals = {}
        for key, value in self._check_keys(values, VALUES).items():
            vals.update(getattr(self, f"_clean_{key}")(value))
        listed = vals.get("is_listed", self.is_listed if self else True)
        mode = vals.get("join_mode", self.join_mode if self else "open")
        if not listed and mode != "invitation":
            raise UserError(self.env._("A secret circle is joined by invitation."))
        return vals

    def _clean_name(self, value):
        name = " ".join(to_text(value, NAME_LENGTH).split())
        if not name:
            raise UserError(self.env._("Please give the circle a name."))
        return {"name": name}

    def _clean_description(self, value):
        return {"description": to_text(value, TEXT_LENGTH)}

    def _clean_charter(self, value):
        return {"charter": to_text(value, TEXT_LENGTH)}

    def _clean_question(self, value):
        return {"question": " ".join(to_text(value, QUESTION_LENGTH).split())}

    def _clean_join_mode(self, value):
        modes = dict(self._fields["join_mode"].selection)
        if not isinstance(value, str) or value not in modes:
            raise UserError(self.env._("Please choose who may join the circle."))
        return {"join_mode": value}

    def _clean_is_listed(self, value):
        if not isinstance(value, bool):
            raise UserError(self.env._("Please choose whether the circle is secret."))
        return {"is_listed": value}

    def _clean_image(self, value):
        return {"image_1920": to_image(value)}

    # === JOIN AND LEAVE === #

    def action_join(self, answer="", as_member_id=None):
        """Join, or apply, as the circle's mode says; return the membership."""
        self._check_readable()
        answer = to_text(answer, ANSWER_LENGTH)
        member = self._get_acting(as_member_id)
        circle_sudo = self.sudo()
        membership = circle_sudo._find_membership(member)
        if membership.state == "active":
            return membership.sudo(False)
        circle_sudo._check_may_join(membership, member)
        if membership.state == "invited" or circle_sudo.join_mode == "open":
            membership = membership or circle_sudo._create_membership(member)
            membership._activate(("invited", "applied", "left"))
        elif membership.state != "applied":
            circle_sudo._apply(membership, member, answer)
        return circle_sudo._find_membership(member).sudo(False)

    def action_leave(self, as_member_id=None):
        """Leave the circle; its last organiser stays while others do.

        A circle that its last member leaves is closed: nobody could reach it.
        """
        self._check_readable()
        member = self._get_acting(as_member_id)
        membership = self.sudo()._find_membership(member)
        if not membership or membership.state in ("refused", "removed"):
            raise UserError(self.env._("You are not in this circle."))
        membership._check_organiser_stays()
        was_in = membership.state == "active"
        membership._end("left")
        if was_in and not membership.circle_id.member_count:
            membership.circle_id.active = False

    def action_set_news(self, wanted, as_member_id=None):
        """Say whether one's persona wants the circle's announcements by e-mail."""
        self._check_readable()
        if not isinstance(wanted, bool):
            raise UserError(self.env._("Please say yes or no."))
        places = self._get_my_places(as_member_id)
        if not places:
            raise UserError(self.env._("You are not in this circle."))
        places[:1].is_mailed = wanted

    def _check_may_join(self, membership, member):
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
        self._check_room(self.member_count + 1)
        member._check_circle_room(member.circle_count + 1)

    def _apply(self, membership, member, answer):
        if self.question and not answer:
            raise UserError(self.env._("Please answer the circle's question."))
        membership = membership or self._create_membership(member)
        membership._set_state(("left",), "applied", {"ended_reason": False})
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

    # === INVITE === #

    def action_invite(self, member_id):
        """Invite a member of the platform, as an organiser or moderator."""
        self._check_readable()
        self._check_organiser()
        circle_sudo = self.sudo()
        circle_sudo._check_open()
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
        if membership.state == "active":
            return membership.sudo(False)
        circle_sudo._check_room(circle_sudo.member_count + 1)
        if membership.state == "applied":
            membership._accept()
        else:
            membership = membership or circle_sudo._create_membership(member)
            membership._invite()
        return membership.sudo(False)

    def action_invite_email(self, email, message=""):
        """Send somebody a link that serves once; return the invitation.

        Nothing tells whether the address has an account: nobody looks.
        """
        self._check_readable()
        self._check_organiser()
        message = to_text(message, ANSWER_LENGTH)
        address = email_normalize(to_text(email, 254)) or ""
        if not address.isascii() or not ADDRESS.fullmatch(address):
            raise UserError(
                self.env._(
                    "Please check the e-mail address: it looks like name@example.com."
                )
            )
        circle_sudo = self.sudo()
        circle_sudo._check_open()
        circle_sudo._count_mail()
        invitations_sudo = circle_sudo.invitation_ids
        invitations_sudo.filtered(lambda one: one.email == address)._revoke()
        invitation_sudo = self._create_invitation(LINK_DAYS, address)
        invitation_sudo._send(message)
        return invitation_sudo.sudo(False)

    def action_create_link(self, days=LINK_DAYS):
        """Make a link by which several people can join; return the invitation."""
        self._check_readable()
        self._check_organiser()
        self.sudo()._check_open()
        days = to_int(days)
        if not days or not 1 <= days <= LINK_DAYS_MOST:
            raise UserError(
                self.env._("Please choose from 1 to %s days.", LINK_DAYS_MOST)
            )
        return self._create_invitation(days).sudo(False)

    def _create_invitation(self, days, email=False):
        inviter = self._get_my_places(roles=("organiser",)).member_id[:1]
        return (
            self.env["ebs.circle.invitation"]
            .sudo()
            .create(
                {
                    "circle_id": self.id,
                    "member_id": inviter.id,
                    "email": email,
                    "is_link": not email,
                    "expires_at": clock.now() + timedelta(days=days),
                }
            )
        )

    def _check_open(self):
        if not self.active:
            raise UserError(self.env._("This circle is closed."))

    # === ANNOUNCE === #

    def action_announce(self, body, as_member_id=None):
        """Give the circle news, as one of its organisers; return it."""
        self._check_readable()
        body = to_text(body, BODY_LENGTH)
        if not body:
            raise UserError(self.env._("Please write what is new."))
        author = self._get_my_places(as_member_id, ("organiser",)).member_id[:1]
        if not author:
            raise AccessError(
                self.env._("Only an organiser of this circle may do this.")
            )
        announcement_sudo = (
            self.env["ebs.announcement"]
            .sudo()
            .create(
                {
                    "circle_id": self.id,
                    "member_id": author.id,
                    "author_name": author.name,
                    "body": body,
                    "sent_at": clock.now(),
                }
            )
        )
        return announcement_sudo.sudo(False)

    # === MODERATE === #

    def action_open_content(self, reason):
        """Read what a circle shares, as a moderator, for a day; return the opening."""
        self._check_readable()
        self._check_moderator()
        reason = to_text(reason, REASON_LENGTH)
        if not reason:
            raise UserError(self.env._("Please say why you open this circle."))
        moment = clock.now()
        opening_sudo = (
            self.env["ebs.circle.opening"]
            .sudo()
            .create(
                {
                    "circle_id": self.id,
                    "user_id": self.env.user.id,
                    "reason": reason,
                    "opened_at": moment,
                    "until": moment + timedelta(hours=OPEN_HOURS),
                }
            )
        )
        self._log(
            self.env._(
                "Content opened for %(hours)s hours: %(reason)s",
                hours=OPEN_HOURS,
                reason=reason,
            )
        )
        return opening_sudo.sudo(False)
