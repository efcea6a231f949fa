# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).


def uninstall_hook(env):
    """Take the loans away with the addon: nothing could say any more what they are.

    Without it their two ways would stay behind, held by the exchanges.
    """
    env["ebs.exchange"].search([("way_id.commitment", "=", "booking")]).unlink()
