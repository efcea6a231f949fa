# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from importlib import import_module

from odoo import api, models


class EbsDemo(models.AbstractModel):
    """Loads the sample data that an addon makes by acting, not by writing."""

    _name = "ebs.demo"
    _description = "EBS sample data"

    @api.model
    def _load(self, module):
        """Run `load(env)` of the addon's `demo/load.py`."""
        import_module(f"odoo.addons.{module}.demo.load").load(self.env)
