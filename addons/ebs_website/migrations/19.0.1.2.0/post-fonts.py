# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import re

from odoo import SUPERUSER_ID, api
from odoo.addons.ebs_website.const import FONTS
from odoo.addons.ebs_website.models.website import USER_VALUES


def migrate(cr, version):
    """The families of platforms' sites come in small files, without own sheets."""
    env = api.Environment(cr, SUPERUSER_ID, {})
    for website in env["website"].search([("company_id.is_ebs_platform", "=", True)]):
        website._ebs_add_fonts()
        assets = env["website.assets"].with_context(
            website_id=website.id, ebs_website_id=website.id
        )
        url = assets._make_custom_asset_url(USER_VALUES, "web.assets_frontend")
        text = (assets._get_content_from_url(url) or b"").decode()
        found = re.search(r"'google-local-fonts':\s*\((.*)\)", text)
        if not found:
            continue
        kept = dict(re.findall(r"'([^']+)':\s*(\d+)", found[1]))
        ours = [int(kept.pop(family)) for family in FONTS if family in kept]
        env["ir.attachment"].browse(ours).exists().unlink()
        value = ", ".join(f"'{family}': {id_}" for family, id_ in kept.items())
        assets.make_scss_customization(
            USER_VALUES, {"google-local-fonts": f"({value})" if value else "null"}
        )
