# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
{
    "name": "EBS: platforms and members",
    "summary": "Run a local platform to lend, give, swap and offer",
    "version": "19.0.1.0.0",
    "author": "EBS contributors",
    "license": "AGPL-3",
    "category": "Services/EBS",
    "depends": ["mail", "portal", "phone_validation", "base_geolocalize"],
    "data": [
        "security/ebs_base_groups.xml",
        "security/ir.model.access.csv",
        "security/ebs_base_rules.xml",
        "data/ebs_terms_templates.xml",
        "data/ebs_mail_templates.xml",
        "wizards/ebs_member_suspend_views.xml",
        "views/ebs_member_views.xml",
        "views/ebs_zone_views.xml",
        "views/ebs_terms_views.xml",
        "views/ebs_rule_change_views.xml",
        "views/res_config_settings_views.xml",
        "views/ebs_base_menus.xml",
    ],
    "demo": ["demo/demo.xml"],
    "oca_data_manual": ["demo/members.csv", "demo/zones.csv"],
    "pre_init_hook": "pre_init_hook",
    "application": True,
}
