# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models
from odoo.tools import SQL

# More than this is "many".
MAX_CHOICE_COUNT = 100
# Filter -> how the choices of what was found are counted: rows of (choice, number).
COUNTS = {
    "category": """
        SELECT node, sum(number)::bigint
        FROM (SELECT category_id, count(*) AS number FROM %(found)s GROUP BY 1) direct
        JOIN ebs_category category ON category.id = direct.category_id
        CROSS JOIN regexp_split_to_table(rtrim(category.parent_path, '/'), '/') node
        GROUP BY 1""",
    "zone": """
        SELECT zone_id::text, count(*) FROM %(found)s
        WHERE zone_id IS NOT NULL GROUP BY zone_id""",
    "side": "SELECT side, count(*) FROM %(found)s GROUP BY 1",
    "way": """
        SELECT way.code, count(*) FROM %(found)s found
        JOIN ebs_listing_ebs_way_rel rel ON rel.ebs_listing_id = found.id
        JOIN ebs_way way ON way.id = rel.ebs_way_id GROUP BY 1""",
    "kind": """
        SELECT kind, (SELECT count(*) FROM (
            SELECT FROM %(found)s found
            WHERE EXISTS (
                SELECT FROM ebs_listing_ebs_way_rel rel
                JOIN ebs_way way ON way.id = rel.ebs_way_id
                WHERE rel.ebs_listing_id = found.id
                    AND (way.code = 'service') = (kind = 'service')
            )
            LIMIT %(most)s
        ) AS few)
        FROM unnest(ARRAY['goods', 'service']) kind""",
    "photo": """
        SELECT '1', count(*) FROM (
            SELECT FROM %(found)s found
            WHERE EXISTS (SELECT FROM ebs_photo WHERE listing_id = found.id)
            LIMIT %(most)s
        ) AS few""",
    "org": """
        SELECT '1', count(*) FROM (
            SELECT FROM %(found)s found
            JOIN ebs_member member ON member.id = found.member_id
            WHERE member.kind != 'person' LIMIT %(most)s
        ) AS few""",
}


class EbsListing(models.Model):
    """How many listings each choice beside a search would leave."""

    _inherit = "ebs.listing"

    @api.model
    def _count_choices(self, company, filters):
        """Return {filter: {value: number}}, each number at most a hundred.

        Each choice is counted with the other filters on and its own off, as the user
        sees it, all in one statement. A choice that leaves nothing does not stand
        there. For what is on or off (``photo``, ``org``) the number stands alone.
        """
        numbers = {name: {} for name in COUNTS}
        statement = self._get_counts_sql(company, filters)
        if statement:
            # PostgreSQL would compile what it thinks dear and is not.
            self.env.cr.execute("SET LOCAL jit = off")
            for name, value, number in self.env.execute_query(statement):
                numbers[name][value] = min(number, MAX_CHOICE_COUNT)
        for name in ("photo", "org"):
            numbers[name] = numbers[name].get("1", 0)
        return numbers

    @api.model
    def _get_counts_sql(self, company, filters):
        """Return the statement: what is found, read once for all that count it."""
        found, parts = {}, []
        self.flush_model()
        self.env["ebs.photo"].flush_model(["listing_id"])
        for name, count in COUNTS.items():
            others = {key: val for key, val in filters.items() if key != name}
            key = SQL.identifier(f"found_{name}" if name in filters else "found_all")
            if key not in found:
                query = self._search(self._get_catalogue_domain(company, others))
                if query.is_empty():
                    return None
                columns = ("id", "category_id", "zone_id", "side", "member_id")
                found[key] = query.select(
                    *(SQL.identifier(query.table, column) for column in columns)
                )
            count = SQL(count, found=key, most=MAX_CHOICE_COUNT)
            parts.append(SQL("SELECT %s, part.* FROM (%s) part", name, count))
        tables = (
            SQL("%s AS MATERIALIZED (%s)", key, select) for key, select in found.items()
        )
        return SQL("WITH %s %s", SQL(", ").join(tables), SQL(" UNION ALL ").join(parts))
