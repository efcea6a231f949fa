# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What coming and going needs beside the addon's own data."""


def post_init_hook(env):
    """Open the sites of companies that were platforms before the website came."""
    websites = env["website"].search([("company_id.is_ebs_platform", "=", True)])
    websites._ebs_open()


def uninstall_hook(env):
    """Take the doors of the platforms away: their pages go with the addon."""
    env["website"].search([])._ebs_close()
