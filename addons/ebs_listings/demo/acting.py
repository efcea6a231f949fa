# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""How the sample members publish, ask, answer and agree."""

from odoo.addons.ebs_base import clock
from odoo.addons.ebs_base.demo.reading import (
    get_member,
    get_user,
    moment_at,
    name_record,
)

from .photos import take_photo


def publish(env, module, row, number, prepare=None):
    """Let a member write a listing and bring it to the state of its row."""
    company = env.ref("base.main_company")
    member = get_member(env, row["owner"])
    values = {
        "name": row["name"],
        "description": row["description"],
        "category_id": env.ref(f"ebs_listings.demo_category_{row['category']}").id,
        "ways": row["ways"].split(),
        "zone_id": member.zone_id.id,
        "price": row["price"],
        "photos": [take_photo(row["picture"], number)],
    }
    kind, _colon, circle = row["visibility"].partition(":")
    if kind == "c":
        circle = env.ref(f"ebs_circles.demo_circle_{circle}")
        values |= {"visibility": "circles", "circle_ids": circle.ids}
    elif kind:
        values["visibility"] = kind
    if prepare:
        values |= prepare(row)
    listings = env["ebs.listing"].with_user(get_user(member))
    with clock.clock_at(moment_at(company, -int(row["days"]), 8 + number % 12)):
        listing = listings.action_create(values, as_member_id=member.id)
        name_record(env, module, f"demo_listing_{row['key']}", listing.sudo())
        if row["state"] != "draft":
            listing.action_publish()
    age_listing(company, listing, int(row["days"]), row["state"])
    later = {"paused": "action_pause", "closed": "action_close"}.get(row["state"])
    if later:
        with clock.clock_at(moment_at(company, -int(row["days"]) // 2, 10)):
            getattr(listing, later)()


def age_listing(company, listing, days, state):
    """Let its owner have said that it still holds, unless its time is to be over."""
    shown = company.ebs_expiry_days
    if state == "expired":
        with clock.clock_at(moment_at(company, shown - days, 9)):
            listing.sudo()._expire_or_notify()
    elif state != "expiring" and days > shown - 30:
        with clock.clock_at(moment_at(company, -days // 4, 19)):
            listing.action_renew()


class Story:
    """One exchange, as a list of what happens in it and when."""

    def __init__(self, env, module, row):
        self.env, self.row = env, row
        self.company = env.ref("base.main_company")
        self.listing = env.ref(f"{module}.demo_listing_{row['listing']}")
        self.asker = get_member(env, row["asker"])
        self.events, self.exchange = [], None
        self.asked = int(row["asked"])

    def then(self, day, hour, act, *args):
        """Add what happens at an hour of a day, counted from today."""
        self.events.append((moment_at(self.company, day, hour), act, args))

    def tell(self):
        """Add all that happens, up to the outcome of the row."""
        outcome, row = self.row["outcome"], self.row
        if outcome == "inquiry":
            self.then(self.asked, 18, self.inquire)
            if row["reply"]:
                self.then(self.asked + 1, 9, self.owner_does, "write", row["reply"])
            return self.events
        self.then(self.asked, 18, self.ask)
        if outcome == "expired":
            self.then(self.asked + 8, 3, self.expire)
        elif outcome == "declined":
            self.then(self.asked + 1, 9, self.owner_does, "decline", row["reply"])
        elif outcome == "cancelled_early":
            self.then(self.asked + 1, 10, self.asker_does, "cancel", row["closing"])
        elif outcome != "requested":
            self.then(self.asked + 1, 9, self.owner_does, "write", row["reply"])
            self.then(self.asked + 1, 9.25, self.owner_does, "accept")
            self.tell_accepted(outcome, row["closing"])
        return self.events

    def tell_accepted(self, outcome, closing):
        """Add what happens once the owner has said yes."""
        if outcome == "cancelled":
            self.then(self.asked + 2, 8, self.asker_does, "cancel", closing)
        elif outcome == "done":
            self.then(self.asked + 3, 18, self.asker_does, "done")
            self.then(self.asked + 3, 20, self.asker_does, "write", closing)
        elif closing:
            self.then(self.asked + 1, 12, self.asker_does, "write", closing)

    def get_request(self):
        """Return what the asker sends."""
        return {"way": self.row["way"], "message": self.row["opening"]}

    def ask(self):
        listing = self.listing.with_user(get_user(self.asker))
        self.exchange = listing.action_ask(self.get_request(), self.asker.id)

    def inquire(self):
        listing = self.listing.with_user(get_user(self.asker))
        opening = self.row["opening"]
        self.exchange = listing.action_inquire(opening, self.asker.id)

    def owner_does(self, action, *args):
        self.act(self.listing.member_id, action, *args)

    def asker_does(self, action, *args):
        self.act(self.asker, action, *args)

    def act(self, member, action, *args):
        exchange = self.exchange.with_user(get_user(member))
        getattr(exchange, f"action_{action}")(*args)

    def expire(self):
        self.exchange.sudo()._expire()


def play(stories, meanwhile=None):
    """Let everything happen in its order, as if members had done it then.

    `meanwhile(moment)` does what crons would have done up to a moment.
    """
    events = [event for story in stories for event in story.tell()]
    for moment, act, args in sorted(events, key=lambda event: event[0]):
        if meanwhile:
            meanwhile(moment)
        with clock.clock_at(moment):
            act(*args)
    if meanwhile:
        meanwhile(clock.now())
