# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import datetime, time, timedelta

import pytz
from odoo import api, fields, models
from odoo.addons.base.models.res_partner import _tz_get

from .. import clock


class ResCompany(models.Model):
    """A company that is a platform carries the operator's rules."""

    _inherit = "res.company"

    is_ebs_platform = fields.Boolean(string="EBS platform")
    ebs_tz = fields.Selection(
        _tz_get, string="Time Zone", required=True, default="Europe/Paris"
    )
    ebs_join_mode = fields.Selection(
        [("open", "Everyone"), ("approval", "After approval by a moderator")],
        string="Who May Join",
        required=True,
        default="open",
    )

    @api.model_create_multi
    def create(self, vals_list):
        """Give a new platform its first terms."""
        companies = super().create(vals_list)
        companies.filtered("is_ebs_platform")._ebs_open_platform()
        return companies

    def write(self, vals):
        """Keep a log of changed rules, and open what becomes a platform."""
        rules = [name for name in self._get_ebs_rules() if name in vals]
        before = {
            company: company._get_ebs_rule_values(rules)
            for company in self
            if rules and company.is_ebs_platform
        }
        res = super().write(vals)
        for company, old_values in before.items():
            company._ebs_log_rules(old_values)
        if vals.get("is_ebs_platform"):
            self._ebs_open_platform()
        return res

    # === RULES === #

    @api.model
    def _get_ebs_rules(self):
        """Return the names of the fields that are rules of a platform."""
        return ["ebs_tz", "ebs_join_mode"]

    def _get_ebs_rule_values(self, names):
        """Return each rule's value in words."""
        values = {}
        for name in names:
            field = self._fields[name]
            value = self[name]
            if field.type == "selection":
                choices = dict(field._description_selection(self.env))
                values[name] = choices.get(value, value or "")
            elif field.type == "boolean":
                values[name] = self.env._("yes") if value else self.env._("no")
            elif field.type == "many2one":
                values[name] = value.sudo().display_name or ""
            else:
                values[name] = str(value)
        return values

    def _ebs_log_rules(self, old_values):
        new_values = self._get_ebs_rule_values(old_values)
        self.env["ebs.rule.change"].sudo().create(
            [
                {
                    "company_id": self.id,
                    "name": self._fields[name]._description_string(self.env),
                    "field_name": name,
                    "old_value": old_value,
                    "new_value": new_values[name],
                    "user_id": self.env.user.id,
                }
                for name, old_value in old_values.items()
                if old_value != new_values[name]
            ]
        )

    def _ebs_open_platform(self):
        """Make what a platform cannot do without."""
        self.env["ebs.terms"].sudo()._create_first(self)

    # === TIME === #

    def _ebs_today(self):
        """Return the day it is now on the platform."""
        return self._ebs_local(clock.now()).date()

    def _ebs_local(self, moment):
        """Return a moment (naive, UTC) in the platform's zone."""
        self.ensure_one()
        return pytz.utc.localize(moment).astimezone(pytz.timezone(self.ebs_tz))

    def _ebs_to_utc(self, date, hour=0):
        """Return the moment (naive, UTC) of an hour of a day of the platform."""
        self.ensure_one()
        wall = datetime.combine(date, time()) + timedelta(hours=hour)
        local = pytz.timezone(self.ebs_tz).localize(wall, is_dst=False)
        return local.astimezone(pytz.utc).replace(tzinfo=None)
