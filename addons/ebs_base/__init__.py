# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import models, outage, wizards
from .hooks import pre_init_hook
