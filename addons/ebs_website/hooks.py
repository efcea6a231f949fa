# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What leaving the website behind needs."""

from .const import MENUS


def uninstall_hook(env):
    """Take away the menus of the platforms: their pages go with the addon."""
    menus = env["website.menu"].search(
        [("url", "in", [url for url, _name in MENUS]), ("website_id", "!=", False)]
    )
    menus.unlink()
