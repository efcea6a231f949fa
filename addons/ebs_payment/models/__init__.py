# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import (
    ebs_audit,
    ebs_deposit,
    ebs_exchange,
    ebs_exchange_words,
    ebs_listing,
    ebs_payment_inbox,
    ebs_payment_order,
    payment_provider,
    payment_transaction,
    res_company,
    res_config_settings,
)
