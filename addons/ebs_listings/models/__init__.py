# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import (
    ebs_audit,
    ebs_category,
    ebs_circle_member,
    ebs_exchange,
    ebs_exchange_words,
    ebs_listing,
    ebs_listing_ask,
    ebs_listing_catalogue,
    ebs_listing_input,
    ebs_listing_visibility,
    ebs_member,
    ebs_member_private,
    ebs_message,
    ebs_photo,
    ebs_promise,
    ebs_way,
    res_company,
    res_config_settings,
)
