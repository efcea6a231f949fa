# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models
from odoo.http import request

COUNT = "ebs_collide.count"
COLLISION = """DO $$ BEGIN
    RAISE EXCEPTION 'lost to another, says a test' USING ERRCODE = '40001';
END $$"""


class IrHttp(models.AbstractModel):
    """Do all that a request asks, then lose it to another one, a few times."""

    _inherit = "ir.http"

    @classmethod
    def _dispatch(cls, endpoint):
        response = super()._dispatch(endpoint)
        environ = request.httprequest.environ
        left = environ.setdefault(
            COUNT, int(request.httprequest.headers.get("X-Ebs-Collide") or 0)
        )
        if left:
            environ[COUNT] = left - 1
            request.env.flush_all()
            request.env.cr.execute(COLLISION)
        return response
