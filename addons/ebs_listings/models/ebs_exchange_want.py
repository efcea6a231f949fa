# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models
from odoo.tools import LazyTranslate

from .ebs_exchange import OPEN_STATES

_lt = LazyTranslate(__name__)


class EbsExchange(models.Model):
    """The conversation about something that the owner looks for."""

    _inherit = "ebs.exchange"

    def _finish_found(self):
        """Come to the good end of a conversation, and thank who answered."""
        self._finish(OPEN_STATES)
        self._tell(
            "asker",
            "ebs_listings.mail_found",
            _lt("Found, thanks to you: “%(title)s”", title=self.title),
        )

    def _get_want_sentences(self):
        """Return the words of a conversation about what the owner looks for."""
        return {
            "owner": self.env._(
                "%(asker)s can help you with what you look for: answer below."
            ),
            "asker": self.env._("%(owner)s has your answer: agree below on the rest."),
            "staff": self.env._("%(asker)s answered what %(owner)s looks for."),
        }
