# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

# What data/ebs_listing_words.sql makes beside the tables, with what calls it first.
FUNCTIONS = (
    "ebs_listing_set_words",
    "ebs_category_set_words",
    "ebs_listing_vector",
    "ebs_search_words",
    "ebs_vector",
    "ebs_quote_lexeme",
    "ebs_lexemes",
    "ebs_plain",
)


def uninstall_hook(env):
    """Take PostgreSQL's functions away, and the triggers that call them."""
    for name in FUNCTIONS:
        env.cr.execute(f"DROP FUNCTION IF EXISTS {name} CASCADE")  # noqa: S608 ours
