# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models
from odoo.addons.ebs_base.utils import to_text
from odoo.fields import Domain
from odoo.tools import SQL, escape_psql, file_open

MAX_QUERY_LENGTH = 100
MAX_WORDS = 8
# How alike (0 to 1, by letters three by three) a word must be to be the one meant.
LIKENESS = 0.35
# A word is looked for in so many titles that hold one like it.
MAX_TITLES = 500


class EbsListing(models.Model):
    """The words of a search: accents, plurals and slips of spelling forgiven.

    PostgreSQL keeps them in the column `words`, filled by a trigger (see
    `data/ebs_listing_words.sql`): whatever writes a listing or renames a category,
    they are right.
    """

    _inherit = "ebs.listing"

    @api.model
    def _prepare_words(self):
        """Have column, index, functions and triggers, and fill what is empty."""
        cr = self.env.cr
        cr.execute("ALTER TABLE ebs_listing ADD COLUMN IF NOT EXISTS words tsvector")
        with file_open("ebs_listings/data/ebs_listing_words.sql") as script:
            cr.execute(script.read())
        cr.execute(
            "CREATE INDEX IF NOT EXISTS ebs_listing_words_idx"
            " ON ebs_listing USING gin (words)"
        )

    # === AS TYPED === #

    @api.model
    def _get_words(self, text):
        """Return what is looked for: [(word as typed, tsquery or None)].

        A word too common to count has no query. At most eight words of the first
        hundred characters are read.
        """
        if not isinstance(text, str):
            return []
        text = to_text(text[:MAX_QUERY_LENGTH], MAX_QUERY_LENGTH)
        if not text:
            return []
        rows = self.env.execute_query(
            SQL("SELECT word, query FROM ebs_search_words(%s)", text)
        )
        return list(dict.fromkeys(rows))[:MAX_WORDS]

    @api.model
    def _get_words_domain(self, text):
        """Return the listings that hold every word of a text.

        Signs alone, or words that are everywhere, are looked for letter by letter in
        titles.
        """
        queries = self._get_tsquery(text)
        if queries:
            return Domain.custom(
                to_sql=lambda model, alias, query: SQL(
                    "%s @@ %s::tsquery", SQL.identifier(alias, "words"), queries
                )
            )
        if not isinstance(text, str):
            return Domain.TRUE
        text = to_text(text[:MAX_QUERY_LENGTH], MAX_QUERY_LENGTH)
        return Domain("name", "ilike", escape_psql(text)) if text else Domain.TRUE

    @api.model
    def _get_tsquery(self, text):
        """Return all words of a text as one tsquery, or None."""
        return " & ".join(query for _word, query in self._get_words(text) if query)

    @api.model
    def _get_relevance(self, alias, text):
        """Return how well a listing fits: a title weighs most, then the category."""
        return SQL(
            "ts_rank(%s, %s::tsquery)",
            SQL.identifier(alias, "words"),
            self._get_tsquery(text),
        )

    # === AS MEANT === #

    @api.model
    def _get_meant(self, domain, text):
        """Return a text with the words that nothing holds put right, or None.

        ``domain`` is what may be found by any word. What is read is what the user may
        see: no word that only hidden listings hold is ever proposed.
        """
        words = self._get_words(text)
        meant = []
        for word, query in words:
            known = not query or self.search_count(
                domain & self._get_words_domain(word), limit=1
            )
            meant.append(word if known else self._get_alike_word(domain, word) or word)
        if meant == [word for word, _query in words]:
            return None
        return " ".join(meant)

    @api.model
    def _get_alike_word(self, domain, word):
        """Return the word of a title that is written most like this one, or None."""
        if len(word) < 3:
            return None
        # What counts as alike for the operator of the index, in this transaction.
        self.env.cr.execute(
            "SELECT set_config('pg_trgm.word_similarity_threshold', %s, true)",
            (str(LIKENESS),),
        )
        alike = Domain.custom(
            to_sql=lambda model, alias, query: SQL(
                "unaccent(%s) <%% unaccent(%s)", word, SQL.identifier(alias, "name")
            )
        )
        titles = self._search(domain & alike)
        if titles.is_empty():
            return None
        titles.order = SQL(
            "word_similarity(unaccent(%s), unaccent(%s)) DESC",
            word,
            SQL.identifier(titles.table, "name"),
        )
        titles.limit = MAX_TITLES
        found = self.env.execute_query(
            SQL(
                """
                SELECT one
                FROM (%s) title,
                    regexp_split_to_table(ebs_plain(title.name), '\\s+') one
                WHERE length(one) > 2
                    AND similarity(unaccent(one), unaccent(%s)) >= %s
                GROUP BY one
                ORDER BY max(similarity(unaccent(one), unaccent(%s))) DESC,
                    count(*) DESC, one
                LIMIT 1
                """,
                titles.select(SQL.identifier(titles.table, "name")),
                word,
                LIKENESS,
                word,
            )
        )
        return found[0][0] if found else None
