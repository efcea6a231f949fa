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

    They are caught as `_search_catalogue` sends them, and run again for the plan.
    """
    company = env.ref("base.main_company")
    listings = env["ebs.listing"].with_user(user).with_company(company)
    found, texts = catch(
        env, lambda: listings._search_catalogue(company, filters, limit=_PAGE)[0]
    )
    return found, [{"sql": text, "plan": _explain(env, text)} for text in texts]


def explain_map(env, box, zoom=12):
    """What the map of a box shows a visitor, and its statements, explained."""
    company = env.ref("base.main_company")
    listings = env["ebs.listing"].with_user(env.ref("base.public_user"))
    listings = listings.with_company(company)
    (groups, _few), texts = catch(
        env, lambda: listings._get_map(company, {}, box, zoom)
    )
    return {
        "groups": len(groups),
        "shown": sum(group["count"] for group in groups),
        "statements": [{"sql": text, "plan": _explain(env, text)} for text in texts],
    }


def catch(env, act):
    """What an act gives, and the statements on listings that it sends."""
    caught = []
    cursor_class = type(env.cr)
    execute = cursor_class.execute

    def spy(cursor, query, params=None, **options):
        text = cursor.mogrify(query, params)
        caught.append(text.decode() if isinstance(text, bytes) else text)
        return execute(cursor, query, params, **options)

    with patch.object(cursor_class, "execute", spy):
        given = act()
    return given, [text for text in caught if ' FROM "ebs_listing"' in text]


def _explain(env, text):
    env.cr.execute("EXPLAIN (ANALYZE, BUFFERS) " + text)
    return "\n".join(row[0] for row in env.cr.fetchall())
