# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models
from odoo.exceptions import MissingError
from odoo.http import request

from .ebs_base_mixin import HiddenError


class IrHttp(models.AbstractModel):
    """Tell nobody by an error that there is something to hide."""

    _inherit = "ir.http"

    @classmethod
    def _handle_error(cls, exception):
        """Answer a call on a hidden record and on one that never was alike.

        Where either was found out, the traceback in the answer would tell.
        """
        if isinstance(exception, HiddenError) or (
            isinstance(exception, MissingError) and cls._ebs_is_asked()
        ):
            exception = MissingError(
                request.env._("Record does not exist or has been deleted.")
            )
        return super()._handle_error(exception)

    @classmethod
    def _ebs_is_asked(cls):
        """Tell whether the request is a call on a model of ours."""
        model = request.params.get("model") or request.httprequest.path
        return "ebs." in str(model)
