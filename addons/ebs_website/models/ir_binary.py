# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models
from odoo.addons.ebs_base.models.ebs_base_mixin import make_missing_error
from odoo.http import Stream


class PrivateStream(Stream):
    """A file that neither browsers nor proxies keep."""

    def get_response(self, as_attachment=None, immutable=None, **kwargs):
        """Send it, whatever the address asks for, to be forgotten at once."""
        response = super().get_response(
            as_attachment, immutable=False, **{**kwargs, "max_age": None}
        )
        response.headers["Cache-Control"] = "private, no-store"
        return response


class IrBinary(models.AbstractModel):
    """Pictures of ours: as the rules say, and kept only when they are everybody's."""

    _inherit = "ir.binary"

    def _find_record(
        self,
        xmlid=None,
        res_model="ir.attachment",
        res_id=None,
        access_token=None,
        field=None,
    ):
        """Look for a hidden record of ours and for one that never was in the same way.

        It takes one search as the visitor. Tokens open nothing of ours: they would
        still do so when the right to see it is lost.
        """
        if not xmlid and self._is_ebs(res_model):
            access_token = None
            records = self.env[res_model].with_context(active_test=False)
            if not isinstance(res_id, int) or not 0 < res_id < 2**31:
                res_id = 0
            if not records.search_count([("id", "=", res_id)], limit=1):
                raise make_missing_error(records.browse(res_id))
        return super()._find_record(xmlid, res_model, res_id, access_token, field=field)

    def _record_to_stream(self, record, field_name):
        """Mark what not everybody may see: every way to a file passes here."""
        stream = super()._record_to_stream(record, field_name)
        owner = self._get_ebs_owner(record)
        if owner is None or self._is_for_everyone(owner):
            return stream
        return PrivateStream(**vars(stream))

    def _is_ebs(self, model_name):
        return model_name in self.env and isinstance(
            self.env[model_name], self.env.registry["ebs.base.mixin"]
        )

    def _get_ebs_owner(self, record):
        """The record of ours that a file belongs to, or None."""
        if record._name == "ir.attachment":
            # As superuser, to learn whose it is: the caller has proven access.
            record_sudo = record.sudo()
            if not self._is_ebs(record_sudo.res_model):
                return None
            return self.env[record_sudo.res_model].browse(record_sudo.res_id)
        return record if self._is_ebs(record._name) else None

    def _is_for_everyone(self, record):
        """Whether any visitor may see the record, by the rules alone."""
        visitor = self.env.ref("base.public_user").sudo()
        return record.sudo(False).with_user(visitor).has_access("read")
