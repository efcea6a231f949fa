# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
{
    "name": "EBS: circles",
    "summary": "Families, buildings and clubs share among themselves",
    "version": "19.0.1.1.0",
    "author": "EBS contributors",
    "license": "AGPL-3",
    "category": "Services/EBS",
    "depends": ["ebs_base"],
    "data": [
        "security/ir.model.access.csv",
        "security/ebs_circles_rules.xml",
        "data/ebs_mail_templates.xml",
        "data/ir_cron_data.xml",
        "wizards/ebs_circle_open_views.xml",
        "views/ebs_circle_member_views.xml",
        "views/ebs_circle_invitation_views.xml",
        "views/ebs_circle_opening_views.xml",
        "views/ebs_announcement_views.xml",
        "views/ebs_circle_views.xml",
        "views/ebs_member_views.xml",
        "views/res_config_settings_views.xml",
        "views/ebs_circles_menus.xml",
    ],
    "demo": ["demo/demo.xml"],
}
