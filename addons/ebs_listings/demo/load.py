# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The sample categories, what members give, swap, sell and offer, and who asked."""

from odoo.addons.ebs_base.clock import clock_at
from odoo.addons.ebs_base.demo.reading import (
    moment_at,
    name_record,
    quietly,
    read_rows,
)

from .acting import Story, play, publish

MODULE = "ebs_listings"


def load(env):
    """Fill the catalogue, then let exchanges happen."""
    env = env(context={**env.context, "lang": "fr_FR", "tracking_disable": True})
    load_categories(env)
    rows = read_rows(__file__, "listings.csv")
    rows += read_rows(__file__, "wants.csv")
    rows.sort(key=lambda row: -int(row["days"]))
    watched = [row for row in rows if row["state"] in ("pending", "rejected")]
    exchanges = read_rows(__file__, "exchanges.csv")
    with quietly(env):
        for number, row in enumerate(rows):
            if row not in watched:
                publish(env, MODULE, row, number, prepare_side)
        moderate(env, watched)
        play([Story(env, MODULE, row) for row in exchanges])


def prepare_side(row):
    """Return whether its owner has it, or looks for it."""
    return {"side": "want" if row["key"].startswith("cherche_") else "offer"}


def load_categories(env):
    company = env.ref("base.main_company")
    for number, row in enumerate(read_rows(__file__, "categories.csv")):
        parent = row["parent"] and env.ref(f"{MODULE}.demo_category_{row['parent']}").id
        category = env["ebs.category"].create(
            {
                "company_id": company.id,
                "name": row["name"],
                "parent_id": parent,
                "icon": row["icon"],
                "sequence": number * 10,
            }
        )
        name_record(env, MODULE, f"demo_category_{row['key']}", category)


def moderate(env, rows):
    """For some days the team reads listings before they appear."""
    gestion = env.ref("ebs_base.demo_user_gestion")
    company = env.ref("base.main_company").with_user(gestion).sudo()
    with clock_at(moment_at(company, -4, 9)):
        company.ebs_moderation = "before"
    for number, row in enumerate(rows):
        publish(env, MODULE, row, number)
        if row["state"] == "rejected":
            listing = env.ref(f"{MODULE}.demo_listing_{row['key']}")
            with clock_at(moment_at(company, -2, 9)):
                listing.with_user(gestion).action_reject(
                    "Filmer des personnes à leur insu est interdit : nous ne pouvons"
                    " pas publier cette annonce."
                )
    with clock_at(moment_at(company, 0, 0)):
        company.ebs_moderation = "after"
