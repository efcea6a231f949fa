# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What every EBS page shares: the site's platform, one 404, errors as sentences."""

from odoo.exceptions import AccessError, MissingError, UserError, ValidationError
from odoo.http import request


class EbsController:
    """Base of the platform's controllers: read, call one method, render.

    Not itself a controller: Odoo melts all controllers of one base into one class,
    where methods of the same name would hide each other, and would register core's
    routes twice for those that extend core. So name both bases:
    ``class Catalogue(EbsController, http.Controller)`` for pages of our own,
    ``class Home(EbsController, Website)`` to override core's.
    """

    def _company(self):
        """The platform of this site; on any other site the page does not exist."""
        company = request.website._ebs_company()
        if not company:
            raise self._not_found()
        return company

    def _not_found(self):
        """The one answer for what is missing, foreign or hidden: raise it."""
        return request.not_found()

    def _persona(self):
        """The visitor's first persona on this platform, own one first, any state."""
        if request.env.user._is_public():
            return request.env["ebs.member"]
        company = self._company()
        mine = request.env["ebs.member"]._get_mine()
        return mine.filtered(lambda member: member.company_id == company)[:1]

    def _render(self, template, values=None, status=200):
        """Render one page with what the layout needs."""
        values = {
            "company": self._company(),
            "persona": self._persona(),
            "error": None,
            **(values or {}),
        }
        return request.render(template, values, status=status)

    def _try(self, call, *args, **kwargs):
        """Call an action; answer (result, None), or (None, sentence) when it refuses.

        What the action wrote before it refused is undone, so that the same page can
        be shown again with the visitor's input.
        """
        try:
            with request.env.cr.savepoint():
                return call(*args, **kwargs), None
        except (UserError, AccessError, MissingError, ValidationError) as error:
            return None, str(error.args[0]) if error.args else str(error)

    def _slug_id(self, slug):
        """The id at the end of an address such as `perceuse-bosch-12`, or None."""
        return request.env["ir.http"]._unslug(slug)[1]
