# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import re
from collections import Counter

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import escape_psql, remove_accents

# Listings that are looked at, the newest ones: enough to see a habit.
MAX_ALIKE = 60
MAX_GUESS_WORDS = 6
# Words that say nothing of what a thing is.
EMPTY_WORDS = {
    *("avec", "bon", "bonne", "cherche", "dans", "deux", "donne", "echange", "etat"),
    *("grand", "grande", "les", "mes", "mon", "neuf", "neuve", "par", "petit"),
    *("petite", "pour", "prete", "quatre", "sans", "ses", "son", "sur", "tres"),
    *("trois", "une", "vends", "from", "the", "with", "and", "for"),
}


def _fold(word):
    """Return a word as it counts here: no accent, no capital, no plural."""
    word = remove_accents(word).lower()
    return word[:-1] if len(word) > 3 and word[-1] in "sx" else word


class EbsListing(models.Model):
    """Which category a title is most likely meant for."""

    _inherit = "ebs.listing"

    @api.model
    def get_category_guess(self, title):
        """Return the id of the category that a title suggests here, or False.

        It follows the names of the categories, and what listings that the user may
        see have chosen for titles alike.
        """
        return self._guess_category(self.env.company, title).id

    @api.model
    def _guess_category(self, company, title):
        words = self._get_title_words(title)
        categories = self.env["ebs.category"].search_fetch(
            [("company_id", "=", company.id)], ["name", "parent_id"]
        )
        if not words or not categories:
            return categories.browse()
        scores = Counter()
        for category in categories:
            # The deeper one is the more precise one.
            depth = 1.1 if category.parent_id else 1
            named = set(map(_fold, self._split(category.name)))
            scores[category] += 4 * depth * self._weigh(words, named)
        here = Domain("company_id", "=", company.id) & Domain("state", "=", "published")
        alike = self.search_fetch(
            here
            & Domain("category_id", "!=", False)
            & Domain.OR(
                Domain("name", "ilike", escape_psql(typed)) for typed in words.values()
            ),
            ["name", "category_id"],
            limit=MAX_ALIKE,
            order="published_at desc, id desc",
        )
        for listing in alike:
            named = set(map(_fold, self._split(listing.name)))
            scores[listing.category_id] += self._weigh(words, named) ** 2
        best, score = max(scores.items(), key=lambda item: item[1])
        return best if score >= 1 else categories.browse()

    @api.model
    def _weigh(self, words, named):
        """Return how much the words of a title say: the first one says the most."""
        return sum(
            1.5 if rank == 0 else 1 for rank, one in enumerate(words) if one in named
        )

    @api.model
    def _get_title_words(self, title):
        """Return {folded: as typed, without its plural} of the words that say much."""
        words = {}
        for typed in self._split(title if isinstance(title, str) else ""):
            folded = _fold(typed)
            if len(folded) > 2 and folded not in EMPTY_WORDS:
                words.setdefault(folded, typed[: len(folded)])
        return dict(list(words.items())[:MAX_GUESS_WORDS])

    @api.model
    def _split(self, text):
        return re.findall(r"[^\W\d_]+", text[:200])
