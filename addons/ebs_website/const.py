# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Numbers and addresses that several files share."""

from odoo.tools.translate import LazyTranslate

_lt = LazyTranslate(__name__)

# The doors of a platform, as (address, name): each platform site gets them.
MENUS = [
    ("/listings", _lt("Listings")),
    ("/circles", _lt("Circles")),
    ("/publish", _lt("Publish")),
]
# Cards on one page of the catalogue.
PAGE_SIZE = 20
# Where the source code of what runs here is offered (AGPL, section 13) when the
# operator names no address of their own.
SOURCE_PAGE = "/source"
