# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import (
    ebs_audit,
    ebs_reminder,
    mail_notification,
    res_company,
    res_config_settings,
    sms_sms,
)
