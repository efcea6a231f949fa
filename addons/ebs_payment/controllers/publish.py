# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.addons.ebs_website.controllers.publish import EbsPublish
from odoo.http import request


class CardPublish(EbsPublish):
    """A deposit by card, in the form of those who lend for the operator."""

    def _render(self, template, values=None, status=200):
        if template == "ebs_website.publish":
            company = self._company()
            mine = request.env["ebs.member"]._get_mine()
            values["takes_cards"] = any(map(company._ebs_takes_cards, mine))
        return super()._render(template, values, status)
