# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).


def migrate(cr, version):
    """What began about a listing for circles was made inside them."""
    cr.execute(
        """UPDATE ebs_exchange e SET is_private = TRUE FROM ebs_listing l
        WHERE l.id = e.listing_id AND l.visibility = 'circles'"""
    )
