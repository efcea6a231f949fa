# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import (
    ebs_audit,
    ebs_audit_dispute,
    ebs_booking,
    ebs_copy,
    ebs_deposit,
    ebs_deposit_dispute,
    ebs_dispute,
    ebs_exchange,
    ebs_exchange_dispute,
    ebs_exchange_handling,
    ebs_exchange_words,
    ebs_listing,
    ebs_reminder,
    ebs_way,
    res_company,
    res_config_settings,
)
