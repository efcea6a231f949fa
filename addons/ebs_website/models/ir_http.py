# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models
from werkzeug.exceptions import abort
from werkzeug.wrappers import Response


class IrHttp(models.AbstractModel):
    """Answer the addresses that core cannot write into its own error page."""

    _inherit = "ir.http"

    @classmethod
    def _match(cls, path):
        """Refuse an address that names nothing before anything is looked up.

        Core seeks every unknown address among its attachments, where PostgreSQL
        takes no NUL, and names it as canonical, where `..` is an error.
        """
        if "\0" in path or {".", ".."} & set(path.split("/")):
            abort(Response("Not Found", status=404, mimetype="text/plain"))
        return super()._match(path)
