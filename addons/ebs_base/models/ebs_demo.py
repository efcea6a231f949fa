# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import logging
import time
from importlib import import_module

from odoo import api, models

_logger = logging.getLogger(__name__)


class EbsDemo(models.AbstractModel):
    """Loads the sample data that an addon makes by acting, not by writing."""

    _name = "ebs.demo"
    _description = "EBS sample data"

    @api.model
    def _load(self, module):
        """Run `load(env)` of the addon's `demo/load.py`."""
        start, busy = time.monotonic(), time.process_time()
        import_module(f"odoo.addons.{module}.demo.load").load(self.env)
        self.env.flush_all()
        _logger.info(
            "sample data of %s loaded in %.1f s (%.1f s of processor time)",
            module,
            time.monotonic() - start,
            time.process_time() - busy,
        )
