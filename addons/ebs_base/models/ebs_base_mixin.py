# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import SUPERUSER_ID, fields, models
from odoo.exceptions import AccessError, MissingError, UserError

from ..utils import to_int


class HiddenError(MissingError, AccessError):
    """A record is hidden: as good as missing for who asks, a refusal for the ORM."""


def make_missing_error(record):
    """Return the refusal of a record that is hidden or missing, in core's words."""
    env = record.env
    sentence = env._("Record does not exist or has been deleted.")
    about = env._("(Record: %(record)s, User: %(user)s)", record=record, user=env.uid)
    return HiddenError(f"{sentence}\n{about}")


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

    def read(self, fields=None, load="_classic_read"):
        """Refuse what is not there, which core leaves out, as what is hidden."""
        rows = super().read(fields, load)
        found = {row["id"] for row in rows}
        if rows and not any(self._fields[name].store for name in {*rows[0]} - {"id"}):
            # Nothing was looked up in the table.
            found.intersection_update(self.exists().ids)
        if len(found) < len(self):
            gone = self.filtered(lambda record: record.id not in found)
            raise make_missing_error(gone[:1])
        return rows

    def get_field_translations(self, field_name, langs=None):
        """Refuse a hidden record, whose masked name needs no right to be read."""
        self.check_access("read")
        return super().get_field_translations(field_name, langs)

    def _check_access(self, operation):
        """Let nobody change what they may not see.

        What is not there is forbidden, so that it is refused as what is hidden.
        """
        try:
            forbidden = super()._check_access(operation)
            if not forbidden and operation in ("write", "unlink"):
                forbidden = super()._check_access("read")
            return forbidden
        except MissingError:
            return self, lambda: make_missing_error(self[:1])

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
