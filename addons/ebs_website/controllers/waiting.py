# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""My places in the lines of those who wait."""

from odoo import http
from odoo.http import request

from .common import EbsController

MAX_ID = 2**31 - 1


class EbsWaitingList(EbsController, http.Controller):
    """Leave a line that one has joined."""

    @http.route(
        "/my/waiting/<int:waiting_id>/leave",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
        sitemap=False,
    )
    def waiting_leave(self, waiting_id, **post):
        """Leave the line; what was kept goes to the next one."""
        mine = request.env["ebs.member"]._get_mine()
        waiting = request.env["ebs.waiting"].search(
            [
                ("id", "=", waiting_id if waiting_id <= MAX_ID else 0),
                ("company_id", "=", self._company().id),
                ("member_id", "in", mine.ids),
            ],
            limit=1,
        )
        if not waiting:
            raise self._not_found()
        # A second click finds that it is done.
        self._try(waiting.action_leave)
        return request.redirect("/my/exchanges#ebs_waiting")
