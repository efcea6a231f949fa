# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What a loan leaves behind, twice: within the secret circle, and in plain sight.

Condition reports, guarantees, places in line, calendars, payments and mediation
cases of the world of the access matrix.
"""

from datetime import timedelta

from odoo import fields

from .law import word_of


class LoanThings:
    """Adds to the world what hangs on loans; mixed into `EverybodyCase`."""

    @classmethod
    def keep(cls, label, record):
        """Name a record of the world, as the user of the tests reads it."""
        cls.things[label] = record.sudo().with_user(cls.env.user)

    @classmethod
    def user_of(cls, name):
        return cls.personas[name].user_id

    @classmethod
    def _make_loan_things(cls):
        for label, guarantor in (("lent", "insider"), ("plain", "applicant")):
            exchange = cls.things[f"exchange {label}"]
            cls._make_condition(label, exchange)
            cls._make_guarantee(label, exchange, guarantor)
            cls._make_payments(label, exchange)
        cls._make_line()
        cls._make_kept()
        cls._make_calendars()
        tally = cls.env["ebs.loan.tally"].search(
            [
                ("member_id", "=", cls.personas["former"].id),
                ("category_id", "=", False),
            ]
        )
        cls.keep("tally former", tally)
        kits = cls.env["ebs.kit"]
        part = {"part_id": cls.things["listing members"].id}
        for label in ("listed", "draft"):
            kit = cls.things[f"listing {label}"]
            cls.keep(f"kit {label}", kits.create({"listing_id": kit.id, **part}))
        cls._make_cases()

    # === HANDLING === #

    @classmethod
    def _make_condition(cls, label, exchange):
        exchange.with_user(cls.user_of("owner")).action_report_condition(
            "hand_over",
            {
                "note": word_of(f"condition {label}"),
                "photos": [cls.make_picture(f"picture {label}").decode()],
            },
        )
        report = exchange.condition_ids
        cls.keep(f"condition {label}", report)
        cls.keep(f"picture {label}", report.photo_ids)

    @classmethod
    def _make_guarantee(cls, label, exchange, guarantor):
        guarantee = cls.env["ebs.guarantee"].create(
            {
                "exchange_id": exchange.id,
                "guarantor_id": cls.personas[guarantor].id,
                "guarantor_name": cls.personas[guarantor].name,
                "amount": 50,
                "asked_at": fields.Datetime.now(),
            }
        )
        cls.keep(f"guarantee {label}", guarantee)

    @classmethod
    def _make_payments(cls, label, exchange):
        """An order to a provider that failed, and an event that it sent."""
        provider = cls.env.ref("payment.payment_provider_demo")
        method = cls.env.ref("payment_demo.payment_method_demo")
        transaction = cls.env["payment.transaction"].create(
            {
                "provider_id": provider.id,
                "payment_method_id": method.id,
                "reference": f"matrix-{label}",
                "amount": 50,
                "currency_id": cls.company.currency_id.id,
                "partner_id": exchange.sudo().asker_id.user_id.partner_id.id,
            }
        )
        both = {
            "company_id": cls.company.id,
            "exchange_id": exchange.id,
            "transaction_id": transaction.id,
            "next_try_at": fields.Datetime.now(),
        }
        order = {
            "kind": "release",
            "key": f"release:matrix-{label}",
            "amount": 50,
            "currency_id": cls.company.currency_id.id,
        }
        event = {
            "provider_id": provider.id,
            "event": f"event-{label}",
            "kind": "held",
            "received_at": fields.Datetime.now(),
        }
        orders, inbox = cls.env["ebs.payment.order"], cls.env["ebs.payment.inbox"]
        order = orders.create({**both, **order})
        order._set_state(("waiting",), "failed")
        cls.keep(f"order {label}", order)
        cls.keep(f"event {label}", inbox.create({**both, **event}))

    # === WAITING === #

    @classmethod
    def _make_line(cls):
        now = fields.Datetime.now()
        for label, listing, member in (
            ("secret", "listing secret", "insider"),
            ("plain", "listing everyone", "neighbour"),
        ):
            listing = cls.things[listing]
            waiting = cls.env["ebs.waiting"].create(
                {
                    "listing_id": listing.id,
                    "member_id": cls.personas[member].id,
                    "title": listing.name,
                    "joined_at": now,
                }
            )
            until = {"held_until": now + timedelta(days=2)}
            waiting._set_state(("waiting",), "held", until)
            cls.keep(f"waiting {label}", waiting)
            hold = cls.env["ebs.booking"].create(
                {
                    "copy_id": listing.sudo().copy_ids.id,
                    "kind": "hold",
                    "waiting_id": waiting.id,
                    "date_start": now + timedelta(days=60),
                    "date_end": now + timedelta(days=62),
                }
            )
            cls.keep(f"hold {label}", hold)

    # === KEPT FOR LATER === #

    @classmethod
    def _make_kept(cls):
        for label, actor in (("secret", "insider"), ("everyone", "neighbour")):
            user = cls.personas[actor].user_id
            listing = cls.things[f"listing {label}"].with_user(user)
            listing.action_favourite()
            favourites = cls.env["ebs.favourite"].search(
                [("member_id", "=", cls.personas[actor].id)]
            )
            cls.keep(f"favourite {label}", favourites)
        alerts = cls.env["ebs.alert"].with_user(cls.personas["insider"].user_id)
        cls.keep("alert insider", alerts.action_create({"q": "tent"}).sudo(False))

    # === CALENDARS === #

    @classmethod
    def _make_calendars(cls):
        secret = cls.things["listing secret"]
        feeds = cls.env["ebs.feed"]
        cls.feed_tokens = {
            "owner": feeds.with_user(cls.user_of("owner")).action_make(),
            "secret": feeds.with_user(cls.user_of("owner")).action_make(secret.id),
            "suspended": feeds.with_user(cls.user_of("suspended")).action_make(),
        }
        for label, listing in (("owner", False), ("secret", secret.id)):
            mine = [
                ("user_id", "=", cls.user_of("owner").id),
                ("listing_id", "=", listing),
            ]
            cls.keep(f"feed {label}", feeds.search(mine))
        mine = [("user_id", "=", cls.user_of("suspended").id)]
        cls.keep("feed suspended", feeds.search(mine))
        outside = cls.env["ebs.outside.calendar"].create(
            {
                "listing_id": secret.id,
                "url": "https://calendar.example.com/busy.ics",
                "host": "calendar.example.com",
            }
        )
        cls.keep("outside secret", outside)
        start = fields.Datetime.now() + timedelta(days=80)
        for label, listing in (
            ("everyone", "listing everyone"),
            ("secret", "listing secret"),
        ):
            for kind, days in (("closed", 0), ("busy", 5)):
                period = cls.env["ebs.availability"].create(
                    {
                        "listing_id": cls.things[listing].id,
                        "date_start": start + timedelta(days=days),
                        "date_end": start + timedelta(days=days + 1),
                        "is_outside": kind == "busy",
                    }
                )
                cls.keep(f"{kind} {label}", period)

    # === MEDIATION === #

    @classmethod
    def _make_cases(cls):
        for label, asker in (("quarrel", "insider"), ("fray", "neighbour")):
            exchange = cls.lend(
                cls.personas[asker],
                cls.things[f"listing {label}"],
                *cls.days_of(12),
                message=word_of(f"message {label}"),
            )
            photos = [cls.make_picture(f"shown {label}").decode()]
            dispute = exchange.with_user(cls.user_of(asker)).action_open_dispute(
                {
                    "reason": word_of(f"line {label}"),
                    "photos": photos if label == "quarrel" else [],
                    "agreed": True,
                }
            )
            cls.keep(f"exchange {label}", exchange)
            cls.keep(f"message {label}", exchange.sudo().message_line_ids[:1])
            if label == "quarrel":
                cls.keep("sent quarrel", cls.send_photo(exchange, asker, label))
            cls.keep(f"dispute {label}", dispute)
            cls.keep(f"line {label}", dispute.sudo().line_ids)
        cls.keep("shown quarrel", cls.things["line quarrel"].sudo().photo_ids)
        dispute = cls.things["dispute quarrel"]
        dispute.with_user(cls.mediator).action_take()
        for side, user, pictures in (
            ("asker", cls.user_of("insider"), ["shown asker"]),
            ("owner", cls.user_of("owner"), []),
            ("mediator", cls.mediator, []),
        ):
            known = dispute.sudo().line_ids
            dispute.with_user(user).action_write(
                {
                    "body": word_of(f"line {side}"),
                    "photos": [cls.make_picture(one).decode() for one in pictures],
                    "is_private": True,
                }
            )
            dispute.invalidate_recordset()
            line = dispute.sudo().line_ids - known
            cls.keep(f"line {side}", line)
            if pictures:
                cls.keep("shown asker", line.photo_ids)
