# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo import api, models
from odoo.addons.ebs_base import clock
from odoo.addons.ebs_base.utils import to_amount, to_text
from odoo.exceptions import AccessError, UserError
from odoo.tools import LazyTranslate, format_date

from .ebs_dispute import MEDIATOR, OUTCOMES, UNSETTLED_STATES

_lt = LazyTranslate(__name__)

WORD_LENGTH = 2000
MAX_PHOTOS = 6
# Enough to show what happened, from both sides.
MAX_CASE_PHOTOS = 40
WORD_KEYS = ("body", "photos", "is_private")


class EbsDispute(models.Model):
    """What the parties and the mediators do with a case."""

    _inherit = "ebs.dispute"

    # === BOTH PARTIES, AND THE MEDIATOR WHO HAS IT === #

    def action_write(self, values):
        """Write a line to both sides, or a private one.

        `values` are a `body`, `photos` in base64 and `is_private`: a party's
        private line is for the mediators, a mediator's one too.
        """
        self._check_readable()
        side = self._get_my_side()
        dispute_sudo = self.sudo()
        if side == "mediator":
            self._check_with_me()
        elif dispute_sudo.state not in UNSETTLED_STATES:
            raise UserError(
                self.env._("This case is closed: nobody writes in it any more.")
            )
        values = self._check_keys(values, WORD_KEYS)
        body = to_text(values.get("body"), WORD_LENGTH)
        if not body:
            raise UserError(self.env._("Please write something first."))
        photos = dispute_sudo._read_photos(values.get("photos"))
        is_private = values.get("is_private") is True
        dispute_sudo._add_line(side, body, photos, is_private=is_private)
        dispute_sudo._tell_line(side, body, is_private)

    def action_withdraw(self):
        """Take one's own case back before it is settled: there is no quarrel left."""
        self._check_readable()
        if not self._may_be_withdrawn():
            raise UserError(self.env._("This case cannot be withdrawn, or not now."))
        dispute_sudo = self.sudo()
        side = self._get_my_side()
        mediator = dispute_sudo.mediator_id
        dispute_sudo._set_state(
            UNSETTLED_STATES,
            "withdrawn",
            {"withdrawn_at": clock.now(), "mediator_id": False},
        )
        dispute_sudo.exchange_id.is_disputed = False
        other = dispute_sudo.exchange_id._get_other_side(side)
        dispute_sudo._tell(
            other,
            "ebs_listings.mail_dispute_withdrawn",
            _lt("Case withdrawn: “%(title)s”", title=dispute_sudo.title),
        )
        dispute_sudo._tell_users(
            mediator,
            _lt("Case withdrawn: “%(title)s”", title=dispute_sudo.title),
        )

    def action_reopen(self, reason):
        """Open a settled case again, once: say what was not seen."""
        self._check_readable()
        reason = to_text(reason, WORD_LENGTH)
        if not self._may_be_reopened():
            raise UserError(
                self.env._(
                    "This case cannot be opened again: that is possible once, for a"
                    " while after it was settled."
                )
            )
        if not reason:
            raise UserError(self.env._("Please say what has not been seen."))
        dispute_sudo = self.sudo()
        side = self._get_my_side()
        moment = clock.now()
        dispute_sudo._set_state(
            ("settled",),
            "open",
            {
                "reopened_at": moment,
                "deadline": dispute_sudo._make_deadline(dispute_sudo.company_id),
                "mediator_id": False,
                "taken_at": False,
                "outcome": False,
                "outcome_amount": False,
                "outcome_text": False,
                "settled_at": False,
            },
        )
        dispute_sudo.exchange_id.is_disputed = True
        dispute_sudo._add_line(side, reason, [], kind="reopened")
        subject = _lt("Case opened again: “%(title)s”", title=dispute_sudo.title)
        for told in ("owner", "asker"):
            dispute_sudo._tell(
                told,
                "ebs_listings.mail_dispute_reopened",
                subject,
                {
                    "by": side,
                    "words": reason,
                    "moved": dispute_sudo._get_moved_deposit(),
                },
            )
        dispute_sudo._tell_users(dispute_sudo._get_mediators(), subject, reason)

    # === MEDIATORS === #

    def action_take(self):
        """Take a case that waits, and tell both parties that somebody looks at it."""
        self._check_mediator()
        dispute_sudo = self.sudo()
        if dispute_sudo.state == "taken" and not self.is_with_me:
            raise UserError(
                self.env._(
                    "%s took this case a moment ago.", dispute_sudo.mediator_id.name
                )
            )
        moved = dispute_sudo._set_state(
            ("open",),
            "taken",
            {"mediator_id": self.env.user.id, "taken_at": clock.now()},
        )
        for side in moved and ("owner", "asker"):
            dispute_sudo._tell(
                side,
                "ebs_listings.mail_dispute_taken",
                _lt("A mediator looks at it: “%(title)s”", title=dispute_sudo.title),
            )

    def action_put_back(self):
        """Give a case back for another mediator; a manager may do it for anyone."""
        self._check_mediator()
        dispute_sudo = self.sudo()
        if not self.is_with_me and not self._is_staffed("manager"):
            self._check_with_me()
        dispute_sudo._set_state(
            ("taken",), "open", {"mediator_id": False, "taken_at": False}
        )

    def action_settle(self, outcome, text, amount=None):
        """Settle the case: the outcome moves the deposit, and both are told."""
        self._check_mediator()
        self._check_with_me()
        dispute_sudo = self.sudo()
        text = to_text(text, WORD_LENGTH)
        if not isinstance(outcome, str) or outcome not in dict(OUTCOMES):
            raise UserError(self.env._("Please choose an outcome from the list."))
        if not text:
            raise UserError(self.env._("Please tell both of them why."))
        if dispute_sudo.unheard and not dispute_sudo._is_deadline_over():
            raise UserError(
                self.env._(
                    "Nobody is judged unheard: %(names)s may still answer until"
                    " %(day)s.",
                    names=dispute_sudo.unheard,
                    day=format_date(self.env, dispute_sudo.deadline),
                )
            )
        amount = dispute_sudo._read_amount(outcome, amount)
        if refusal := dispute_sudo._get_outcome_refusal(outcome, amount):
            raise UserError(refusal)
        dispute_sudo._set_state(
            ("taken",),
            "settled",
            {
                "settled_at": clock.now(),
                "outcome": outcome,
                "outcome_amount": amount,
                "outcome_text": text,
            },
        )
        dispute_sudo.exchange_id.is_disputed = False
        dispute_sudo._add_line(
            "mediator", text, [], kind="outcome", outcome=outcome, amount=amount
        )
        dispute_sudo._apply_outcome()
        for side in ("owner", "asker"):
            dispute_sudo._tell(
                side,
                "ebs_listings.mail_dispute_settled",
                _lt("Settled: “%(title)s”", title=dispute_sudo.title),
                {
                    "moved": dispute_sudo._get_moved_deposit(),
                    "last_day": not dispute_sudo.reopened_at
                    and dispute_sudo._get_last_day_to_reopen(),
                },
            )

    def _check_mediator(self):
        """Refuse everybody but the mediators of the platform who are no party."""
        self._check_readable()
        if not self._is_staffed("mediator"):
            raise AccessError(
                self.env._("Only a mediator of the platform may do this.")
            )
        if self._get_my_side() != "mediator":
            raise UserError(
                self.env._("This exchange is yours: leave it to another mediator.")
            )

    def _check_with_me(self):
        """Refuse all but the mediator who has taken the case, as long as it is so."""
        if not self.is_with_me:
            raise UserError(
                self.env._("Take this case first, or leave it to who has taken it.")
            )

    # === BUSINESS METHODS === #

    @api.model
    def _make_deadline(self, company):
        """Return the last day on which the two are waited for."""
        return company._ebs_today() + timedelta(days=company.ebs_dispute_answer_days)

    def _read_amount(self, outcome, value):
        """Return the amount of an outcome that has one."""
        if outcome not in ("keep", "payment"):
            return 0.0
        amount = to_amount(value or 0)
        amount = amount and self.currency_id.round(amount)
        if amount is None or (outcome == "keep" and not amount):
            raise UserError(self.env._("Please say how much, as a number above zero."))
        return amount

    @api.model
    def _read_photos(self, photos):
        """Return clean pictures, in base64, of what somebody sent."""
        photos = photos or []
        if not isinstance(photos, list | tuple) or len(photos) > MAX_PHOTOS:
            raise UserError(self.env._("Please send %s photos at most.", MAX_PHOTOS))
        if photos and len(self.line_ids.photo_ids) + len(photos) > MAX_CASE_PHOTOS:
            raise UserError(self.env._("There are enough photos in this case."))
        return [self.env["ebs.photo"]._decode_photo(photo) for photo in photos]

    def _add_line(self, side, body, photos, **values):
        """Write a line of the case by the user at work."""
        exchange = self.exchange_id
        author = self.env["ebs.member"]
        name = self.company_id.name
        if side != "mediator":
            author = exchange._get_party(side)
            name = exchange._get_party_name(side)
        line = self.env["ebs.dispute.message"].create(
            {
                "dispute_id": self.id,
                "side": side,
                "member_id": author.id,
                "author_name": name,
                "user_id": self.env.user.id,
                "body": body,
                "sent_at": clock.now(),
                **values,
            }
        )
        self.env["ebs.dispute.photo"].create(
            [
                {"dispute_id": self.id, "message_id": line.id, "image_1920": photo}
                for photo in photos
            ]
        )

    # === MAIL === #

    def _get_mediators(self):
        """Return the mediators of the platform who are no party of the exchange."""
        parties = self.exchange_id.owner_id | self.exchange_id.asker_id
        users = self.env["res.users"].search(
            [
                ("all_group_ids", "in", self.env.ref(MEDIATOR).ids),
                ("company_ids", "in", self.company_id.ids),
                ("share", "=", False),
            ]
        )
        return users - parties._get_users()

    def _tell(self, side, template_xmlid, subject, values=None):
        """Queue a mail to one party of the case."""
        self.exchange_id._tell(
            side, template_xmlid, subject, {"dispute": self, **(values or {})}
        )

    def _tell_users(self, users, subject, words=""):
        """Queue a mail to mediators, with the way to the case."""
        for user in users:
            self.env["ebs.member"]._queue_mail(
                self.company_id,
                user,
                "ebs_listings.mail_dispute_mediator",
                subject,
                {"dispute": self, "words": words, "user": user},
            )

    def _tell_line(self, side, body, is_private):
        """Tell those who may read a new line, but for who wrote it."""
        subject = _lt("A word in the case: “%(title)s”", title=self.title)
        sides = {
            "owner": ("asker",),
            "asker": ("owner",),
            "mediator": ("owner", "asker"),
        }[side]
        for told in () if is_private else sides:
            self._tell(
                told,
                "ebs_listings.mail_dispute_message",
                subject,
                {"words": body, "by": side},
            )
        if side != "mediator":
            self._tell_users(self.mediator_id, subject, body)
