# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import (
    accounts,
    asking,
    catalogue,
    circle_join,
    circle_manage,
    circle_pages,
    circles,
    common,
    dispute,
    exchange,
    handling,
    home,
    listing,
    my,
    profile,
    publish,
    scan,
    search,
    source,
    waiting,
)
