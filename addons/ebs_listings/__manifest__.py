# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
{
    "name": "EBS: listings and exchanges",
    "summary": "What members offer, who sees it, and what they agree on",
    "version": "19.0.1.3.0",
    "author": "EBS contributors",
    "license": "AGPL-3",
    "category": "Services/EBS",
    "depends": ["ebs_circles"],
    "data": [
        "security/ir.model.access.csv",
        "security/ebs_listings_rules.xml",
        "security/ebs_space_rules.xml",
        "data/ebs_way_data.xml",
        "data/ir_cron_data.xml",
        "data/ir_cron_alert_data.xml",
        "data/ebs_mail_templates.xml",
        "data/ebs_alert_mail_templates.xml",
        "data/ebs_dispute_mail_templates.xml",
        "wizards/ebs_dispute_settle_views.xml",
        "wizards/ebs_dispute_write_views.xml",
        "wizards/ebs_listing_reject_views.xml",
        "views/ebs_category_views.xml",
        "views/ebs_dispute_views.xml",
        "views/ebs_exchange_views.xml",
        "views/ebs_listing_views.xml",
        "views/ebs_member_views.xml",
        "views/res_config_settings_views.xml",
        "views/ebs_listings_menus.xml",
    ],
    "demo": ["demo/demo.xml"],
    # Read by demo/load.py.
    "oca_data_manual": [
        "demo/categories.csv",
        "demo/exchanges.csv",
        "demo/listings.csv",
    ],
}
