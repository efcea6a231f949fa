# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Everybody who may come to the door, and what lies behind it.

The world of the access matrix: two platforms, the circles of the first, listings
for each of them, and an account for each kind of person. Who sees what of it is
in `law`.

Each thing bears a word of its own (`word`), which stands nowhere else: a page or an
answer that holds the word of what its reader may not see has told.
"""

import json
import re
from datetime import timedelta
from urllib.parse import quote

from odoo import http
from odoo.addons.ebs_listings.tests.common import make_image
from odoo.addons.ebs_website.tests.common import WebCase
from odoo.exceptions import AccessError, MissingError, UserError, ValidationError
from odoo.fields import Command
from odoo.service.model import call_kw
from odoo.tests.common import HOST, Opener
from odoo.tools import mute_logger

from .everyloan import LoanThings
from .law import APPROVED, EVERYBODY, SEES, WORDED, word_of

REFUSALS = (AccessError, MissingError, UserError, ValidationError)
RULE_LOGS = (
    "odoo.models",
    "odoo.http",
    "odoo.addons.base.models.ir_rule",
    "odoo.addons.base.models.ir_qweb",
)
UNKNOWN = 999_999

# What is left of a page once tokens are taken off.
VOLATILE = re.compile(r"[0-9a-f]{40}o\d+")
FINGERPRINT = """
SELECT (SELECT array_agg((state, visibility, name) ORDER BY id) FROM ebs_listing)::text,
       (SELECT array_agg((circle_id, state, role, is_mailed) ORDER BY id)
          FROM ebs_circle_member)::text,
       (SELECT array_agg((name, active, join_mode, is_listed) ORDER BY id)
          FROM ebs_circle)::text,
       (SELECT array_agg((ebs_listing_id, ebs_circle_id) ORDER BY 1)
          FROM ebs_circle_ebs_listing_rel)::text,
       (SELECT array_agg((state, title, owner_read_to, asker_read_to) ORDER BY id)
          FROM ebs_exchange)::text,
       (SELECT array_agg((state, name, user_id) ORDER BY id) FROM ebs_member)::text,
       (SELECT array_agg((phone, email) ORDER BY id) FROM ebs_member_private)::text,
       (SELECT array_agg((state, use_count) ORDER BY id)
          FROM ebs_circle_invitation)::text,
       (SELECT count(*) FROM ebs_message), (SELECT count(*) FROM ebs_message_photo),
       (SELECT count(*) FROM ebs_announcement),
       (SELECT count(*) FROM ebs_booking), (SELECT count(*) FROM ebs_photo),
       (SELECT count(*) FROM ebs_circle_opening), (SELECT count(*) FROM mail_mail),
       (SELECT count(*) FROM ebs_delegate WHERE active),
       (SELECT array_agg((state, outcome, mediator_id) ORDER BY id)
          FROM ebs_dispute)::text,
       (SELECT array_agg((state, amount) ORDER BY id) FROM ebs_guarantee)::text,
       (SELECT array_agg((state, held_until) ORDER BY id) FROM ebs_waiting)::text,
       (SELECT array_agg((state, listing_id) ORDER BY id) FROM ebs_copy)::text,
       (SELECT array_agg(state ORDER BY id) FROM ebs_payment_order)::text,
       (SELECT array_agg((note, asker_confirmed_at, desk_note, objection) ORDER BY id)
          FROM ebs_condition)::text,
       (SELECT count(*) FROM ebs_dispute_message), (SELECT count(*) FROM ebs_feed),
       (SELECT count(*) FROM ebs_availability), (SELECT count(*) FROM ebs_kit)
"""


class EverybodyCase(LoanThings, WebCase):
    """Everybody, everything, and the ways to ask as somebody."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        english = cls.env["res.lang"]._activate_lang("en_US")
        cls.website.write(
            {
                "language_ids": [Command.set(english.ids)],
                "default_lang_id": english.id,
            }
        )
        cls.things = {}
        cls.sessions = {}
        cls._make_people()
        cls._make_circles()
        cls._make_listings()
        cls._make_exchanges()
        cls._make_loan_things()
        cls._make_records()
        cls._part()
        cls.env.flush_all()
        cls.env.invalidate_all()
        assert set(cls.things) == set(SEES), set(cls.things) ^ set(SEES)
        assert all(len(record) == 1 for record in cls.things.values()), cls.things

    # === PEOPLE === #

    @classmethod
    def _make_people(cls):
        cls.personas = {
            name: cls.make_member(f"{name.title()} Everybody")
            for name in sorted(
                APPROVED | {"suspended"} | {"seller"},
            )
        }
        pending = {"state": "pending", "confirmed": False}
        cls.personas["newcomer"] = cls.make_member("Newcomer Everybody", **pending)
        foreign = cls.make_member("Foreign Everybody", company=cls.other_company)
        abroad = cls.make_member("Twofold Everybody", company=cls.other_company)
        abroad.user_id._ebs_join(cls.company)
        here = cls.env["ebs.member"]._create_persona(
            cls.company, abroad.user_id, "Twofold Here"
        )
        cls.personas |= {"foreign": foreign, "twofold abroad": abroad, "twofold": here}
        dismissed = cls.make_user("dismissed@example.com", "Civil Dismissed")
        owner = cls.personas["owner"]
        cls.delegate_row = cls.make_delegate(owner, cls.personas["delegate"].user_id)
        cls.make_delegate(owner, dismissed).active = False
        cls.accounts = {
            "visitor": cls.visitor,
            "internal": cls.stranger,
            "moderator": cls.moderator,
            "opener": cls._make_staff("opener", "ebs_base.group_ebs_moderator"),
            "desk": cls.desk,
            "mediator": cls.mediator,
            "manager": cls.manager,
            "dismissed": dismissed,
        }
        for name in EVERYBODY - set(cls.accounts):
            cls.accounts[name] = cls.personas[name].user_id

    # === CIRCLES === #

    @classmethod
    def _make_circle(cls, label, join_mode, organiser):
        circle = cls.make_circle(word_of(label), join_mode, cls.personas[organiser])
        circle.write(
            {
                "description": f"Why {word_of(label)}",
                "charter": f"How {word_of(label)}",
                "image_1920": cls.make_picture(label),
            }
        )
        cls.things[label] = circle
        return circle

    @classmethod
    def _make_circles(cls):
        people = cls.personas
        cls._make_circle("open circle", "open", "organiser")
        request = cls._make_circle("request circle", "request", "organiser")
        secret = cls._make_circle("secret circle", "invitation", "organiser")
        other = cls._make_circle("other circle", "invitation", "neighbour")
        closed = cls._make_circle("closed circle", "invitation", "organiser")
        listed = cls._make_circle("listed circle", "invitation", "organiser")
        listed.is_listed = True
        cls.add_to_circle(listed, people["owner"])
        abroad = cls._make_circle("circle abroad", "invitation", "foreign")
        inside = ("owner", "insider", "former", "removed", "suspended")
        cls.add_to_circle(secret, *(people[name] for name in inside))
        # Whose listing is for two circles, of which others are in one.
        for circle in (secret, other):
            cls.add_to_circle(circle, people["seller"])
        cls.add_to_circle(closed, people["insider"], people["owner"])
        cls.add_to_circle(abroad, people["twofold abroad"])
        secret._create_membership(people["invited"])._invite()
        request.with_user(people["applicant"].user_id).action_join("Please")

    @classmethod
    def place(cls, circle, name):
        """Return the place of a persona in a circle."""
        return cls.env["ebs.circle.member"].search(
            [
                ("circle_id", "=", cls.things[circle].id),
                ("member_id", "=", cls.personas[name].id),
            ]
        )

    # === LISTINGS === #

    @classmethod
    def make_picture(cls, label):
        """Return a picture that no other thing has."""
        seed = sum(ord(one) * place for place, one in enumerate(label, 3))
        return make_image((600, 450), colour=f"#{seed * 7919 % 0xFFFFFF:06x}")

    @classmethod
    def _make_thing(cls, label, member="owner", way="lend", draft=False, **values):
        make = cls.make_draft if draft else cls.make_listing
        listing = make(
            cls.personas[member],
            name=word_of(label),
            description=f"everythingqx {word_of(label)}text",
            way=way,
            **values,
        )
        listing.sudo()._set_copy_count(1)
        cls.things[label] = listing
        return listing

    @classmethod
    def _make_listings(cls):
        def circles(*labels):
            ids = [cls.things[label].id for label in labels]
            return {"visibility": "circles", "circle_ids": ids}

        deposit = {"deposit_kind": "cheque", "deposit_amount": 50}
        cls._make_thing("listing everyone", **deposit)
        cls._make_thing("listing members", visibility="members")
        cls._make_thing("listing secret", **circles("secret circle"))
        cls._make_thing("listing lent", **circles("secret circle"), **deposit)
        cls._make_thing("listing quarrel", **circles("secret circle"))
        cls._make_thing("listing fray")
        cls._make_thing("listing other", "neighbour", **circles("other circle"))
        cls._make_thing("listing listed", **circles("listed circle"))
        both = circles("secret circle", "other circle")
        cls._make_thing("listing both", "seller", **both)
        cls._make_thing("listing closed", **circles("closed circle"))
        cls._make_thing("listing orphan", **circles("secret circle"))
        cls._make_thing("listing draft", draft=True)
        cls._make_thing("listing pending", draft=True)._set_state(("draft",), "pending")
        cls._make_thing("listing rejected", draft=True)._set_state(
            ("draft",), "rejected", {"reject_reason": "A reason"}
        )
        cls._make_thing("listing paused")
        cls._make_thing("listing ended", way="give")
        cls._make_thing("everyone abroad", "foreign")
        cls._make_thing("members abroad", "foreign", visibility="members")
        cls._make_thing("circle's abroad", "foreign", **circles("circle abroad"))
        photos = {
            "photo everyone": "listing everyone",
            "photo members": "listing members",
            "photo secret": "listing secret",
            "photo other": "listing other",
            "photo paused": "listing paused",
            "photo abroad": "circle's abroad",
        }
        for label, listing in photos.items():
            cls.things[label] = cls.env["ebs.photo"].create(
                {
                    "listing_id": cls.things[listing].id,
                    "image_1920": cls.make_picture(label),
                }
            )
        cls.things["copy lent"] = cls.things["listing lent"].copy_ids

    # === EXCHANGES === #

    @classmethod
    def days_of(cls, start):
        """Return the first and the last day of a loan, from a day after today."""
        day = cls.company._ebs_today() + timedelta(days=start)
        return day.isoformat(), day.isoformat()

    @classmethod
    def _make_exchanges(cls):
        for label, asker in (("lent", "former"), ("plain", "neighbour")):
            thing = "listing lent" if label == "lent" else "listing everyone"
            exchange = cls.lend(
                cls.personas[asker],
                cls.things[thing],
                *cls.days_of(10),
                message=word_of(f"message {label}"),
            ).sudo()
            exchange = exchange.with_user(cls.env.user)
            cls.keep(f"sent {label}", cls.send_photo(exchange, asker, label))
            cls.things |= {
                f"exchange {label}": exchange,
                f"message {label}": exchange.message_line_ids[:1],
                f"booking {label}": exchange.booking_ids,
                f"deposit {label}": exchange.deposit_ids,
                f"reminder {label}": cls.env["ebs.reminder"].create(
                    {
                        "exchange_id": exchange.id,
                        "member_id": cls.personas[asker].id,
                        "due_at": "2030-01-01 08:00:00",
                    }
                ),
            }
        ended = cls.things["listing ended"]
        gift = ended.with_user(cls.personas["neighbour"].user_id).action_ask(
            {"way": "give", "message": "Hello"}
        )
        cls.accept(gift)
        cls.things["promise plain"] = gift.sudo().with_user(cls.env.user).promise_ids
        gift.with_user(cls.personas["owner"].user_id).action_done()

    @classmethod
    def send_photo(cls, exchange, author, label):
        """Let a party send a photo in the conversation; return the photo."""
        picture = cls.make_picture(f"sent {label}").decode()
        exchange.with_user(cls.personas[author].user_id).action_write("", [picture])
        exchange.invalidate_recordset()
        return exchange.sudo().message_line_ids.photo_ids

    # === THE REST, AND WHAT IS LOST === #

    @classmethod
    def _make_records(cls):
        owner = cls.personas["owner"]
        secret = cls.things["secret circle"].with_user(
            cls.personas["organiser"].user_id
        )
        invitation = secret.action_create_link().sudo()
        announcement = secret.action_announce(word_of("announcement secret")).sudo()
        terms = cls.env["ebs.terms"].create(
            {"company_id": cls.company.id, "body": "Be kind.", "version": 7}
        )
        cls.things |= {
            "invitation secret": invitation.with_user(cls.env.user),
            "announcement secret": announcement.with_user(cls.env.user),
            "persona owner": owner,
            "persona newcomer": cls.personas["newcomer"],
            "persona suspended": cls.personas["suspended"],
            "persona twofold": cls.personas["twofold"],
            "private owner": owner.private_ids,
            "private insider": cls.personas["insider"].private_ids,
            "delegate": cls.delegate_row,
            "consent owner": cls.env["ebs.consent"].create(
                {
                    "member_id": owner.id,
                    "terms_id": terms.id,
                    "accepted_at": "2026-01-01 00:00:00",
                }
            ),
        }

    @classmethod
    def _part(cls):
        """Take away what some had, and open to the opener what they ask for."""
        secret = cls.things["secret circle"]
        secret.with_user(cls.personas["former"].user_id).action_leave()
        cls.place("secret circle", "removed").with_user(
            cls.personas["organiser"].user_id
        ).action_remove()
        cls.personas["suspended"].action_suspend("A test.")
        cls.things["closed circle"].with_user(
            cls.personas["organiser"].user_id
        ).action_close("A test.")
        cls.things["listing orphan"].circle_ids = False
        owner = cls.personas["owner"].user_id
        cls.things["listing paused"].with_user(owner).action_pause()
        opening = secret.with_user(cls.accounts["opener"]).action_open_content("Why")
        cls.things["opening secret"] = opening.sudo().with_user(cls.env.user)
        cls.things |= {
            f"place {name}": cls.place("secret circle", name)
            for name in ("insider", "invited", "former", "removed")
        }
        cls.things["place applicant"] = cls.place("request circle", "applicant")
        cls.things["place neighbour"] = cls.place("other circle", "neighbour")
        cls.things["place listed"] = cls.place("listed circle", "owner")
        cls.things["place abroad"] = cls.place("circle abroad", "twofold abroad")

    # === ASK OVER RPC === #

    def call(self, actor, model, method, *args, **kwargs):
        """Call a method as the web client would, as somebody."""
        self.env.invalidate_all()
        # What is archived is asked for too: that it is hidden must be by a rule.
        kwargs.setdefault("context", {"active_test": False, "lang": "en_US"})
        records = self.env(user=self.accounts[actor].id)[model]
        with mute_logger(*RULE_LOGS):
            return call_kw(records, method, args, kwargs)

    def can(self, actor, model, method, *args, **kwargs):
        """Return whether a call gives something; refusals count as nothing."""
        try:
            return bool(self.call(actor, model, method, *args, **kwargs))
        except REFUSALS:
            return False

    def may_ask(self, actor, model):
        """Return whether somebody may read anything of a model at all."""
        return self.call(actor, model, "has_access", [], "read")

    def words_in(self, answer, labels=None):
        """Return the things whose word stands in an answer."""
        text = answer if isinstance(answer, str) else json.dumps(answer, default=str)
        return {label for label in (labels or WORDED) if word_of(label) in text.lower()}

    # === ASK OVER HTTP === #

    def be(self, actor):
        """Go on as somebody, in the session that they have had all along."""
        self.env.flush_all()
        if actor not in self.sessions:
            self.session = None
            login = None if actor == "visitor" else self.accounts[actor].login
            self.sessions[actor] = self.authenticate(login, login)
            return
        self.session = self.sessions[actor]
        self.opener = Opener(self)
        self.opener.cookies.set("session_id", self.session.sid, domain=HOST)

    def say(self, answer):
        """Say in one word what an answer is."""
        if answer.status_code in (302, 303):
            return "login" if "/web/login" in answer.headers["Location"] else "page"
        known = {200: "page", 404: "404"}
        return known.get(answer.status_code, answer.status_code)

    def body(self, answer, path=""):
        """Return a page without tokens and without its own address."""
        text = VOLATILE.sub("", answer.text)
        for own in (path, quote(path, safe="")):
            text = text.replace(own, "") if own else text
        return text

    def heads(self, answer):
        """Return the headers of an answer that do not change by themselves."""
        return {
            name: value
            for name, value in answer.headers.items()
            if name not in ("Date", "Content-Length", "Location", "Set-Cookie")
        }

    def fingerprint(self):
        """Return what somebody could have changed, as the database has it."""
        self.env.flush_all()
        self.env.cr.execute(FINGERPRINT)
        return self.env.cr.fetchone()

    def silent(self):
        """Keep what core cries about a refusal out of the log."""
        return mute_logger(*RULE_LOGS)

    def ask_json(self, path, **params):
        """Send a JSON-RPC request; return its result, or the error's name."""
        answer = self.url_open(path, json=self.build_rpc_payload(params)).json()
        if "error" in answer:
            return {"error": answer["error"]["data"]["name"]}
        return answer["result"]

    @classmethod
    def tearDownClass(cls):
        for session in cls.sessions.values():
            http.root.session_store.delete(session)
        super().tearDownClass()
