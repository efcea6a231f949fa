# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import (
    accounts,
    calendar,
    catalogue,
    circle_join,
    circle_manage,
    circle_pages,
    circles,
    common,
    exchange,
    home,
    listing,
    my,
    profile,
    publish,
    search,
    source,
)
