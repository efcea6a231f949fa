# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Numbers and addresses that several files share."""

from odoo.tools.translate import LazyTranslate

_lt = LazyTranslate(__name__)

# The doors of a platform, as {address: name}: each platform site gets them.
MENUS = {
    "/listings": _lt("Listings"),
    "/circles": _lt("Circles"),
    "/publish": _lt("Publish"),
}
# Cards on one page of the catalogue, on the home page and on a circle's page.
PAGE_SIZE = 20
HOME_SIZE = 8
# Where the source code of what runs here is offered (AGPL, section 13).
SOURCE_PAGE = "/source"

# The look of a new platform. Operators change all of it in the website builder:
# primary, the one action, shade of the ground, ground, ink.
PALETTE = ("#1F5C45", "#C4472F", "#F3EADA", "#FBF6EC", "#22302A")
# Where the families of the look are said, for the sites of platforms alone.
FONT_SHEETS = (
    ("web._assets_primary_variables", "ebs_website/static/src/scss/primary_fonts.scss"),
    ("web.assets_frontend", "ebs_website/static/src/scss/fonts.scss"),
)
# What text on the first screen needs, by the value of the builder that chooses it.
FIRST_FILES = {
    "font": ("Roboto-Regular.woff2", "Roboto-Bold.woff2"),
    "headings-font": ("Montserrat-Bold.woff2",),
}
# The icons of the platform as phones want them, in pixels.
ICON_SIZES = (192, 512)
# The same families as Odoo ships them, as {family: {(weight, style): file}}: for a site
# that is a platform's no more.
FONTS = {
    "Roboto": {
        (400, "normal"): "Roboto-Regular.ttf",
        (400, "italic"): "Roboto-Italic.ttf",
        (500, "normal"): "Roboto-Medium.ttf",
        (700, "normal"): "Roboto-Bold.ttf",
    },
    "Montserrat": {
        (600, "normal"): "Montserrat-SemiBold.ttf",
        (700, "normal"): "Montserrat-Bold.ttf",
    },
}
SITE_VALUES = {
    "font": "'Roboto'",
    "headings-font": "'Montserrat'",
    "buttons-font": "'Roboto'",
    "navbar-font": "'Roboto'",
    "btn-border-radius": "0.75rem",
    "btn-border-radius-sm": "0.75rem",
    "btn-border-radius-lg": "0.75rem",
    "input-border-radius": "0.75rem",
    "link-underline": "'always'",
}
# What core's header shows as a sample: a phone number, a search over all pages, and a
# button to a contact form. The operator takes them back in the builder.
SAMPLE_VIEWS = (
    "website.header_text_element",
    "website.header_search_box",
    "website.header_call_to_action",
)
