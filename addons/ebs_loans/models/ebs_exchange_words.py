# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models
from odoo.addons.ebs_base import clock
from odoo.tools import format_amount

from ..utils import format_day


class EbsExchange(models.Model):
    """Where a loan is, and what each party must do now, in words."""

    _inherit = "ebs.exchange"

    def _get_next_step(self):
        """Say where the loan is and what the reader must do now."""
        loan = self.sudo()
        if not loan._is_loan():
            return super()._get_next_step()
        side = self._get_my_side() or "staff"
        say = {
            "requested": self._get_requested_step,
            "accepted": self._get_accepted_step,
            "ongoing": self._get_ongoing_step,
            "returned": self._get_returned_step,
            "lost": self._get_lost_step,
            "done": loan.deposit_id.state == "kept" and self._get_done_step,
        }.get(loan.state)
        return say(loan, side) if say else super()._get_next_step()

    def _get_requested_step(self, loan, side):
        period = loan._format_days(self.env)
        if loan.date_end <= clock.now():
            return self.env._(
                "The days asked for (%(period)s) are over.", period=period
            )
        if loan.agreement == "staff":
            return self._get_team_step(loan, side)
        if side == "asker":
            return self.env._(
                "You asked for it %(period)s. %(owner)s will answer you.",
                period=period,
                owner=loan.owner_name,
            )
        if side == "owner":
            return self.env._(
                "%(asker)s would like it %(period)s. Answer yes or no.",
                asker=loan.asker_name,
                period=period,
            )
        return self.env._(
            "%(asker)s would like it %(period)s and waits for %(owner)s to answer.",
            asker=loan.asker_name,
            period=period,
            owner=loan.owner_name,
        )

    def _get_accepted_step(self, loan, side):
        if sentence := loan._get_unserved_step(side):
            return sentence
        if loan.deposit_kind == "guarantor":
            return self._get_guaranteed_step(loan, side)
        words = {
            "period": loan._format_days(self.env),
            "day": format_day(self.env, loan.day_start),
            "deposit": loan._get_deposit_words(self.env),
        }
        if side == "asker" and words["deposit"]:
            return self.env._(
                "Agreed %(period)s. Fetch it on %(day)s, with the deposit: "
                "%(deposit)s.",
                **words,
            )
        if side == "asker":
            return self.env._("Agreed %(period)s. Fetch it on %(day)s.", **words)
        if words["deposit"]:
            return self.env._(
                "Agreed %(period)s. Receive the deposit (%(deposit)s), then hand it "
                "over and note it here.",
                **words,
            )
        return self.env._(
            "Agreed %(period)s. When you hand it over, note it here.", **words
        )

    def _get_ongoing_step(self, loan, side):
        if loan.extension_asked_until:
            return self._get_extension_step(loan, side)
        words = {
            "day": format_day(self.env, loan.day_end),
            "owner": loan.owner_name,
            "asker": loan.asker_name,
        }
        if side == "asker" and loan.is_late:
            return self.env._(
                "It is late: it was due back on %(day)s. Bring it back, or write to "
                "%(owner)s.",
                **words,
            )
        if side == "asker":
            return self.env._(
                "Bring it back to %(owner)s on %(day)s at the latest.", **words
            )
        if loan.is_late:
            return self.env._(
                "It is late: it was due back on %(day)s. Write to %(asker)s, and note "
                "the return when it is back.",
                **words,
            )
        return self.env._(
            "%(asker)s has it until %(day)s. When it is back, note the return.",
            **words,
        )

    def _get_returned_step(self, loan, side):
        if loan._has_open_dispute():
            return self._get_disputed_step()
        if loan.deposit_id.settles_at:
            return self._get_announced_step(loan, side)
        if loan.deposit_kind == "guarantor":
            return self._get_answered_for_step(loan, side)
        words = {
            "deposit": loan._get_deposit_words(self.env),
            "owner": loan.owner_name,
            "asker": loan.asker_name,
        }
        if side == "asker":
            return self.env._(
                "It is back. %(owner)s still has your deposit to give back: "
                "%(deposit)s.",
                **words,
            )
        return self.env._(
            "It is back. Give %(asker)s the deposit back (%(deposit)s), then note it.",
            **words,
        )

    def _get_lost_step(self, loan, side):
        """It is lost, and the deposit is not settled."""
        if loan._has_open_dispute():
            return self.env._(
                "It is lost. A mediator looks at what happened: the deposit stays where"
                " it is until the outcome."
            )
        if loan.deposit_id.settles_at:
            return self._get_announced_step(loan, side)
        words = {
            "deposit": loan._get_deposit_words(self.env),
            "owner": loan.owner_name,
        }
        if side == "asker":
            return self.env._(
                "It is lost. %(owner)s has to say what becomes of the deposit: "
                "%(deposit)s.",
                **words,
            )
        return self.env._(
            "It is lost. Give the deposit back (%(deposit)s), or announce what is kept "
            "of it.",
            **words,
        )

    def _get_deposit_words(self, env):
        """The deposit in words: "Cheque of €80.00"; nothing when there is none."""
        deposit = self.deposit_id
        if not deposit:
            return ""
        kinds = dict(deposit.with_env(env)._fields["kind"]._description_selection(env))
        return env._(
            "%(kind)s of %(amount)s",
            kind=kinds[deposit.kind],
            amount=format_amount(
                env, deposit.amount, deposit.currency_id, env.lang or "en_US"
            ),
        )

    def _get_steps(self):
        """The line of steps of a loan: hand-over and return stand before the end."""
        steps = super()._get_steps()
        loan = self.sudo()
        if not loan._is_loan():
            return steps
        handling = [
            {
                "code": "ongoing",
                "label": self.env._("Handed over"),
                "date": loan.handed_over_at,
                "reached": bool(loan.handed_over_at),
            },
            {
                "code": "returned",
                "label": self.env._("Returned"),
                "date": loan.returned_at,
                "reached": bool(loan.returned_at),
            },
        ]
        if loan.lost_at:
            handling[1] = {
                "code": "lost",
                "label": self.env._("Lost"),
                "date": loan.lost_at,
                "reached": True,
            }
        ended = steps[-1]["code"] != "done"
        return steps if ended else [*steps[:-1], *handling, steps[-1]]
