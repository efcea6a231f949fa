# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import xmlrpc.client

from odoo import api, models

from ..mail_reply import read_addresses


class MailThread(models.AbstractModel):
    """A mail to a reply address of a platform is no mail of core's."""

    _inherit = "mail.thread"

    @api.model
    def message_process(
        self,
        model,
        message,
        custom_values=None,
        save_original=False,
        strip_attachments=False,
        thread_id=None,
    ):
        """Take in an answer to a member; leave all other mail to core, unread.

        Only the gateway brings mail: the superuser, or an account of the operator.
        """
        raw = message.data if isinstance(message, xmlrpc.client.Binary) else message
        if isinstance(raw, str):
            raw = raw.encode("utf-8", "replace")
        is_gateway = self.env.su or self.env.user._is_internal()
        if is_gateway and isinstance(raw, bytes):
            addresses = read_addresses(raw)
            exchanges = self.env["ebs.exchange"]
            if addresses and exchanges._receive_mail(addresses, raw):
                return False
        return super().message_process(
            model,
            message,
            custom_values=custom_values,
            save_original=save_original,
            strip_attachments=strip_attachments,
            thread_id=thread_id,
        )
