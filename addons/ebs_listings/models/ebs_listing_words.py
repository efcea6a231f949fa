# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import re

from odoo import api, models
from odoo.addons.ebs_base.utils import to_text
from odoo.fields import Domain
from odoo.tools import SQL, escape_psql, file_open

MAX_QUERY_LENGTH = 100
MAX_WORDS = 8
# These do not part the words of a sentence: whoever types one means it.
SIGN = re.compile(r"[%_\\*+#@$&^|~<>=\[\]{}]")


class EbsListing(models.Model):
    """The words of a search: accents, capitals and plurals forgiven.

    PostgreSQL keeps them in the column `words`, filled by a trigger (see
    `data/ebs_listing_words.sql`): whatever writes a listing or renames a category,
    they are right.
    """

    _inherit = "ebs.listing"

    @api.model
    def _prepare_words(self):
        """Have column, index, functions and triggers, and fill what is empty."""
        with file_open("ebs_listings/data/ebs_listing_words.sql") as script:
            self.env.cr.execute(SQL(script.read()))

    # === WHAT IS TYPED === #

    @api.model
    def _cut_query(self, typed):
        """Return what was typed as one line, cut between words where it is too long."""
        if not isinstance(typed, str):
            return ""
        text = typed[:MAX_QUERY_LENGTH]
        if len(typed) > MAX_QUERY_LENGTH and not typed[MAX_QUERY_LENGTH].isspace():
            text = text.rpartition(" ")[0] or text
        return " ".join(to_text(text, MAX_QUERY_LENGTH).split())

    @api.model
    def _get_words(self, typed):
        """Return what is looked for: {word as typed: tsquery or None}.

        A word too common to count has no query. At most eight words of the first
        hundred characters are read.
        """
        text = self._cut_query(typed)
        if not text:
            return {}
        # The list, its number and its order ask for the same.
        known = self.env.cr.cache.setdefault("ebs_search_words", {})
        if text not in known:
            rows = self.env.execute_query(
                SQL("SELECT word, query FROM ebs_search_words(%s)", text)
            )
            known[text] = dict(rows[:MAX_WORDS])
        return known[text]

    @api.model
    def _get_tsquery(self, typed):
        """Return all words of a text as one tsquery; empty when none counts."""
        return " & ".join(filter(None, self._get_words(typed).values()))

    # === WHAT IS FOUND === #

    @api.model
    def _get_words_domain(self, typed):
        """Return the listings that hold every word of a text.

        What has a sign in it must stand there as it was typed. Where no word counts,
        signs or little words alone, titles are looked through letter by letter.
        """
        text = self._cut_query(typed)
        if not text:
            return Domain.TRUE
        query = self._get_tsquery(text)
        if not query:
            return Domain("name", "ilike", escape_psql(text))
        domain = self._get_match_domain(query)
        for part in filter(SIGN.search, text.split()[:MAX_WORDS]):
            pattern = escape_psql(part)
            domain &= Domain("name", "ilike", pattern) | Domain(
                "description", "ilike", pattern
            )
        return domain

    @api.model
    def _get_match_domain(self, query):
        """Return the listings whose words answer a tsquery."""
        self.env["ebs.category"].flush_model(["name"])
        self.flush_model(["name", "description", "category_id"])
        return Domain.custom(
            to_sql=lambda model, alias, _query: SQL(
                "%s @@ %s::tsquery", SQL.identifier(alias, "words"), query
            )
        )

    @api.model
    def _get_relevance(self, alias, query):
        """Return how well a listing fits: a title weighs most, then the category."""
        return SQL("ts_rank(%s, %s::tsquery)", SQL.identifier(alias, "words"), query)
