# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import (
    ebs_audit,
    ebs_availability,
    ebs_booking,
    ebs_copy,
    ebs_deposit,
    ebs_exchange,
    ebs_exchange_calendar,
    ebs_exchange_handling,
    ebs_exchange_words,
    ebs_listing,
    ebs_listing_calendar,
    ebs_listing_free,
    ebs_listing_hours,
    ebs_listing_period,
    ebs_place,
    ebs_reminder,
    ebs_way,
    res_company,
    res_config_settings,
    resource_calendar,
)
