# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""How PostgreSQL goes about the catalogue; runs inside Odoo's own process."""

import re
from unittest.mock import patch

# Of the table of listings itself, not of those that join it to others.
SEQUENTIAL = re.compile(r"Seq Scan on ebs_listing\b")
_PAGE = 20


def explain_catalogue(env, login):
    """The statements that a first page of listings costs an account, explained.

    A list of {"sql": ..., "plan": ...}; the list comes first, then the count.
    """
    user = env["res.users"].search([("login", "=", login)])
    found, statements = explain_search(env, user, {})
    return {
        "shown": len(found),
        "of_circles": sum(one.visibility == "circles" for one in found),
        "statements": statements,
    }


def explain_search(env, user, filters):
    """What a first page of a search shows an account, and its statements, explained.

    They are caught as `_search_catalogue` sends them, and first run for the plan.
    """
    company = env.ref("base.main_company")
    listings = env["ebs.listing"].with_user(user).with_company(company)
    (found, _total, _meant), statements = catch(
        env, lambda: listings._search_catalogue(company, filters, limit=_PAGE)
    )
    return found, statements


def explain_map(env, box, zoom=12):
    """What the map of a box shows a visitor, and its statements, explained."""
    company = env.ref("base.main_company")
    listings = env["ebs.listing"].with_user(env.ref("base.public_user"))
    listings = listings.with_company(company)
    (groups, _few), statements = catch(
        env, lambda: listings._get_map(company, {}, box, zoom)
    )
    return {
        "groups": len(groups),
        "shown": sum(group["count"] for group in groups),
        "statements": statements,
    }


def catch(env, act):
    """What an act gives, and its statements on listings, first run for their plans."""
    statements = []
    cursor_class = type(env.cr)
    execute = cursor_class.execute

    def spy(cursor, query, params=None, **options):
        text = cursor.mogrify(query, params)
        text = text.decode() if isinstance(text, bytes) else text
        if ' FROM "ebs_listing"' in text:
            execute(cursor, "EXPLAIN (ANALYZE, BUFFERS) " + text)
            plan = "\n".join(row[0] for row in cursor.fetchall())
            statements.append({"sql": text, "plan": plan})
        return execute(cursor, query, params, **options)

    with patch.object(cursor_class, "execute", spy):
        return act(), statements
