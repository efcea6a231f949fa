# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The ask box of a listing: who answers, why not, and the line of who waits."""

from odoo.http import request

from ..say import say_moment


class AskBox:
    """What the ask box says before the click; the rules themselves are models'."""

    def _get_askers(self):
        """The personas that the visitor may ask for here, with all rights."""
        choices = self._acting_choices()
        ids = [one for one, _name in choices] or self._persona().ids
        # As superuser: one's own personas, whose limits are read.
        return request.env["ebs.member"].sudo().browse(ids)

    def _get_refusal(self, listing_sudo):
        """Why the visitor cannot borrow it now: words, and whether that is all."""
        if not listing_sudo._is_lendable():
            return None
        askers = self._get_askers()
        refused = [
            (asker, sentence)
            for asker in askers
            if (sentence := listing_sudo._get_ask_refusal(asker))
        ]
        if not refused:
            return None
        others = listing_sudo.way_ids.filtered(lambda one: one.commitment != "booking")
        if len(askers) == 1:
            words = [refused[0][1]]
        else:
            words = [f"{asker.name} : {sentence}" for asker, sentence in refused]
        return {
            "words": words,
            "is_all": len(refused) == len(askers) and not others,
            "is_loan": bool(others),
        }

    def _get_agreement_fact(self, listing_sudo):
        """Who answers: (icon, sentence)."""
        if listing_sudo.agreement == "instant":
            return (
                "fa-bolt",
                request.env._("Agreed at once: there is no answer to wait for"),
            )
        if listing_sudo.agreement == "staff":
            return ("fa-comments-o", request.env._("The team answers requests"))
        return (
            "fa-comments-o",
            request.env._(
                "%(name)s answers each request", name=listing_sudo.member_id.name
            ),
        )

    def _get_line_box(self, listing_sudo):
        """The line of who waits: how long it is, my place, and whether I may join."""
        asker = self._get_askers()[:1]
        waiting = listing_sudo._get_waiting(asker)
        count = listing_sudo._get_waiting_count()
        return {
            "waiting": waiting[:1],
            "kept_until": self._get_kept_until(waiting[:1]),
            "count": count,
            "may_join": not waiting and not listing_sudo._get_wait_refusal(asker),
        }

    def _get_kept_until(self, waiting):
        """Until when it is kept, in words; nothing while one only waits."""
        if waiting.state != "held":
            return None
        return say_moment(request.env, waiting.company_id, waiting.held_until)
