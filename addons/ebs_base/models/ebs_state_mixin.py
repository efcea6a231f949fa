# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import logging

from odoo import api, models
from odoo.exceptions import UserError

_logger = logging.getLogger(__name__)

# An object cannot come in by RPC, so nobody outside can hold this key.
_KEY = object()


class EbsStateMixin(models.AbstractModel):
    """A `state` that moves by the rules of its model and in no other way."""

    _name = "ebs.state.mixin"
    _description = "EBS state"

    @api.model_create_multi
    def create(self, vals_list):
        """Start every record in the first state."""
        first = self._fields["state"].default(self)
        for vals in vals_list:
            if vals.setdefault("state", first) != first:
                raise UserError(self.env._("A new record starts at its first step."))
        return super().create(vals_list)

    def write(self, vals):
        """Refuse a state that does not come through `_set_state`."""
        if "state" in vals and self.env.context.get("ebs_state_key") is not _KEY:
            raise UserError(
                self.env._("Use the buttons to go from one step to the next.")
            )
        return super().write(vals)

    def _set_state(self, allowed_from, to, values=None):
        """Move to a state those that are not in it yet; return those moved."""
        moving = self.filtered(lambda record: record.state != to)
        for record in moving:
            if record.state not in allowed_from:
                _logger.info("%s: refused from %s to %s", record, record.state, to)
                states = dict(self._fields["state"]._description_selection(self.env))
                raise UserError(
                    self.env._(
                        "This is not possible any more: the present step is “%s”.",
                        states[record.state],
                    )
                )
        moving.with_context(ebs_state_key=_KEY).write({**(values or {}), "state": to})
        return moving
