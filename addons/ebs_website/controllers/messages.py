# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The conversation on the page of an exchange: write, send photos, read on."""

import base64
from uuid import uuid4

from odoo import http
from odoo.http import request

from ..say import say_moment
from .exchange import EbsExchanges

# Where nobody writes any more.
SILENT = ("declined", "cancelled", "expired")
MAX_PHOTOS = 6
# Six photos of ten megabytes, and the words.
MAX_CONTENT = 70 * 1024 * 1024
# What is shown at once; the older ones by one click.
SHOWN = 50


class EbsMessages(EbsExchanges):
    """What the two parties send each other.

    New messages come by asking for them, from an open page that is looked at: one GET
    of a few queries. Odoo's bus would bring them sooner; but it opens a websocket, and
    loads its client, on each page of the site, keeps a connection for each visitor,
    and its channels are partners and records that a portal account may not follow.
    """

    @http.route(
        "/my/exchanges/<int:exchange_id>/write",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
        sitemap=False,
        max_content_length=MAX_CONTENT,
    )
    def exchange_write(self, exchange_id, **post):
        """Send words, photos or both; what is refused stays in the form."""
        exchange = self._find_exchange(exchange_id)
        body = post.get("body") or ""
        _done, error = self._try(
            exchange.action_write, body, self._read_sent_photos(), post.get("key")
        )
        if error:
            return self._render_exchange(
                exchange, error=error, act="write", typed=[body], status=422
            )
        return request.redirect(f"/my/exchanges/{exchange.id}#ebs_write")

    @http.route(
        "/my/exchanges/<int:exchange_id>/read",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
        sitemap=False,
    )
    def exchange_read(self, exchange_id, up_to=None, script="", **post):
        """Note what has been read; by script, without an answer."""
        exchange = self._find_exchange(exchange_id)
        self._try(exchange.action_mark_read, up_to)
        if script:
            return request.make_response("", status=204)
        return request.redirect(f"/my/exchanges/{exchange.id}#ebs_write")

    @http.route(
        "/my/exchanges/<int:exchange_id>/messages.json",
        type="http",
        auth="user",
        website=True,
        methods=["GET"],
        readonly=True,
        sitemap=False,
    )
    def exchange_messages(self, exchange_id, after="", **kw):
        """What was written since, as it stands on the page."""
        exchange = self._find_exchange(exchange_id)
        known = int(after) if after.isdecimal() and len(after) < 10 else 0
        messages = request.env["ebs.message"].search(
            [("exchange_id", "=", exchange.id), ("id", ">", known)], limit=SHOWN
        )
        html = ""
        if messages:
            html = request.env["ir.qweb"]._render(
                "ebs_website.exchange_messages",
                {"messages": self._get_lines(self._company(), messages)},
            )
        return request.make_json_response(
            {"html": str(html), "last": max(messages.ids, default=known)},
            headers={"Cache-Control": "private, no-store"},
        )

    # --------------------------------------------------------------------------
    # Reading
    # --------------------------------------------------------------------------

    def _read_sent_photos(self):
        """The photos sent, as the action takes them; one too many is refused there."""
        files = request.httprequest.files.getlist("photos")
        contents = [file.read() for file in files[: MAX_PHOTOS + 1] if file.filename]
        return [base64.b64encode(content).decode() for content in contents if content]

    def _get_extra(self, company, exchange, act, main):
        lines = request.env["ebs.message"].search(
            [("exchange_id", "=", exchange.id)],
            order="sent_at desc, id desc",
            limit=None if request.params.get("all") else SHOWN + 1,
        )
        messages = lines[:SHOWN] if not request.params.get("all") else lines
        return {
            **super()._get_extra(company, exchange, act, main),
            "may_write": exchange.state not in SILENT,
            "messages": self._get_lines(company, messages.sorted()),
            "has_older": len(lines) > len(messages),
            "last_message": max(messages.ids, default=0),
            "unread": exchange.unread_count,
            "write_key": uuid4().hex,
        }

    def _get_lines(self, company, messages):
        """The messages as they are shown, oldest first."""
        mine = set(request.env["ebs.member"]._get_mine().ids)
        return [
            {
                "mine": message.member_id.id in mine,
                "name": message.author_name,
                "body": message.body,
                "moment": say_moment(request.env, company, message.sent_at),
                "left_out": message.left_out_count,
                "photos": [
                    f"/web/image/ebs.message.photo/{photo_id}"
                    for photo_id in message.photo_ids.ids
                ],
            }
            for message in messages
        ]
