# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The site of the sample platform: its name, and French before English."""


def load(env):
    """Name the site after the platform and open it in French."""
    french = env.ref("base.lang_fr")
    company = env.ref("base.main_company")
    sites = env["website"].search([("company_id", "=", company.id)])
    sites.language_ids |= french
    # No tiles are kept beside a sample: the zones are drawn.
    company.ebs_tile_url = False
    sites[:1].write({"name": company.name, "default_lang_id": french.id})
