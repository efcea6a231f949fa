# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Hand-over and return on a phone: check-list, photos, contract, guarantor."""

import base64

from odoo import http
from odoo.fields import Domain
from odoo.http import request
from odoo.tools import format_amount

from ..say import say_day, say_moment
from .exchange import MAX_ID, EbsExchanges
from .my import ENDED, EbsSpace
from .publish import MAX_CONTENT
from .publish_form import MAX_PHOTOS

KINDS = "any(hand_over, return)"
# What is done on the page of a report, and with which act the loan goes on.
STATES = {"hand_over": ("accepted", "ongoing"), "return": ("ongoing", "returned")}


class EbsHandling(EbsExchanges):
    """The reports of an exchange, its contract, and what its guarantor sees."""

    # --------------------------------------------------------------------------
    # Condition reports
    # --------------------------------------------------------------------------

    @http.route(
        f"/my/exchanges/<int:exchange_id>/condition/<{KINDS}:kind>",
        type="http",
        auth="user",
        website=True,
        methods=["GET"],
        readonly=True,
        sitemap=False,
    )
    def condition(self, exchange_id, kind, **kw):
        """The check-list and the camera, for who hands over or takes back."""
        exchange = self._find_exchange(exchange_id)
        self._check_writable(exchange, kind)
        return self._render_condition(exchange, kind)

    @http.route(
        f"/my/exchanges/<int:exchange_id>/condition/<{KINDS}:kind>",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
        sitemap=False,
        max_content_length=MAX_CONTENT,
    )
    def condition_post(self, exchange_id, kind, **post):
        """Write the report, and hand over or take back in the same breath."""
        exchange = self._find_exchange(exchange_id)
        self._check_writable(exchange, kind)
        report = self._read_report(exchange, kind, post)
        if kind not in exchange._get_actions():
            call, arguments = exchange.action_report_condition, (kind, report)
        elif kind == "hand_over":
            received = bool(post.get("deposit_received"))
            call, arguments = exchange.action_hand_over, (received, report)
        else:
            call, arguments = exchange.action_return, (report,)
        _done, error = self._try(call, *arguments)
        if error:
            return self._render_condition(
                exchange,
                kind,
                error=error,
                typed=report,
                received=bool(post.get("deposit_received")),
                status=422,
            )
        return request.redirect(f"/my/exchanges/{exchange.id}")

    @http.route(
        f"/my/exchanges/<int:exchange_id>/condition/<{KINDS}:kind>"
        "/<any(confirm, object):answer>",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
        sitemap=False,
    )
    def condition_answer(self, exchange_id, kind, answer, **post):
        """Agree to a report, or say what is wrong with it."""
        exchange = self._find_exchange(exchange_id)
        if answer == "confirm":
            _done, error = self._try(exchange.action_confirm_condition, kind)
        else:
            _done, error = self._try(
                exchange.action_object_condition, kind, post.get("objection")
            )
        if error:
            return self._render_exchange(
                exchange, error=error, act=f"{answer}_{kind}", status=422
            )
        return request.redirect(f"/my/exchanges/{exchange.id}#ebs_conditions")

    def _check_writable(self, exchange, kind):
        """Only the owner's side writes a report, when it is time."""
        if exchange._get_my_side() != "owner" or exchange.state not in STATES[kind]:
            raise self._not_found()

    def _read_report(self, exchange, kind, post):
        """What the form says; nothing when it shows what is written already."""
        if not post.get("report"):
            return None
        form = request.httprequest.form
        files = request.httprequest.files.getlist("photos")
        # One more than there may be, for the sentence that says so.
        contents = [file.read() for file in files[: MAX_PHOTOS + 1] if file.filename]
        fine = set(form.getlist("checks"))
        names = exchange._get_checklist(kind)
        return {
            "note": post.get("note") or "",
            "checks": {name: str(n) in fine for n, name in enumerate(names)},
            "photos": [
                base64.b64encode(content).decode() for content in contents if content
            ],
        }

    def _render_condition(
        self, exchange, kind, error=None, typed=None, received=False, status=200
    ):
        company = self._company()
        typed = typed or {"note": "", "checks": {}}
        written = exchange._get_report(kind)
        before = exchange._get_report("hand_over") if kind == "return" else None
        is_next = kind in exchange._get_actions()
        return self._render(
            "ebs_website.condition",
            {
                "exchange": exchange,
                "kind": kind,
                "other": exchange.asker_name,
                "checklist": [
                    (n, name, typed["checks"].get(name))
                    for n, name in enumerate(exchange._get_checklist(kind))
                ],
                "note": typed["note"],
                "written": self._get_condition(company, exchange, written),
                "before": self._get_condition(company, exchange, before),
                "deposit_words": self._get_hand_words(exchange)
                if is_next and kind == "hand_over"
                else None,
                "received": received,
                "label": self._get_action_words(exchange)[kind]
                if is_next
                else request.env._("Save the report"),
                "ebs_narrow": True,
                "additional_title": exchange.title,
                "error": error,
            },
            status=status,
        )

    # --------------------------------------------------------------------------
    # Contract
    # --------------------------------------------------------------------------

    @http.route(
        "/my/exchanges/<int:exchange_id>/contract",
        type="http",
        auth="user",
        website=True,
        methods=["GET"],
        readonly=True,
        sitemap=False,
    )
    def contract(self, exchange_id, **kw):
        """The contract as it was agreed, to read and to print."""
        exchange = self._find_contract(exchange_id)
        company = self._company()
        return self._render(
            "ebs_website.contract",
            {
                "exchange": exchange,
                "is_rental": exchange.way_id.code == "rent",
                "articles": exchange._get_contract_articles(),
                "facts": self._get_contract_facts(company, exchange),
                "conditions": self._get_conditions(company, exchange),
                "back": exchange._get_my_side() and f"/my/exchanges/{exchange.id}",
                "ebs_narrow": True,
                "additional_title": exchange.title,
            },
        )

    def _find_contract(self, exchange_id):
        """An exchange with its contract, for its parties and the desk."""
        exchange = request.env["ebs.exchange"].search(
            [
                ("id", "=", exchange_id if exchange_id <= MAX_ID else 0),
                ("company_id", "=", self._company().id),
                ("contract_text", "!=", False),
            ],
            limit=1,
        )
        if not exchange or not (exchange.is_party or exchange._is_desk()):
            raise self._not_found()
        return exchange

    def _get_contract_facts(self, company, exchange):
        """What happened since it was agreed, as (word, value)."""
        deposit = exchange.deposit_id
        moments = (
            (request.env._("Handed over"), exchange.handed_over_at),
            (request.env._("Deposit received"), deposit.holder and deposit.held_at),
            (request.env._("Returned"), exchange.returned_at),
            (request.env._("Closed as lost"), exchange.lost_at),
            (request.env._("Deposit given back"), deposit.returned_at),
        )
        facts = [
            (word, say_moment(request.env, company, moment))
            for word, moment in moments
            if moment
        ]
        if deposit.state == "kept":
            kept = format_amount(request.env, deposit.kept_amount, deposit.currency_id)
            facts.append(
                (request.env._("Deposit kept"), f"{kept} – {deposit.kept_reason}")
            )
        return facts

    # --------------------------------------------------------------------------
    # Guarantor
    # --------------------------------------------------------------------------

    @http.route(
        "/my/guarantees/<int:guarantee_id>",
        type="http",
        auth="user",
        website=True,
        methods=["GET"],
        readonly=True,
        sitemap=False,
    )
    def guarantee(self, guarantee_id, **kw):
        """What one is asked to answer for; for all others the one 404."""
        return self._render_guarantee(self._find_guarantee(guarantee_id))

    @http.route(
        "/my/guarantees/<int:guarantee_id>/<any(accept, refuse):act>",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
        sitemap=False,
    )
    def guarantee_act(self, guarantee_id, act, **post):
        """Give one's word, or not."""
        guarantee = self._find_guarantee(guarantee_id)
        arguments = [post.get("reason") or ""] if act == "refuse" else []
        _done, error = self._try(getattr(guarantee, f"action_{act}"), *arguments)
        if error:
            return self._render_guarantee(
                guarantee, error=error, typed=arguments, status=422
            )
        return request.redirect(f"/my/guarantees/{guarantee.id}")

    def _find_guarantee(self, guarantee_id):
        guarantee = request.env["ebs.guarantee"].search(
            [
                ("id", "=", guarantee_id if guarantee_id <= MAX_ID else 0),
                ("company_id", "=", self._company().id),
                ("is_for_me", "=", True),
            ],
            limit=1,
        )
        if not guarantee:
            raise self._not_found()
        return guarantee

    def _render_guarantee(self, guarantee, error=None, typed=(), status=200):
        env, company = request.env, self._company()
        rows = [
            (env._("What"), guarantee.title),
            (env._("Lent by"), guarantee.owner_name),
            (env._("Borrowed by"), guarantee.asker_name),
            (env._("Last day"), say_day(env, company, guarantee.day_end)),
            (
                env._("Asked to last until"),
                guarantee.asked_until and say_day(env, company, guarantee.asked_until),
            ),
            (env._("Up to"), self._say_amount(guarantee, guarantee.amount)),
        ]
        return self._render(
            "ebs_website.guarantee",
            {
                "guarantee": guarantee,
                "sentence": self._get_guarantee_sentence(guarantee),
                "typed": typed[0] if typed else "",
                "rows": [(word, value) for word, value in rows if value],
                "waits": guarantee._waits_for_answer(),
                "reason": guarantee.called_reason or guarantee.announced_reason,
                "ebs_narrow": True,
                "additional_title": guarantee.title,
                "error": error,
            },
            status=status,
        )

    def _get_guarantee_sentence(self, guarantee):
        """What one owes now, and until when."""
        env = request.env
        words = {
            "asker": guarantee.asker_name,
            "owner": guarantee.owner_name,
            "amount": self._say_amount(guarantee, guarantee.amount),
            "called": self._say_amount(guarantee, guarantee.called_amount),
        }
        if guarantee.state == "asked":
            return env._(
                "%(asker)s asks you to answer for up to %(amount)s. You owe it only if "
                "the thing comes back damaged or not at all and %(asker)s does not "
                "make good for it.",
                **words,
            )
        if guarantee.state == "accepted":
            return self._get_given_sentence(guarantee, words)
        if guarantee.state == "called":
            return env._(
                "You answer for %(called)s, owed to %(owner)s if %(asker)s does not "
                "pay it.",
                **words,
            )
        return env._("You owe nothing.")

    def _get_given_sentence(self, guarantee, words):
        """What one owes who gave their word, step by step."""
        env, company = request.env, self._company()
        if guarantee._is_asked_longer():
            return env._(
                "%(asker)s would like to keep it until %(day)s. You said yes to an "
                "earlier day: will you answer for it until then? You owe nothing now.",
                day=say_day(env, company, guarantee.asked_until),
                **words,
            )
        if guarantee.is_disputed and guarantee.settles_at:
            return env._(
                "A mediator looks at what was announced: nothing is owed before the "
                "outcome."
            )
        if guarantee.settles_at:
            return env._(
                "%(owner)s says that %(announced)s is to be made good for. Nothing is "
                "owed before %(moment)s: talk about it with %(asker)s.",
                announced=self._say_amount(guarantee, guarantee.announced_amount),
                moment=say_moment(env, company, guarantee.settles_at),
                **words,
            )
        if guarantee.exchange_state == "ongoing":
            return env._(
                "You answer for up to %(amount)s until %(owner)s says that all is in "
                "order. You owe nothing now.",
                **words,
            )
        if guarantee.exchange_state == "returned":
            return env._(
                "It is back. You answer for it until %(owner)s says that all is in "
                "order; you owe nothing so far.",
                **words,
            )
        if guarantee.exchange_state == "lost":
            return env._(
                "It is lost. %(owner)s has to say what becomes of it; you owe nothing "
                "so far.",
                **words,
            )
        return env._(
            "You gave your word. You owe nothing before the thing is handed over."
        )

    def _say_amount(self, guarantee, amount):
        return format_amount(request.env, amount, guarantee.currency_id)

    # --------------------------------------------------------------------------
    # The page of the exchange
    # --------------------------------------------------------------------------

    def _get_extra(self, company, exchange, act, main):
        params = request.params if act else {}
        kind = main if main in STATES else None
        report = kind and exchange._get_report(kind)
        required = kind and not report and exchange.condition_required
        deposit = exchange.deposit_id
        return {
            **super()._get_extra(company, exchange, act, main),
            "conditions": self._get_conditions(company, exchange),
            "report_url": f"/my/exchanges/{exchange.id}/condition/{kind}"
            if kind and not report
            else None,
            "report_first": bool(
                kind and not report and (required or exchange._get_checklist(kind))
            ),
            "hand_words": self._get_hand_words(exchange),
            "guarantors": exchange._get_guarantor_choices()
            if main == "ask_guarantor"
            else [],
            "guarantor_words": exchange._get_guarantor_words(),
            "keep": {
                "most": deposit.amount,
                "symbol": exchange.currency_id.symbol,
                "amount": params.get("amount") or deposit.announced_amount or "",
                "reason": params.get("reason") or deposit.announced_reason or "",
                "days": company.ebs_keep_notice_days,
            },
            "contract_url": f"/my/exchanges/{exchange.id}/contract"
            if exchange.contract_text
            else None,
        }

    def _get_hand_words(self, exchange):
        """The deposit that goes from hand to hand, or nothing."""
        if exchange.deposit_kind not in ("cheque", "cash"):
            return None
        return self._get_deposit_words(exchange)

    def _get_conditions(self, company, exchange):
        """The reports that the visitor may read, in the order of the loan."""
        reports = exchange.condition_ids.sorted("kind")
        return [self._get_condition(company, exchange, report) for report in reports]

    def _get_condition(self, company, exchange, report):
        if not report:
            return None
        env, side = request.env, exchange._get_my_side()
        return {
            "kind": report.kind,
            "title": env._("At the hand-over")
            if report.kind == "hand_over"
            else env._("At the return"),
            "by": exchange.owner_name if report.made_side == "owner" else company.name,
            "moment": say_moment(env, company, report.made_at),
            "note": report.note,
            "checks": report.checks or [],
            "photos": [
                f"/web/image/ebs.condition.photo/{one}" for one in report.photo_ids.ids
            ],
            "waits": bool(side) and report._is_waiting_for(side),
            "answer": self._get_answer_words(exchange, report),
            "objection": report.objection,
        }

    def _get_answer_words(self, exchange, report):
        """Who agrees with a report, in one sentence."""
        env = request.env
        if report.objected_at:
            name = exchange._get_party_name(report.objected_side)
            return env._("%(name)s does not agree:", name=name)
        if report.desk_confirmed_at:
            return env._("Confirmed by the team.")
        if report.owner_confirmed_at and report.asker_confirmed_at:
            return env._("Both agree.")
        missing = "asker" if report.owner_confirmed_at else "owner"
        if not report.asker_confirmed_at and not report.owner_confirmed_at:
            return env._("Neither has confirmed it yet.")
        return env._(
            "%(name)s has not confirmed it yet.",
            name=exchange._get_party_name(missing),
        )


class EbsHandlingSpace(EbsSpace):
    """What waits for a guarantor, and for who has a report to confirm."""

    def _get_exchange_tasks(self, company):
        yield from super()._get_exchange_tasks(company)
        env = request.env
        reports = env["ebs.condition"].search(
            Domain("company_id", "=", company.id)
            & Domain("exchange_id", "any", [("is_party", "=", True)])
            & Domain("exchange_id.state", "not in", ENDED)
            & Domain("desk_confirmed_at", "=", False)
            & Domain("objected_at", "=", False)
            & (
                Domain("owner_confirmed_at", "=", False)
                | Domain("asker_confirmed_at", "=", False)
            ),
            limit=20,
        )
        # One line for a loan, were its two reports waiting.
        for exchange, waiting in reports.grouped("exchange_id").items():
            side = exchange._get_my_side()
            if side and any(report._is_waiting_for(side) for report in waiting):
                yield {
                    "title": exchange.title,
                    "sentence": env._("Do you agree with the report of its condition?"),
                    "url": f"/my/exchanges/{exchange.id}#ebs_conditions",
                    "button": env._("Look at it"),
                }
        guarantees = env["ebs.guarantee"].search(
            [
                ("company_id", "=", company.id),
                ("is_for_me", "=", True),
                ("state", "in", ("asked", "accepted")),
            ],
            limit=20,
        )
        for guarantee in guarantees.filtered(lambda one: one._waits_for_answer()):
            yield {
                "title": guarantee.title,
                "sentence": env._(
                    "%(asker)s asks you to answer for this loan.",
                    asker=guarantee.asker_name,
                ),
                "url": f"/my/guarantees/{guarantee.id}",
                "button": env._("Answer"),
            }
