# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models
from odoo.addons.ebs_base import clock
from odoo.addons.ebs_base.utils import to_int
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import LazyTranslate

from ..utils import format_day, format_period

_lt = LazyTranslate(__name__)

# Before the hand-over somebody may be asked to answer for the loan.
NAMING_STATES = ("requested", "accepted")
MAX_CHOICES = 200


class EbsExchange(models.Model):
    """A neighbour answers for the borrower, where the deposit is a guarantor."""

    _inherit = "ebs.exchange"

    guarantee_ids = fields.One2many("ebs.guarantee", "exchange_id", "Guarantees")

    # === WHAT THE BORROWER DOES === #

    def action_ask_guarantor(self, member_id):
        """Ask a member of a common circle to answer for the loan.

        Whoever was asked before and has not answered is asked no more.
        """
        loan = self._check_action("ask_guarantor")
        self.env["ebs.member"]._acting(loan.company_id, loan.asker_id.id)
        wanted = to_int(member_id)
        guarantor = loan._find_guarantors().filtered(lambda one: one.id == wanted)
        if not guarantor:
            raise UserError(self.env._("Choose somebody from one of your circles."))
        loan.guarantee_ids._withdraw()
        self.env["ebs.guarantee"].flush_model(["state"])
        guarantee = (
            self.env["ebs.guarantee"]
            .sudo()
            .create(
                {
                    "exchange_id": loan.id,
                    "guarantor_id": guarantor.id,
                    "guarantor_name": guarantor.name,
                    "amount": loan.deposit_amount,
                    "asked_at": clock.now(),
                }
            )
        )
        guarantee._tell(
            "asked",
            _lt(
                "%(name)s asks you to answer for a loan: “%(title)s”",
                name=loan.asker_name,
                title=loan.title,
            ),
        )

    # === WHO MAY DO WHAT NOW === #

    def _get_actions(self):
        actions = super()._get_actions()
        if self._get_my_side() == "asker" and self._may_name_guarantor():
            return ["ask_guarantor", *actions]
        return actions

    def _may_name_guarantor(self):
        loan = self.sudo()
        return (
            loan.deposit_kind == "guarantor"
            and loan.state in NAMING_STATES
            and "accepted" not in loan.guarantee_ids.mapped("state")
        )

    def _get_guarantor_choices(self):
        """Whom the borrower may ask, as (id, name) in the order of names."""
        found = self.sudo()._find_guarantors()
        return [(member.id, member.name) for member in found]

    def _find_guarantors(self):
        """Members of the borrower's circles who may know of the thing.

        Neither party answers for the loan, nor who acts for one of them.
        """
        self.ensure_one()
        circle_ids = self.env["ebs.circle.member"]._get_circle_ids(self.asker_id)
        if not circle_ids:
            return self.env["ebs.member"]
        parties = self.owner_id | self.asker_id
        members = self.env["ebs.member"].search(
            Domain("company_id", "=", self.company_id.id)
            & Domain("state", "=", "approved")
            & Domain("id", "not in", parties.ids)
            & Domain(
                "circle_membership_ids",
                "any",
                Domain("circle_id", "in", circle_ids) & Domain("state", "=", "active"),
            ),
            limit=MAX_CHOICES,
            order="name, id",
        )
        acting = parties._get_users()
        return members.filtered(
            lambda member: (
                not member._get_users() & acting
                and (not self.is_private or self.listing_id._is_open_to(member))
            )
        )

    # === IN WORDS === #

    def _get_guarantor_words(self):
        """Whether somebody answers for the loan: one sentence, or nothing."""
        if self.sudo().deposit_kind != "guarantor":
            return ""
        guarantee = self._get_guarantee()
        words = {"guarantor": guarantee.guarantor_name}
        if not guarantee:
            return self.env._("Nobody answers for the loan yet.")
        if guarantee.state == "asked":
            return self.env._("%(guarantor)s was asked to answer for it.", **words)
        return self.env._("%(guarantor)s answers for it.", **words)

    def _get_guaranteed_step(self, loan, side):
        """What is agreed, and whether somebody answers for it already."""
        words = {
            "period": format_period(self.env, loan.day_start, loan.day_end),
            "day": format_day(self.env, loan.day_start),
            "guarantor": self._get_guarantor_words(),
        }
        is_ready = loan._get_guarantee().state == "accepted"
        if side == "asker" and is_ready:
            return self.env._(
                "Agreed %(period)s. %(guarantor)s Fetch it on %(day)s.", **words
            )
        if side == "asker":
            return self.env._(
                "Agreed %(period)s. %(guarantor)s It is handed over once somebody "
                "does.",
                **words,
            )
        if is_ready:
            return self.env._(
                "Agreed %(period)s. %(guarantor)s When you hand it over, note it here.",
                **words,
            )
        return self.env._(
            "Agreed %(period)s. %(guarantor)s Wait for that before you hand it over.",
            **words,
        )

    def _get_answered_for_step(self, loan, side):
        """It is back, and somebody still answers for it."""
        words = {
            "guarantor": loan._get_guarantee().guarantor_name,
            "owner": loan.owner_name,
        }
        if side == "asker":
            return self.env._(
                "It is back. %(guarantor)s answers for it until %(owner)s says that "
                "all is in order.",
                **words,
            )
        return self.env._(
            "It is back. Is all in order? Say so, and %(guarantor)s is free.", **words
        )

    # === BUSINESS METHODS === #

    def _get_guarantee(self):
        """The one who is asked, or answers, for it now or did at the end."""
        return self.sudo().guarantee_ids.filtered(
            lambda guarantee: guarantee.state not in ("refused", "withdrawn")
        )[:1]

    def _check_guarantee(self):
        """Refuse a hand-over for which nobody who still may has given their word."""
        guarantee = self._get_guarantee()
        if guarantee.state != "accepted":
            raise UserError(
                self.env._(
                    "Nobody answers for this loan yet: ask %(name)s to name somebody "
                    "who does.",
                    name=self.asker_name,
                )
            )
        if guarantee.guarantor_id.state != "approved":
            raise UserError(
                self.env._(
                    "%(guarantor)s is not a member any more: ask %(name)s to name "
                    "somebody else.",
                    guarantor=guarantee.guarantor_name,
                    name=self.asker_name,
                )
            )

    def _tell_guarantor(self, step, subject):
        """Tell whoever gave their word where the loan is."""
        given = self._get_guarantee().filtered(lambda one: one.state == "accepted")
        given._tell(step, subject)

    # === LONGER THAN THEY SAID YES TO === #

    def _outlasts_guarantee(self, last):
        """Whether that last day is beyond what the guarantor said yes to."""
        guarantee = self._get_guarantee()
        return guarantee.state == "accepted" and guarantee.answered_until < last

    def _get_asked_longer(self):
        """The guarantor's word that has to be given for a later day, or none."""
        return self._get_guarantee().filtered(lambda one: one._is_asked_longer())

    def _ask_guarantor_longer(self):
        """Ask whoever answers for the loan to do so until the later day."""
        self._get_asked_longer()._tell(
            "longer",
            _lt(
                "%(name)s would like to keep “%(title)s” longer",
                name=self.asker_name,
                title=self.title,
            ),
        )

    def _follow_guarantor(self):
        """They said yes to the later day: at once where nobody else is asked."""
        if self._may_extend_alone():
            self._extend(self._check_extension(self.extension_asked_until))
            for side in ("owner", "asker"):
                self._tell_extension(side, "ebs_loans.mail_extended")
            return
        guarantee = self._get_guarantee()
        for side in ("owner", "asker"):
            guarantee._tell_party(
                side,
                _lt(
                    "%(name)s answers for the loan: “%(title)s”",
                    name=guarantee.guarantor_name,
                    title=self.title,
                ),
            )

    def _decline_longer(self, reason):
        """They say no to the later day: it ends on the day that was agreed."""
        guarantee = self._get_guarantee()
        self.extension_asked_until = False
        for side in ("owner", "asker"):
            self._tell(
                side,
                "ebs_loans.mail_guarantee_shorter",
                _lt("How long it lasts: “%(title)s”", title=self.title),
                {"exchange": self, "guarantee": guarantee, "reason": reason},
            )

    def _commit_accept(self):
        res = super()._commit_accept()
        self._tell_guarantor(
            "agreed", _lt("The loan is agreed: “%(title)s”", title=self.title)
        )
        return res

    def _end(self, state, reason=""):
        """What comes to nothing is answered for by nobody."""
        res = super()._end(state, reason)
        self.guarantee_ids._withdraw()
        return res
