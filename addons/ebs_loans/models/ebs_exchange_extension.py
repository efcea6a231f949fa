# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo import fields, models
from odoo.addons.ebs_base.utils import to_date
from odoo.exceptions import UserError
from odoo.tools import LazyTranslate

from ..utils import format_day

_lt = LazyTranslate(__name__)

EXTENSION_ANSWERS = ("accept_extension", "decline_extension")


class EbsExchange(models.Model):
    """A loan that lasts longer: at once where nobody minds, else by asking."""

    _inherit = "ebs.exchange"

    extension_asked_until = fields.Date(
        "Asked to Last Until", readonly=True, copy=False
    )

    waiting_count = fields.Integer(
        "Members Waiting", compute="_compute_waiting_count", compute_sudo=True
    )

    def _compute_waiting_count(self):
        """How many wait for the thing: nobody's name."""
        for loan in self:
            loan.waiting_count = loan.listing_id._get_waiting_count()

    # === WHAT THE PARTIES DO === #

    def action_extend(self, new_last):
        """Keep it until another day: at once when the rules allow, else ask."""
        loan = self._check_action("extend")
        new_last = loan._check_extension(to_date(new_last))
        if loan._is_extended_alone(new_last):
            loan._extend(new_last)
            loan._tell_extension("owner", "ebs_loans.mail_extended")
            return
        loan.extension_asked_until = new_last
        loan._ask_guarantor_longer()
        loan._tell(
            "owner",
            "ebs_loans.mail_extension_asked",
            _lt(
                "%(name)s would like to keep “%(title)s” longer",
                name=loan.asker_name,
                title=loan.title,
            ),
            {
                "exchange": loan,
                "day": new_last,
                "waiting": loan.listing_id._get_waiting_count(),
            },
        )

    def action_accept_extension(self):
        """Let the borrower keep it until the day asked for."""
        loan = self._check_action("accept_extension")
        loan._extend(loan._check_extension(loan.extension_asked_until))
        loan._tell_extension("asker", "ebs_loans.mail_extended")

    def action_decline_extension(self):
        """Stay with the day that was agreed."""
        loan = self._check_action("decline_extension")
        loan.extension_asked_until = False
        loan._tell_extension("asker", "ebs_loans.mail_extension_declined")

    # === BUSINESS METHODS === #

    def _check_extension(self, new_last):
        """Return the new last day, or raise the sentence that says why not."""
        if not new_last or new_last <= self.day_end:
            raise UserError(
                self.env._(
                    "Choose a day after %(day)s.",
                    day=format_day(self.env, self.day_end),
                )
            )
        if new_last < self.company_id._ebs_today():
            raise UserError(self.env._("Choose a last day that is today or later."))
        longest = self.listing_id._get_longest_days()
        if (new_last - self.day_start).days >= longest:
            last = self.day_start + timedelta(days=longest - 1)
            raise UserError(
                self.env._(
                    "A loan lasts %(count)s days at most: this one ends on %(day)s at"
                    " the latest.",
                    count=longest,
                    day=format_day(self.env, last),
                )
            )
        self._check_open(new_last)
        return new_last

    def _check_open(self, new_last):
        """Refuse a last day on which it is closed, and what its owner has closed."""
        listing = self.listing_id
        end = self._get_extended_end(new_last)
        closed = listing._get_closed_periods(self.date_end, end)[listing.id]
        if closed:
            since = self.company_id._ebs_local(closed[:1].date_start).date()
            raise UserError(
                self.env._(
                    "It is not lent from %(day)s on: choose an earlier last day.",
                    day=format_day(self.env, since),
                )
            )
        calendar = listing._get_calendars(new_last, new_last)[listing]
        if not calendar.open_on(new_last):
            raise UserError(
                self.env._(
                    "It is closed on %(day)s: choose another last day.",
                    day=format_day(self.env, new_last),
                )
            )

    def _is_extended_alone(self, new_last):
        """Whether nobody needs to be asked: nobody waits, and the rules allow."""
        return not self._outlasts_guarantee(new_last) and self._may_extend_alone()

    def _may_extend_alone(self):
        """Whether the owner's side has nothing to say about it."""
        if self.is_late or self.listing_id._get_waiting_count():
            return False
        return self.agreement == "instant" or self.company_id.ebs_extend_alone

    def _extend(self, new_last):
        """Take the copies for longer: the database says whether they are free."""
        end = self._get_extended_end(new_last)
        longer = end - self.date_end
        for booking in self.booking_ids:
            values = {"date_end": booking.date_end + longer}
            if not self._try_booking(booking.write, values):
                raise UserError(self._get_why_not_longer(booking))
        self.write({"date_end": end, "extension_asked_until": False})
        self.reminder_ids._cancel()
        self._plan_reminder()
        self._tell_guarantor(
            "extended", _lt("How long it lasts: “%(title)s”", title=self.title)
        )

    def _get_extended_end(self, new_last):
        """Return the same time of the day, as many days later."""
        company = self.company_id
        wall = company._ebs_local(self.date_end) + (new_last - self.day_end)
        return company._ebs_to_utc(wall.date(), wall.hour + wall.minute / 60)

    def _get_why_not_longer(self, booking):
        following = self.env["ebs.booking"].search(
            [
                ("copy_id", "=", booking.copy_id.id),
                ("date_start", ">=", booking.date_end),
            ],
            limit=1,
        )
        if not following:
            return self.env._("It is promised to somebody else by then.")
        return self.env._(
            "It is promised to somebody else from %(day)s on: bring it back before.",
            day=format_day(
                self.env, self.company_id._ebs_local(following.date_start).date()
            ),
        )

    def _set_state(self, allowed_from, to, values=None):
        """What is back or over is not extended any more."""
        moved = super()._set_state(allowed_from, to, values)
        asked = moved.filtered("extension_asked_until")
        if asked and to != "ongoing":
            asked.extension_asked_until = False
        return moved

    # === WHO MAY DO WHAT NOW === #

    def _get_actions(self):
        """The borrower asks; who agrees to the loan agrees to its extension."""
        actions = super()._get_actions()
        loan = self.sudo()
        if loan.state != "ongoing" or not loan._is_loan():
            return actions
        side = self._get_my_side()
        if loan.extension_asked_until:
            if not self._is_desk() and (side != "owner" or loan.agreement == "staff"):
                return actions
            # Whoever answers for the loan says yes before anybody else does.
            answers = EXTENSION_ANSWERS[bool(loan._get_asked_longer()) :]
            return [*answers, *actions]
        return [*actions, "extend"] if side == "asker" else actions

    # === WORDS === #

    def _get_extension_step(self, loan, side):
        words = {
            "asker": loan.asker_name,
            "owner": loan.owner_name,
            "day": format_day(self.env, loan.day_end),
            "new": format_day(self.env, loan.extension_asked_until),
            "count": loan.listing_id._get_waiting_count(),
        }
        if side == "asker":
            return self.env._(
                "You asked to keep it until %(new)s. Until you have an answer, bring it"
                " back on %(day)s.",
                **words,
            )
        if guarantee := loan._get_asked_longer():
            return self.env._(
                "%(asker)s would like to keep it until %(new)s instead of %(day)s."
                " %(guarantor)s, who answers for it, was asked first.",
                guarantor=guarantee.guarantor_name,
                **words,
            )
        if words["count"]:
            return self.env._(
                "%(asker)s would like to keep it until %(new)s, but others wait for it"
                " (%(count)s). Answer yes or no.",
                **words,
            )
        return self.env._(
            "%(asker)s would like to keep it until %(new)s instead of %(day)s. Answer"
            " yes or no.",
            **words,
        )

    def _tell_extension(self, side, template):
        self._tell(
            side,
            template,
            _lt("How long it lasts: “%(title)s”", title=self.title),
            {"exchange": self},
        )
