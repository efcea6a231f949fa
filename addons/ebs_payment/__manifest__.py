# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
{
    "name": "EBS: card deposits",
    "summary": "Deposits by card, for what the operator itself lends",
    "version": "19.0.1.0.0",
    "category": "Services/EBS",
    "author": "EBS contributors",
    "license": "AGPL-3",
    "depends": ["ebs_website", "payment_demo", "payment_stripe"],
    "data": [
        "security/ir.model.access.csv",
        "security/ebs_payment_rules.xml",
        "data/ir_cron_data.xml",
        "data/mail_templates.xml",
        "views/card.xml",
        "views/ebs_payment_order_views.xml",
        "views/ebs_payment_inbox_views.xml",
        "views/exchange.xml",
        "views/publish.xml",
        "views/res_config_settings_views.xml",
        "views/ebs_payment_menus.xml",
    ],
    "demo": ["demo/demo.xml"],
    "post_init_hook": "post_init_hook",
}
