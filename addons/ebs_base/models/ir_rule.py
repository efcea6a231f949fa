# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import logging

from odoo import models

from .ebs_base_mixin import make_missing_error

_logger = logging.getLogger(__name__)


class IrRule(models.Model):
    """Refuse a hidden record of ours as one that never was."""

    _inherit = "ir.rule"

    def _make_access_error(self, operation, records):
        """Say of what the user may not read what core says of what is not there.

        Core's own refusal tells that there is such a record and, to internal users
        in debug mode, its name.
        """
        hidden = records if records._name.startswith("ebs.") else records.browse()
        if operation != "read":
            hidden -= hidden._filtered_access("read")
        if not hidden:
            return super()._make_access_error(operation, records)
        _logger.info(
            "Access denied by rules: %s on %s for user %s",
            operation,
            hidden,
            self.env.uid,
        )
        # What core has read as superuser to decide must not stay in the cache.
        records.invalidate_recordset()
        return make_missing_error(hidden[:1])
