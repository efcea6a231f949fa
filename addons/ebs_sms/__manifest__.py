# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
{
    "name": "EBS SMS",
    "summary": "Reminders by SMS too, through the operator's own gateway",
    "version": "19.0.1.0.0",
    "category": "Services/EBS",
    "author": "EBS contributors",
    "license": "AGPL-3",
    "depends": ["ebs_loans", "sms"],
    "external_dependencies": {"python": ["phonenumbers", "twilio"]},
    "data": [
        "security/ir.model.access.csv",
        "security/ebs_sms_rules.xml",
        "views/res_config_settings_views.xml",
        "views/sms_sms_views.xml",
        "views/ebs_sms_menus.xml",
    ],
}
