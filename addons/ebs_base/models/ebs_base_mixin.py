# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import SUPERUSER_ID, fields, models
from odoo.exceptions import AccessError, MissingError, UserError

from ..utils import to_int


class EbsBaseMixin(models.AbstractModel):
    """What every EBS record has in common: it tells nobody who typed it."""

    _name = "ebs.base.mixin"
    _description = "EBS record"

    # The display name of a user is a civil name: for staff only.
    create_uid = fields.Many2one(
        "res.users",
        string="Created by",
        readonly=True,
        copy=False,
        groups="ebs_base.group_ebs_staff",
    )
    write_uid = fields.Many2one(
        "res.users",
        string="Last Updated by",
        readonly=True,
        copy=False,
        groups="ebs_base.group_ebs_staff",
    )

    def _can_return_content(self, field_name=None, access_token=None):
        """Serve no picture of ours past the rules, whatever `website` allows."""
        return False

    def _check_readable(self):
        """Refuse a hidden record and one that never was in the same words."""
        known = self.id if len(self) == 1 and isinstance(self.id, int) else None
        if not to_int(known) or not self.search_count([("id", "=", known)], limit=1):
            raise MissingError(
                self.env._("This page does not exist, or is not open to you.")
            )

    def _check_keys(self, values, allowed):
        """Return `values` as a plain dict with none but the allowed keys."""
        if not isinstance(values, dict):
            raise UserError(self.env._("Nothing was sent."))
        unknown = {str(key) for key in values} - set(allowed)
        if unknown:
            raise UserError(
                self.env._("“%s” cannot be set here.", sorted(unknown)[0][:40])
            )
        return values

    def _is_staffed(self, role):
        """Tell whether the user has a role (`moderator`, `desk`, `manager`) here.

        "Here" is on the platforms of all these records, whatever companies the
        user has chosen to look at.
        """
        user = self.env.user
        if user.id == SUPERUSER_ID:
            return True
        if not user.has_group(f"ebs_base.group_ebs_{role}"):
            return False
        return not self.sudo().company_id - user.sudo().company_ids

    def _check_moderator(self):
        """Refuse everybody but the moderators of these records' platforms."""
        if not self._is_staffed("moderator"):
            raise AccessError(
                self.env._("Only a moderator of the platform may do this.")
            )
