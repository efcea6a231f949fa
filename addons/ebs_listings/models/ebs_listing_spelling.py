# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import re

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL, remove_accents

# As many words are mended in one search; who errs more is not understood.
MAX_MENDED = 3
# How alike a word and a part of a title are at least, as pg_trgm counts it.
LIKENESS = 0.4
MAX_TITLES = 100
_WORD = re.compile(r"[^\W\d_]{3,}")


class EbsListing(models.Model):
    """What was meant by a search that finds nothing as it was typed.

    Only titles that the user sees are asked: a word of none of them is not told.
    """

    _inherit = "ebs.listing"

    @api.model
    def _get_meant(self, company, typed):
        """Return a text with the words that no listing holds put right, or None."""
        if not self.env.registry.has_trigram:
            return None
        here = self._get_catalogue_domain(company, {})
        words = self._get_words(typed)
        # Of a word that nobody has PostgreSQL thinks that there are some: it would
        # read all listings to find the first.
        self._set_local(
            {
                "enable_seqscan": "off",
                "pg_trgm.word_similarity_threshold": str(LIKENESS),
            }
        )
        unknown = [
            word
            for word, query in words.items()
            if query and not self._is_known(here, query)
        ]
        mended = {}
        if len(unknown) <= MAX_MENDED:
            mended = {word: self._get_alike_word(here, word) for word in unknown}
        self._set_local({"enable_seqscan": "on"})
        if not mended or not all(mended.values()):
            return None
        return " ".join(mended.get(word, word) for word in words)

    @api.model
    def _set_local(self, values):
        """Set what PostgreSQL goes by, in this transaction alone."""
        settings = [
            SQL("set_config(%s, %s, TRUE)", name, value)
            for name, value in values.items()
        ]
        self.env.cr.execute(SQL("SELECT %s", SQL(", ").join(settings)))

    @api.model
    def _is_known(self, here, query):
        """Whether any listing that the user sees answers the query of a word."""
        found = self._search(here & self._get_match_domain(query), limit=1)
        return bool(found.get_result_ids())

    @api.model
    def _get_alike_word(self, here, word):
        """Return the word of a title that is written most like this one, or None."""
        if not _WORD.fullmatch(word):
            return None
        plain = _fold(word)
        best = None
        for rank, title in enumerate(self._find_titles(here, plain)):
            for candidate in _get_candidates(title):
                distance = _get_distance(plain, _fold(candidate))
                if distance is not None and (not best or (distance, rank) < best[0]):
                    best = (distance, rank), candidate
        return best[1] if best else None

    @api.model
    def _find_titles(self, here, plain):
        """Return the titles that are most like a word."""
        self.flush_model(["name"])
        alike = Domain.custom(
            to_sql=lambda model, alias, _query: SQL(
                "%s %%> %s", self._get_title_sql(alias), plain
            )
        )
        query = self._search(here & alike, limit=MAX_TITLES)
        query.order = SQL("%s <->> %s", self._get_title_sql(self._table), plain)
        names = query.select(SQL.identifier(self._table, "name"))
        return [title for (title,) in self.env.execute_query(names)]

    @api.model
    def _get_title_sql(self, alias):
        """The title without accents, as its index has it."""
        return self.env.registry.unaccent(SQL.identifier(alias, "name"))


def _fold(word):
    return remove_accents(word).lower()


def _get_candidates(title):
    """Return the words of a title, and two that somebody may write as one."""
    words = re.findall(r"[^\W_]+", title.lower())
    return [word for word in words if _WORD.fullmatch(word)] + [
        f"{one}-{other}" for one, other in zip(words, words[1:], strict=False)
    ]


def _get_distance(typed, word):
    """Return how far a word is from what was typed, or None for too far.

    A word that goes on after what was typed is nearly it.
    """
    word = word.replace("-", "")
    if len(typed) >= 4 and word.startswith(typed):
        return 0.5
    allowed = 1 if len(typed) < 5 else 2 if len(typed) < 9 else 3
    if abs(len(word) - len(typed)) > allowed:
        return None
    distance = _count_slips(typed, word)
    return distance if distance <= allowed else None


def _count_slips(typed, word):
    """Count the letters to put in, take out, change, or turn round."""
    older, old = [], list(range(len(word) + 1))
    for row, letter in enumerate(typed, 1):
        new = [row]
        for column, other in enumerate(word, 1):
            slips = min(
                old[column] + 1,
                new[column - 1] + 1,
                old[column - 1] + (letter != other),
            )
            if (
                row > 1
                and column > 1
                and letter == word[column - 2]
                and typed[row - 2] == other
            ):
                slips = min(slips, older[column - 2] + 1)
            new.append(slips)
        older, old = old, new
    return old[-1]
