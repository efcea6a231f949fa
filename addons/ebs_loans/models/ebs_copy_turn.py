# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models
from odoo.tools import SQL


class EbsCopy(models.Model):
    """What is booked, and whose booking another one must know of."""

    _inherit = "ebs.copy"

    def _line_up(self):
        """Wait until whoever books a copy of the same things has come to an end.

        Without a queue, two whose periods overlap would each wait for the other: the
        exclusion constraint looks at what the other has written and not confirmed.
        The database would need a second to find that out, and play one again, up to
        five times.
        """
        if not self:
            return
        self.env.cr.execute(
            SQL(
                """SELECT id FROM ebs_listing WHERE id IN (
                    SELECT listing_id FROM ebs_copy WHERE id IN %s)
                ORDER BY id FOR NO KEY UPDATE""",
                tuple(self.ids),
            )
        )

    def _touch(self):
        """Write these copies, so that nobody misses what is done to them now.

        Who closes their days or takes them out of service, and who books them at the
        same moment, both write them: the later one is played again and sees it.
        """
        if self:
            self.env.cr.execute(
                SQL("UPDATE ebs_copy SET id = id WHERE id IN %s", tuple(self.ids))
            )
