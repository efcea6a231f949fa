# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import base64
import logging
from datetime import timedelta

from odoo import api, fields, models
from odoo.addons.ebs_base import clock
from odoo.addons.ebs_base.utils import to_image
from odoo.exceptions import UserError
from odoo.tools import LazyTranslate, consteq, email_normalize, hmac

from ..mail_reply import read_reply
from .ebs_exchange import STAFF
from .ebs_exchange_message import MAX_PHOTOS

_lt = LazyTranslate(__name__)
_logger = logging.getLogger(__name__)

REPLY_SCOPE = "ebs_reply"
MAX_MAIL_BYTES = 25 * 1024 * 1024
# The logos and signs that stand in a signature are no photos.
MAX_DECORATION_BYTES = 20_000
# Two machines that answer each other are stopped by this.
MAX_MAILS_AN_HOUR = 20
# Nobody is told twice in that time why an answer did not come through.
REFUSAL_PAUSE = timedelta(hours=1)


class EbsExchange(models.Model):
    """What a party answers by mail comes into the conversation.

    Each account of each side gets an address of its own to answer to. The proof in it
    is the secret: who does not hold it writes nothing. It opens this one conversation,
    for that account alone and as long as the account acts for the party.

    Who wrote is asked too: a mail from an address that is not that account's writes
    nothing, be it a friend's to whom a notice was forwarded, or a second address of
    the member, who is told so at the known one. This is no second secret: who holds
    the proof and forges a sender is stopped by the checks of the operator's mail
    server (SPF, DKIM, DMARC), or not at all. Whoever reads a member's mail can write
    for that member in the conversations that it shows, and see nothing else.
    """

    _inherit = "ebs.exchange"

    owner_refused_at = fields.Datetime(readonly=True, copy=False, groups=STAFF)
    asker_refused_at = fields.Datetime(readonly=True, copy=False, groups=STAFF)

    # === WHERE ANSWERS GO === #

    @api.model
    def _get_answered_mails(self):
        """Hook: the mails whose answer is for the other party."""
        return {
            "ebs_listings.mail_inquiry",
            "ebs_listings.mail_request",
            "ebs_listings.mail_message",
            "ebs_listings.mail_accepted",
        }

    def _get_reply_address(self, side, user):
        """Return the address at which this account answers, or nothing yet."""
        self.ensure_one()
        domain_sudo = self.company_id._ebs_get_mail_domain()
        if not domain_sudo:
            return None
        proof = self._get_reply_proof(self.id, side, user.id)
        return f"reply+{self.id}-{side[0]}{user.id}-{proof}@{domain_sudo.name.lower()}"

    @api.model
    def _get_reply_proof(self, exchange_id, side, user_id):
        """Return 128 bits that nobody makes without the secret of the database."""
        return hmac(self.env(su=True), REPLY_SCOPE, (exchange_id, side, user_id))[:32]

    # === WHAT COMES IN === #

    @api.model
    def _receive_mail(self, addresses, raw):
        """Take in what a mail says, and tell whether it was for a platform at all.

        `addresses` are the parts of the reply addresses in it. Whatever is wrong with
        it, there is no error, and no answer to a stranger.
        """
        platforms = self.env["res.company"].sudo()
        platforms = platforms.search([("is_ebs_platform", "=", True)])
        domains = {name.lower() for name in platforms.alias_domain_id.mapped("name")}
        addresses = [parts for parts in addresses[:10] if parts[-1] in domains]
        for parts in addresses:
            exchange, side, user = self.sudo()._read_reply_address(*parts)
            if exchange:
                company = exchange.company_id
                exchange = exchange.with_user(user).with_company(company).sudo()
                exchange = exchange.with_context(lang=user.lang, tz=company.ebs_tz)
                exchange._receive_from(side, raw)
                return True
        if addresses:
            _logger.info("A mail to a reply address that opens nothing: dropped.")
        return bool(addresses)

    @api.model
    def _read_reply_address(self, exchange_id, letter, user_id, proof, domain):
        """Return exchange, side and user of an address that holds, else nothing."""
        nothing = self.browse(), None, None
        side = "owner" if letter == "o" else "asker"
        expected = self._get_reply_proof(int(exchange_id), side, int(user_id))
        if not consteq(expected, proof):
            return nothing
        exchange = self.browse(int(exchange_id)).exists()
        users = exchange and exchange._get_party(side)._get_users()
        user = users and users.filtered(lambda one: one.id == int(user_id))
        if not user:
            return nothing
        own_domain = exchange.company_id._ebs_get_mail_domain()
        if (own_domain.name or "").lower() != domain:
            return nothing
        return exchange, side, user

    def _receive_from(self, side, raw):
        """Take in what this user answers for that side, or tell why it cannot be."""
        if len(raw) > MAX_MAIL_BYTES:
            self._refuse_mail(
                side,
                self.env._(
                    "It is too heavy: please send fewer photos, or send them on the"
                    " site."
                ),
            )
            return
        reply = read_reply(raw)
        if not reply or reply.is_automatic:
            _logger.info("A mail to exchange %s says nothing: dropped.", self.id)
            return
        if reply.sender not in self._get_senders(side):
            self._refuse_mail(
                side,
                self.env._(
                    "It came from another address than the one that we know of you:"
                    " please answer from this mailbox, or on the site."
                ),
            )
            return
        if self._is_flooded(side):
            _logger.warning("Too many mails to exchange %s: dropped.", self.id)
            return
        self._take_in(side, reply)

    def _take_in(self, side, reply):
        photos, left_out_count = self._sort_pictures(reply)
        if not reply.text and not photos:
            if left_out_count:
                self._refuse_mail(
                    side,
                    self.env._(
                        "Only photos (JPEG, PNG or WebP) can be sent along, and there"
                        " was none in it."
                    ),
                )
            return
        try:
            with self.env.cr.savepoint():
                self.sudo(False)._write_from(
                    side, reply.text, photos, reply.key, left_out_count
                )
        except UserError as error:
            self._refuse_mail(side, str(error.args[0]))

    def _sort_pictures(self, reply):
        """Return the photos of a mail, in base64, and how many files are left out."""
        photos, left_out_count = [], reply.others
        for _name, data, in_text in reply.pictures:
            if not data or (in_text and len(data) < MAX_DECORATION_BYTES):
                continue
            encoded = base64.b64encode(data)
            try:
                usable = len(photos) < MAX_PHOTOS and to_image(encoded)
            except UserError:
                usable = False
            if usable:
                photos.append(encoded.decode())
            else:
                left_out_count += 1
        return photos, left_out_count

    def _get_senders(self, side):
        """Return the addresses from which the user at work may answer."""
        user = self.env.user
        party = self._get_party(side)
        known = [user.email, user.login]
        if party.user_id == user:
            known.append(party.private_ids.email)
        return {email_normalize(one) for one in known if one} - {False}

    def _is_flooded(self, side):
        """Tell whether more came in by mail from one side than people write."""
        since = clock.now() - timedelta(hours=1)
        return (
            self.env["ebs.message"].search_count(
                [
                    ("exchange_id", "=", self.id),
                    ("member_id", "=", self._get_party(side).id),
                    ("once_key", "=like", "mail %"),
                    ("sent_at", ">", since),
                ]
            )
            >= MAX_MAILS_AN_HOUR
        )

    def _refuse_mail(self, side, sentence):
        """Tell the account, at its known address, why its answer was not taken."""
        self.ensure_one()
        told_at = self[f"{side}_refused_at"]
        if told_at and told_at + REFUSAL_PAUSE > clock.now():
            return
        self.with_context(tracking_disable=True)[f"{side}_refused_at"] = clock.now()
        member = self._get_party(side)
        member._queue_mail(
            self.company_id,
            self.env.user,
            "ebs_listings.mail_reply_refused",
            _lt("Your answer about “%(title)s” did not arrive", title=self.title),
            {
                "member": member,
                "exchange_id": self.id,
                "title": self.title,
                "other_name": self._get_party_name(self._get_other_side(side)),
                "sentence": sentence,
            },
        )
