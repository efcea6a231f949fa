# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.addons.ebs_base.utils import to_int
from odoo.exceptions import UserError
from odoo.fields import Command

from .ebs_listing import MAX_COPIES


class EbsListing(models.Model):
    """What a kit comes with, and which copies one loan of it takes."""

    _inherit = "ebs.listing"

    kit_ids = fields.One2many("ebs.kit", "listing_id", "What Comes With It")
    in_kit_ids = fields.One2many("ebs.kit", "part_id", "Part of")

    # === WHAT ONE LOAN TAKES === #

    def _get_needs(self):
        """Say how many copies of which listings a loan takes: {listing: quantity}."""
        listing = self.sudo()
        needs = {line.part_id: line.quantity for line in listing.kit_ids}
        kept = listing.all_copy_ids.filtered(lambda copy: copy.state != "withdrawn")
        if not needs or kept:
            needs[listing] = 1
        return needs

    def _get_needed(self):
        """Return these listings and all those of which a loan takes copies."""
        return self.sudo().union(
            *(one for listing in self for one in listing._get_needs())
        )

    def _get_kit_words(self):
        """Say what a kit comes with: “2 × Sleeping bag, 1 × Stove”, or nothing.

        Its owner tells it to whoever sees the kit, also what is not lent alone.
        """
        return ", ".join(
            self.env._(
                "%(count)s × %(title)s", count=line.quantity, title=line.part_id.name
            )
            for line in self.sudo().kit_ids
        )

    def _prepare_exchange(self, way, asker, values):
        vals = super()._prepare_exchange(way, asker, values)
        if way.commitment == "booking":
            vals["kit_text"] = self._get_kit_words()
        return vals

    # === WHAT THE OWNER SAYS === #

    @api.model
    def _get_value_readers(self):
        return {**super()._get_value_readers(), "parts": self._read_parts}

    def _read_parts(self, value, member):
        """Read what comes with it: [{"listing_id": …, "quantity": …}, …]."""
        refusal = self.env._("Please choose the parts of the kit from your own things.")
        if not isinstance(value or [], list | tuple):
            raise UserError(refusal)
        parts = {}
        for part in value or []:
            if not isinstance(part, dict):
                raise UserError(refusal)
            listing_id = to_int(part.get("listing_id")) or 0
            quantity = to_int(part.get("quantity") or 0)
            if quantity is None or not 0 <= quantity <= MAX_COPIES:
                raise UserError(
                    self.env._(
                        "Of each part, 1 to %(count)s come with a kit.",
                        count=MAX_COPIES,
                    )
                )
            if quantity:
                parts[listing_id] = quantity
        chosen = self._get_part_choices(member).filtered(lambda one: one.id in parts)
        if len(chosen) < len(parts):
            raise UserError(refusal)
        for part in chosen:
            part._check_quantity(parts[part.id])
        return {"kit_ids": self._get_kit_commands(parts)}

    def _get_part_choices(self, member):
        """Return what a persona may put into this kit: the own things to lend."""
        return self.search(
            [
                ("member_id", "=", member.id),
                ("id", "not in", self.ids),
                ("way_ids.commitment", "=", "booking"),
                ("side", "=", "offer"),
                ("state", "not in", ("closed", "rejected")),
                ("kit_ids", "=", False),
            ]
        )

    def _check_quantity(self, quantity):
        """Refuse to promise with a kit more than there is."""
        self._ensure_copy()
        there = self.all_copy_ids.filtered(lambda one: one.state != "withdrawn")
        if quantity > len(there):
            raise UserError(
                self.env._(
                    "There are only %(count)s of “%(title)s”.",
                    count=len(there),
                    title=self.name,
                )
            )

    def _get_kit_commands(self, parts):
        """Return what makes the lines of the kit say so; agreed loans stay as is."""
        lines = {line.part_id.id: line for line in self.kit_ids}
        return [
            *(
                Command.delete(line.id)
                for part_id, line in lines.items()
                if part_id not in parts
            ),
            *(
                Command.update(lines[part_id].id, {"quantity": quantity})
                if part_id in lines
                else Command.create({"part_id": part_id, "quantity": quantity})
                for part_id, quantity in parts.items()
            ),
        ]

    def _get_copies_refusal(self):
        return self.env._("There are from 1 to %(count)s copies.", count=MAX_COPIES)

    def _settle_readers(self, vals):
        """A kit may have no copy of its own; anything else has one at least.

        A thing whose copies are all damaged or lost stays as it is.
        """
        res = super()._settle_readers(vals)
        states = set(self.all_copy_ids.mapped("state"))
        if vals.get("copy_count") == 0 and not self.copy_count:
            if states & {"damaged", "lost"}:
                del vals["copy_count"]
        if vals.get("copy_count") == 0:
            commands = vals.get("kit_ids", [])
            gone = sum(command[0] == Command.DELETE for command in commands)
            added = sum(command[0] == Command.CREATE for command in commands)
            if len(self.kit_ids) - gone + added < 1:
                raise UserError(self._get_copies_refusal())
        return res
