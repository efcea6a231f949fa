# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
{
    "name": "EBS: website",
    "summary": "The pages of a platform where neighbours lend, give and swap",
    "version": "19.0.1.0.0",
    "category": "Services/EBS",
    "author": "EBS contributors",
    "license": "AGPL-3",
    "depends": ["ebs_listings", "ebs_loans", "website", "web_leaflet_lib"],
    "data": [
        "views/layout.xml",
        "views/error.xml",
        "views/widgets.xml",
        "views/home.xml",
        "views/catalogue.xml",
        "views/listing.xml",
        "views/publish.xml",
        "views/circles.xml",
        "views/accounts.xml",
        "views/my.xml",
        "views/exchange.xml",
        "views/profile.xml",
        "views/terms.xml",
    ],
    "assets": {
        "web.assets_frontend": [
            "ebs_website/static/src/scss/ebs.scss",
            "ebs_website/static/src/scss/catalogue.scss",
            "ebs_website/static/src/scss/listing.scss",
            "ebs_website/static/src/scss/publish.scss",
            "ebs_website/static/src/scss/accounts.scss",
            "ebs_website/static/src/scss/my.scss",
            "ebs_website/static/src/scss/exchange.scss",
        ],
    },
    "post_init_hook": "post_init_hook",
    "uninstall_hook": "uninstall_hook",
}
