# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import (
    ebs_listing,
    ir_binary,
    ir_http,
    res_company,
    res_config_settings,
    website,
    website_unsent,
)
