# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models


class EbsExchange(models.Model):
    """Where an exchange is, and what each party can do: in words, for pages."""

    _inherit = "ebs.exchange"

    def _get_my_side(self):
        """Return the user's side: 'owner', 'asker', or None."""
        self.ensure_one()
        return self.my_side or None

    def _get_actions(self):
        """Return the codes of what the user may do now, the main one first."""
        self.ensure_one()
        side = self._get_my_side()
        if self.state == "requested" and side == "owner":
            # Whoever is suspended may still say no, so that nobody waits in vain.
            may_accept = self.sudo().owner_id.state == "approved"
            return ["accept", "decline"] if may_accept else ["decline"]
        if self.state == "inquiry" and side == "owner":
            return ["decline"]
        if self.state in ("inquiry", "requested") and side == "asker":
            return ["cancel"]
        if self.state == "accepted" and side:
            return ["done", "cancel"]
        return []

    def _get_next_step(self):
        """Return one sentence: where it is, and what the user must do now."""
        self.ensure_one()
        side = self._get_my_side() or "staff"
        sentence = self._get_step_sentences()[self.state][side]
        return sentence % {
            "owner": self.owner_name,
            "asker": self.asker_name,
        }

    def _get_step_sentences(self):
        """Return the sentences of each state, for either party and for staff."""
        sentences = {
            "inquiry": {
                "owner": self.env._("%(asker)s has a question: answer below."),
                "asker": self.env._(
                    "%(owner)s has your question. Once you have decided, ask for it."
                ),
                "staff": self.env._("%(asker)s has a question for %(owner)s."),
            },
            "requested": {
                "owner": self.env._("%(asker)s waits for your answer."),
                "asker": self.env._("%(owner)s was told and will answer you."),
                "staff": self.env._("%(asker)s waits for the answer of %(owner)s."),
            },
            "accepted": {
                "owner": self.env._(
                    "You said yes to %(asker)s: agree on when and where, then note"
                    " here that it is done."
                ),
                "asker": self.env._(
                    "%(owner)s says yes: agree on when and where, then note here"
                    " that it is done."
                ),
                "staff": self.env._("%(owner)s and %(asker)s agreed."),
            },
            "declined": {
                "owner": self.env._("You said no to %(asker)s."),
                "asker": self.env._("%(owner)s cannot this time."),
                "staff": self.env._("%(owner)s said no to %(asker)s."),
            },
        }
        ends = {
            "done": self.env._("It is done. Thank you!"),
            "cancelled": self.env._("This exchange was cancelled."),
            "expired": self.env._("There was no answer in time: this request is over."),
        }
        for state, sentence in ends.items():
            sentences[state] = dict.fromkeys(("owner", "asker", "staff"), sentence)
        # As superuser: who is in the exchange may not see the listing any more.
        if self.sudo().listing_id.side == "want":
            sentences["inquiry"] = self._get_want_sentences()
        if self.way_id.commitment == "promise":
            sentences["accepted"].update(self._get_promise_sentences())
        return sentences

    def _get_promise_sentences(self):
        return {
            "owner": self.env._(
                "You promised it to %(asker)s: agree on when and where, then note"
                " here that it is done."
            ),
            "asker": self.env._(
                "It is promised to you: agree with %(owner)s on when and where, then"
                " note here that it is done."
            ),
            "staff": self.env._("%(owner)s promised it to %(asker)s."),
        }

    def _is_my_turn(self):
        """Tell whether the last word in the conversation is the other party's."""
        self.ensure_one()
        last = self.sudo().message_line_ids[-1:]
        return bool(last) and last.member_id not in self.env["ebs.member"]._get_mine()

    def _get_steps(self):
        """Return the line of steps: code, label, moment, and whether it is reached."""
        self.ensure_one()
        steps = [
            ("requested", self.env._("Asked"), self.requested_at),
            ("accepted", self.env._("Accepted"), self.accepted_at),
            ("done", self.env._("Done"), self.done_at),
        ]
        end = self._get_end_step()
        if end:
            steps = [step for step in steps if step[2]] + [end]
        return [
            {"code": code, "label": label, "date": date or None, "reached": bool(date)}
            for code, label, date in steps
        ]

    def _get_end_step(self):
        """Return the last step of what came to nothing."""
        labels = {
            "declined": self.env._("Declined"),
            "cancelled": self.env._("Cancelled"),
            "expired": self.env._("Expired"),
        }
        if self.state not in labels:
            return None
        return (self.state, labels[self.state], self.ended_at)
