# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import (
    test_accounts,
    test_addresses,
    test_asking_pages,
    test_calendar_pages,
    test_catalogue,
    test_circles_pages,
    test_dispute_pages,
    test_exchange_pages,
    test_feeds,
    test_found,
    test_handling_pages,
    test_inquiry_pages,
    test_listing_page,
    test_map_pages,
    test_messages_pages,
    test_publish,
    test_say,
    test_scan_pages,
    test_search_page,
    test_site,
)
