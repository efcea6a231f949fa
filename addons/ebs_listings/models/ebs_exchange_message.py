# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import hashlib

import psycopg2
from odoo import api, fields, models
from odoo.addons.ebs_base import clock
from odoo.addons.ebs_base.utils import to_int, to_text
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL, LazyTranslate, mute_logger

from .ebs_exchange import ENDED_STATES, MESSAGE_LENGTH, STAFF

_lt = LazyTranslate(__name__)

MAX_PHOTOS = 6
# A conversation is no album: what it may hold is bounded.
MAX_TALK_PHOTOS = 120
KEY_LENGTH = 100


class EbsExchange(models.Model):
    """The conversation of the two parties, and what of it each has not read yet."""

    _inherit = "ebs.exchange"

    # The newest message that a side has read. Its id, not its moment: two messages
    # of one second are two.
    owner_read_to = fields.Integer(readonly=True, copy=False, groups=STAFF)
    asker_read_to = fields.Integer(readonly=True, copy=False, groups=STAFF)
    unread_count = fields.Integer(
        string="Unread Messages",
        compute="_compute_unread_count",
        search="_search_unread_count",
        compute_sudo=True,
    )

    # === COMPUTE AND SEARCH === #

    @api.depends_context("uid")
    @api.depends("message_line_ids", "owner_read_to", "asker_read_to")
    def _compute_unread_count(self):
        counts = self._count_unread(self.ids)
        for exchange in self:
            exchange.unread_count = counts.get(exchange._origin.id, 0)

    def _search_unread_count(self, operator, value):
        counts = self._count_unread()
        if operator == ">" and isinstance(value, int) and value >= 0:
            ids = [one for one, count in counts.items() if count > value]
            return Domain("id", "in", ids)
        if operator == "in":
            ids = [one for one, count in counts.items() if count in value]
            found = Domain("id", "in", ids)
            return found | ~Domain("id", "in", list(counts)) if 0 in value else found
        return NotImplemented

    @api.model
    def _count_unread(self, ids=None):
        """Return how many messages the user has not read, by exchange: one query.

        Exchanges without any are not in it. Who stands on both sides is its owner.
        """
        mine = tuple(self.env["ebs.member"]._get_mine().ids)
        if not mine or ids == []:
            return {}
        self.flush_model(["owner_id", "asker_id", "owner_read_to", "asker_read_to"])
        self.env["ebs.message"].flush_model(["exchange_id", "member_id"])
        rows = self.env.execute_query(
            SQL(
                """SELECT e.id, COUNT(*) FROM ebs_exchange e
                JOIN ebs_message m ON m.exchange_id = e.id
                AND m.member_id = CASE WHEN e.owner_id IN %(mine)s
                    THEN e.asker_id ELSE e.owner_id END
                AND m.id > COALESCE(CASE WHEN e.owner_id IN %(mine)s
                    THEN e.owner_read_to ELSE e.asker_read_to END, 0)
                WHERE (e.owner_id IN %(mine)s OR e.asker_id IN %(mine)s) %(only)s
                GROUP BY e.id""",
                mine=mine,
                only=SQL("AND e.id IN %s", tuple(ids)) if ids else SQL(),
            )
        )
        return dict(rows)

    # === WHAT THE PARTIES DO === #

    def action_write(self, body, photos=None, key=None):
        """Write a line to the other party, or send photos, in base64, or both.

        `key` is what the form holds: the same words sent twice with it are sent once.
        """
        self._check_readable()
        side = self._get_my_side()
        if not side:
            raise UserError(self.env._("Only the two parties write here."))
        key = to_text(key, KEY_LENGTH)
        self._write_from(side, body, photos, key and f"form {key}")

    def action_mark_read(self, up_to=None):
        """Say that one has read the conversation, up to a message or to its end."""
        self._check_readable()
        side = self._get_my_side()
        if not side:
            raise UserError(self.env._("Only the two parties write here."))
        exchange_sudo = self.sudo()
        newest = max(exchange_sudo.message_line_ids.ids, default=0)
        wanted = to_int(up_to)
        exchange_sudo._set_read(side, newest if wanted is None else min(wanted, newest))

    # === BUSINESS METHODS === #

    def _write_from(self, side, body, photos=None, key=None, left_out_count=0):
        """Write for that side, by the user at work; all rules about it are here."""
        exchange_sudo = self.sudo()
        author = exchange_sudo._get_party(side)
        self.env["ebs.member"]._acting(exchange_sudo.company_id, author.id)
        if exchange_sudo.state in ENDED_STATES:
            raise UserError(
                self.env._("This exchange is over: nobody writes in it any more.")
            )
        body = to_text(body, MESSAGE_LENGTH)
        photos = exchange_sudo._read_message_photos(photos)
        if not body and not photos:
            raise UserError(self.env._("Please write something first."))
        message = exchange_sudo._write_message(
            author, body, photos, key, left_out_count=left_out_count
        )
        if not message:
            return
        exchange_sudo._tell(
            exchange_sudo._get_other_side(side),
            "ebs_listings.mail_message",
            _lt(
                "%(name)s wrote to you about “%(title)s”",
                name=exchange_sudo._get_party_name(side),
                title=exchange_sudo.title,
            ),
            {"message": body, "photo_count": len(photos)},
        )

    def _read_message_photos(self, photos):
        """Return clean pictures of raw ones, or say why not."""
        photos = photos or []
        if not isinstance(photos, list | tuple) or len(photos) > MAX_PHOTOS:
            raise UserError(self.env._("Please send %s photos at most.", MAX_PHOTOS))
        if photos:
            known = self.env["ebs.message.photo"].search_count(
                [("message_id.exchange_id", "=", self.id)]
            )
            if known + len(photos) > MAX_TALK_PHOTOS:
                raise UserError(
                    self.env._("There are enough photos in this conversation.")
                )
        return [self.env["ebs.photo"]._decode_photo(photo) for photo in photos]

    def _write_message(self, author, body, photos=(), key=None, **values):
        """Add a message to the conversation, by the user at work, and return it.

        What came with the same key before is not added: then return nothing. A form
        sent once more with other words, after a step back, is a message of its own;
        a mail is what it was, whatever is cut from it.
        """
        self.ensure_one()
        if key and key.startswith("form "):
            parts = [key, str(author.id), body, *map(str, photos)]
            key = "form " + hashlib.sha256("\0".join(parts).encode()).hexdigest()
        vals = {
            "exchange_id": self.id,
            "member_id": author.id,
            "author_name": author.name,
            "user_id": self.env.user.id,
            "body": body,
            "sent_at": clock.now(),
            "once_key": key or False,
            "photo_ids": [
                fields.Command.create({"image_1920": photo}) for photo in photos
            ],
            **values,
        }
        try:
            with mute_logger("odoo.sql_db"), self.env.cr.savepoint():
                message = self.env["ebs.message"].create(vals)
        except psycopg2.errors.UniqueViolation:
            return self.env["ebs.message"]
        self._set_read("owner" if author == self.owner_id else "asker", message.id)
        return message

    def _set_read(self, side, message_id):
        """Note what a side has read; going back in it is nothing new."""
        if (self[f"{side}_read_to"] or 0) < message_id:
            self.with_context(tracking_disable=True)[f"{side}_read_to"] = message_id
