# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models
from odoo.addons.ebs_base import clock
from odoo.tools import format_amount, format_date


class EbsExchange(models.Model):
    """The contract of a loan or rental, written down when both agree.

    It is kept as it was then, whatever becomes of the listing, of the platform's
    rules or of our words.
    """

    _inherit = "ebs.exchange"

    # Articles with an empty line between two; the first line of each is its title.
    contract_text = fields.Text("Contract", readonly=True, copy=False)

    # === BUSINESS METHODS === #

    def _commit_accept(self):
        """Write the contract, in the language of the platform."""
        res = super()._commit_accept()
        if self._is_loan():
            self._write_contract()
        return res

    def _write_contract(self):
        """Write the contract of what is agreed, once and for all."""
        lang = self.company_id.partner_id.lang or self.env.lang
        self.contract_text = self.with_context(lang=lang)._get_contract_text()

    def _get_contract_articles(self):
        """The contract as [(title, text), …]."""
        blocks = (self.sudo().contract_text or "").split("\n\n")
        return [tuple(block.split("\n", 1)) for block in blocks if "\n" in block]

    def _get_contract_text(self):
        """Write the contract of what is agreed now."""
        is_rental = self.way_id.code == "rent"
        articles = [
            self._get_parties_article(is_rental),
            self._get_period_article(),
            *(
                self._get_rental_articles()
                if is_rental
                else self._get_free_loan_articles()
            ),
            self._get_condition_article(),
            self._get_deposit_article(),
        ]
        return "\n\n".join(
            f"{number}. {title}\n{text}"
            for number, (title, text) in enumerate(articles, start=1)
        )

    def _get_parties_article(self, is_rental):
        words = {
            "owner": self.owner_name,
            "asker": self.asker_name,
            "title": self.title,
            "platform": self.company_id.name,
        }
        if is_rental:
            text = self.env._(
                "%(owner)s rents out to %(asker)s: %(title)s. They met on "
                "%(platform)s, which is no party to this contract.",
                **words,
            )
        else:
            text = self.env._(
                "%(owner)s lends to %(asker)s, free of charge: %(title)s. They met on "
                "%(platform)s, which is no party to this contract.",
                **words,
            )
        return (self.env._("Who, and what"), text)

    def _get_period_article(self):
        words = {
            "first": self._say_contract_day(self.day_start),
            "last": self._say_contract_day(self.day_end),
            "place": self.place,
            "agreed": self._say_contract_day(
                self.company_id._ebs_local(self.accepted_at or clock.now()).date()
            ),
        }
        text = self.env._(
            "From %(first)s to %(last)s, as agreed on %(agreed)s.", **words
        )
        if self.place:
            text += " " + self.env._("Place: %(place)s.", **words)
        return (self.env._("From when to when"), text)

    def _get_free_loan_articles(self):
        """A free loan: French Civil Code, articles 1875 to 1891."""
        return [
            (
                self.env._("A free loan"),
                self.env._(
                    "This is a loan for use, free of charge (Civil Code, articles "
                    "1875 and 1876). The thing stays the property of who lends it "
                    "(article 1877)."
                ),
            ),
            (
                self.env._("What the borrower promises"),
                self.env._(
                    "To look after the thing with reasonable care, and to use it only "
                    "for what it is made for or what was agreed (article 1880); not to "
                    "lend it to others; to bear what its use costs (article 1886); to "
                    "give it back on the last day at the latest. Wear from normal use "
                    "is not the borrower’s to pay (article 1884). Whoever uses it for "
                    "something else, or keeps it longer, answers for its loss even by "
                    "accident (article 1881). A deposit or a value named here does not "
                    "put a loss by accident on the borrower (article 1883)."
                ),
            ),
            (
                self.env._("What the lender promises"),
                self.env._(
                    "To leave the thing for the days agreed, but for a pressing and "
                    "unforeseen need (articles 1888 and 1889); to pay back necessary "
                    "and urgent costs of keeping it (article 1890); to tell of the "
                    "faults that could do harm (article 1891)."
                ),
            ),
        ]

    def _get_rental_articles(self):
        """A rental: French Civil Code, articles 1709 and following."""
        if self.price:
            price = self.env._(
                "The price is %(price)s (Civil Code, article 1709). It is paid to the "
                "owner: the platform receives nothing for others.",
                price=self._say_amount(self.price, self.currency_id),
            )
        else:
            price = self.env._(
                "The price is what the parties agreed on in their conversation (Civil "
                "Code, article 1709). It is paid to the owner: the platform receives "
                "nothing for others."
            )
        return [
            (self.env._("A rental"), price),
            (
                self.env._("What the tenant promises"),
                self.env._(
                    "To use the thing with reasonable care and for what it is made "
                    "for, and to pay the price (article 1728); to give it back as it "
                    "was received, but for wear and what came by accident (article "
                    "1730); to answer for damage during the rental, unless it came "
                    "without any fault of the tenant (article 1732); to give it back "
                    "on the last day at the latest."
                ),
            ),
            (
                self.env._("What the owner promises"),
                self.env._(
                    "To hand the thing over in good order, to keep it fit for use, and "
                    "to let the tenant use it in peace for the days agreed (articles "
                    "1719 and 1720); to answer for hidden faults that prevent its use "
                    "(article 1721)."
                ),
            ),
        ]

    def _get_condition_article(self):
        if self.condition_required:
            text = self.env._(
                "A report is written at the hand-over and at the return, and each "
                "party may confirm it or object. Both reports are a part of this "
                "contract."
            )
        else:
            text = self.env._(
                "The parties look at the thing together at the hand-over and at the "
                "return. Where a report is written, each may confirm it or object, and "
                "it is a part of this contract."
            )
        return (self.env._("In what state"), text)

    def _get_deposit_article(self):
        words = {
            "amount": self._say_amount(self.deposit_amount, self.currency_id),
            "days": self.company_id.ebs_keep_notice_days,
        }
        given = self._get_deposit_clause(words)
        if given:
            kept = self.env._(
                "What may be kept of it, in whole or in part, needs a reason: the "
                "borrower reads it at least %(days)s days before, and may object.",
                **words,
            )
            given = f"{given} {kept}"
        return (
            self.env._("Deposit"),
            given or self.env._("There is no deposit."),
        )

    def _get_deposit_clause(self, words):
        """Say what secures the loan; nothing when nothing does."""
        clauses = {
            "cheque": self.env._(
                "A cheque of %(amount)s, which is not cashed meanwhile. It is given "
                "back once the thing is back in order.",
                **words,
            ),
            "cash": self.env._(
                "%(amount)s in cash. It is given back once the thing is back in order.",
                **words,
            ),
            "guarantor": self.env._(
                "A guarantor answers for up to %(amount)s, should the borrower not "
                "make good for damage, until the thing is back in order.",
                **words,
            ),
        }
        return clauses.get(self.deposit_kind)

    def _say_contract_day(self, day):
        lang = self.env.lang or "en_US"
        return format_date(self.env, day, lang_code=lang, date_format="EEEE d MMMM y")

    def _say_amount(self, amount, currency):
        return format_amount(self.env, amount, currency, self.env.lang or "en_US")
