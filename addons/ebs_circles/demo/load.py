# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The sample circles: open, on request and by invitation."""

import json
from pathlib import Path

from odoo.addons.ebs_base.clock import clock_at
from odoo.addons.ebs_base.demo.portraits import encode
from odoo.addons.ebs_base.demo.reading import (
    get_member,
    get_user,
    moment_at,
    name_record,
    quietly,
)

from . import pictures


def load(env):
    """Found the circles, and let members in through every door there is."""
    env = env(context={**env.context, "lang": "fr_FR", "tracking_disable": True})
    company = env.ref("base.main_company")
    table = Path(__file__).with_name("circles.json").read_text(encoding="utf-8")
    with quietly(env):
        for row in json.loads(table):
            with clock_at(moment_at(company, -row["since"], 18)):
                circle = found(env, company, row)
            for number, key in enumerate(row["members"]):
                day = -row["since"] + 3 + number * 8
                with clock_at(moment_at(company, max(day, -9), 12)):
                    let_in(circle, get_member(env, key))
            with clock_at(moment_at(company, -4, 18)):
                announce(circle, row)
            with clock_at(moment_at(company, -2, 19)):
                leave_waiting(env, circle, row)


def found(env, company, row):
    """Somebody makes a circle, and asks others to organise it too."""
    names = ("name", "join_mode", "is_listed", "description", "charter", "question")
    values = {name: row[name] for name in names if name in row}
    values["image"] = encode(pictures.draw(row["key"]))
    founder, *others = (get_member(env, key) for key in row["organisers"])
    user = get_user(founder)
    circles = env["ebs.circle"].with_user(user).with_company(company)
    founded = circles.action_create(values, as_member_id=founder.id)
    circle = env["ebs.circle"].browse(founded.id)
    name_record(env, "ebs_circles", f"demo_circle_{row['key']}", circle)
    for member in others:
        circle.with_user(user).action_invite(member.id)
        membership = join(circle, member)
        membership.with_user(user).action_make_organiser()
    return circle


def let_in(circle, member):
    """Join by the door that the circle has."""
    organiser = get_organiser(circle)
    if circle.join_mode == "invitation":
        circle.with_user(organiser).action_invite(member.id)
    membership = join(circle, member, "J'habite à deux pas." if circle.question else "")
    if circle.join_mode == "request":
        membership.with_user(organiser).action_accept()


def join(circle, member, answer=""):
    user = get_user(member)
    return circle.with_user(user).action_join(answer, as_member_id=member.id)


def get_organiser(circle):
    organisers = circle.membership_ids.filtered(lambda one: one.role == "organiser")
    return get_user(organisers[:1].member_id)


def announce(circle, row):
    """An organiser has news; nobody of the sample is written to."""
    if "news" in row:
        organiser = circle.with_user(get_organiser(circle))
        organiser.action_announce(row["news"]).sudo()._send()


def leave_waiting(env, circle, row):
    """What an organiser finds on her desk this morning."""
    organiser = get_organiser(circle)
    for key, answer in row.get("applicants", {}).items():
        join(circle, get_member(env, key), answer)
    for key, answer in row.get("refused", {}).items():
        membership = join(circle, get_member(env, key), answer)
        membership.with_user(organiser).action_refuse("Ce cercle est réservé à Fives.")
    for key in row.get("invited", []):
        circle.with_user(organiser).action_invite(get_member(env, key).id)
