# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
{
    "name": "EBS: loans",
    "summary": "Lend and rent: copies, bookings, hand-over, deposit, reminders",
    "version": "19.0.1.1.0",
    "category": "Services/EBS",
    "author": "EBS contributors",
    "license": "AGPL-3",
    "depends": ["ebs_listings", "resource"],
    "data": [
        "security/ir.model.access.csv",
        "security/ebs_loans_rules.xml",
        "data/ebs_way_data.xml",
        "data/ir_cron_data.xml",
        "data/mail_templates.xml",
        "data/mail_templates_asking.xml",
        "data/mail_templates_copies.xml",
        "views/ebs_copy_views.xml",
        "wizards/ebs_loan_lost_views.xml",
        "views/ebs_exchange_views.xml",
        "views/ebs_listing_views.xml",
        "views/ebs_asking_views.xml",
        "views/ebs_waiting_views.xml",
        "views/ebs_reminder_views.xml",
        "views/res_config_settings_views.xml",
        "views/ebs_loans_menus.xml",
    ],
    "demo": ["demo/demo.xml"],
    # Read by demo/load.py.
    "oca_data_manual": [
        "demo/exchanges.csv",
        "demo/listings.csv",
    ],
    "uninstall_hook": "uninstall_hook",
}
