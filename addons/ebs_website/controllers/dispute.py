# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""When an exchange went wrong: ask for a mediator, be heard, read the outcome."""

import base64

from odoo import http
from odoo.http import request
from odoo.tools import format_date

from ..say import say_moment
from .common import EbsController

MAX_ID = 2**31 - 1
ACTS = ("write", "withdraw", "reopen")
TICKS = ("is_private", "agreed")
MAX_PHOTOS = 6
# Six photos of ten megabytes, and the words.
MAX_CONTENT = 70 * 1024 * 1024


class EbsDisputes(EbsController, http.Controller):
    """The case about an exchange, for its two parties."""

    @http.route(
        "/my/exchanges/<int:exchange_id>/dispute",
        type="http",
        auth="user",
        website=True,
        methods=["GET"],
        readonly=True,
        sitemap=False,
    )
    def dispute(self, exchange_id, **kw):
        """The case and its conversation; where there is none, how to open it."""
        return self._render_dispute(self._find_disputable(exchange_id))

    @http.route(
        "/my/exchanges/<int:exchange_id>/dispute",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
        sitemap=False,
        max_content_length=MAX_CONTENT,
    )
    def dispute_open(self, exchange_id, **post):
        """Ask for a mediator; what is refused stays in the form."""
        exchange = self._find_disputable(exchange_id)
        reason = post.get("reason") or ""
        values = {
            "reason": reason,
            "photos": self._read_dispute_photos(),
            "agreed": bool(post.get("agreed")),
        }
        _done, error = self._try(exchange.action_open_dispute, values)
        if error:
            return self._render_dispute(
                exchange, error=error, act="open", typed=reason, status=422
            )
        return request.redirect(self._get_dispute_url(exchange))

    @http.route(
        f"/my/exchanges/<int:exchange_id>/dispute/<any({', '.join(ACTS)}):act>",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
        sitemap=False,
        max_content_length=MAX_CONTENT,
    )
    def dispute_act(self, exchange_id, act, **post):
        """Write in the case, withdraw it, or open it again."""
        exchange = self._find_disputable(exchange_id)
        dispute = exchange._get_dispute()
        if not dispute:
            raise self._not_found()
        typed = post.get("body") or ""
        if act == "write":
            arguments = [
                {
                    "body": typed,
                    "photos": self._read_dispute_photos(),
                    "is_private": bool(post.get("is_private")),
                }
            ]
        else:
            arguments = [typed] if act == "reopen" else []
        _done, error = self._try(getattr(dispute, f"action_{act}"), *arguments)
        if error:
            return self._render_dispute(
                exchange, error=error, act=act, typed=typed, status=422
            )
        if act == "withdraw":
            return request.redirect(f"/my/exchanges/{exchange.id}")
        return request.redirect(self._get_dispute_url(exchange) + "#ebs_write")

    # --------------------------------------------------------------------------
    # Reading
    # --------------------------------------------------------------------------

    def _find_disputable(self, exchange_id):
        """The exchange, when the visitor is a party and there is or may be a case."""
        exchange = request.env["ebs.exchange"].search(
            [
                ("id", "=", exchange_id if exchange_id <= MAX_ID else 0),
                ("company_id", "=", self._company().id),
                ("is_party", "=", True),
                ("accepted_at", "!=", False),
            ],
            limit=1,
        )
        if not exchange:
            raise self._not_found()
        return exchange

    def _read_dispute_photos(self):
        """The photos sent, as the action takes them; one too many is refused there."""
        files = request.httprequest.files.getlist("photos")
        contents = [file.read() for file in files[: MAX_PHOTOS + 1] if file.filename]
        return [base64.b64encode(content).decode() for content in contents if content]

    def _get_dispute_url(self, exchange):
        return f"/my/exchanges/{exchange.id}/dispute"

    def _render_dispute(self, exchange, error=None, act=None, typed="", status=200):
        company = self._company()
        dispute = exchange._get_dispute()
        side = exchange._get_my_side()
        values = {
            "exchange": exchange,
            "dispute": dispute,
            "side": side,
            "other": exchange._get_party_name(exchange._get_other_side(side)),
            "url": self._get_dispute_url(exchange),
            "additional_title": exchange.title,
            "act": act,
            "typed": typed,
            # What was ticked stays so: a word meant for the mediator alone.
            **{key: bool(act and request.params.get(key)) for key in TICKS},
            "error": error,
        }
        if not dispute:
            refusal = exchange._get_dispute_refusal()
            return self._render(
                "ebs_website.dispute_open", {**values, "refusal": refusal}, status
            )
        deadline = dispute.deadline
        return self._render(
            "ebs_website.dispute",
            {
                **values,
                "lines": [self._get_line(company, line) for line in dispute.line_ids],
                "deadline": format_date(
                    request.env, deadline, date_format="EEEE d MMMM"
                ),
                # As superuser: who has written, be it in private.
                "is_heard": side not in dispute.sudo()._get_unheard_sides(),
                "may_write": dispute.state in ("open", "taken"),
                "may_withdraw": dispute._may_be_withdrawn(),
                "may_reopen": dispute._may_be_reopened(),
                # As superuser: the deposit of one's own loan.
                "moved": dispute.sudo()._get_moved_deposit(),
            },
            status,
        )

    def _get_line(self, company, line):
        """One line of the conversation, with its photos."""
        mine = line.member_id.id in request.env["ebs.member"]._get_mine().ids
        if line.side == "mediator":
            name = request.env._("The mediator")
        else:
            name = request.env._("You") if mine else line.author_name
        return {
            "mine": mine,
            "name": name,
            "kind": line.kind,
            "line": line,
            "private": line.is_private,
            "moment": say_moment(request.env, company, line.sent_at),
            "photos": [
                f"/web/image/ebs.dispute.photo/{photo.id}" for photo in line.photo_ids
            ],
        }
