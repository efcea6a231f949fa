# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The sample territory: a platform around Lille and its members."""

from math import cos, radians, sin, sqrt, tau
from random import Random

from odoo.fields import Command

from .. import clock
from . import portraits
from .reading import (
    get_member,
    get_user,
    give_addresses,
    moment_at,
    name_record,
    read_rows,
)

PASSWORD = "demo-ebs"  # noqa: S105 printed on the first page of the README
PLATFORM = "La Remise"


def load(env):
    """Open the platform, then let its members come in, one after the other."""
    env["res.lang"]._activate_lang("fr_FR")
    env = env(context={**env.context, "lang": "fr_FR", "tracking_disable": True})
    company = open_platform(env)
    zones = load_zones(env, company)
    rows = read_rows(__file__, "members.csv")
    users = load_users(env, company, rows)
    for number, row in enumerate(rows):
        load_member(env, company, number, row, users, zones)
    end_memberships(env, company, rows)
    give_addresses(env["res.users"].union(*users.values()))


def open_platform(env):
    """Make the main company a platform, two days before its first member."""
    company = env.ref("base.main_company")
    with clock.clock_at(moment_at(company, -330, 9)):
        company.write(
            {
                "name": PLATFORM,
                "email": "bonjour@exemple.fr",
                "street": "12 rue des Retrouvailles",
                "zip": "59000",
                "city": "Lille",
                "country_id": env.ref("base.fr").id,
                "is_ebs_platform": True,
            }
        )
    company.currency_id = env.ref("base.EUR").sudo().filtered("active") or _euro(env)
    company.partner_id.lang = "fr_FR"
    return company


def _euro(env):
    euro = env.ref("base.EUR")
    euro.active = True
    return euro


def load_zones(env, company):
    rows = read_rows(__file__, "zones.csv")
    zones = env["ebs.zone"].create([{**row, "company_id": company.id} for row in rows])
    return dict(zip((row["name"] for row in rows), zones, strict=True))


def load_users(env, company, rows):
    """Make all accounts at once; their one password is hashed once.

    They have no address yet, so that nothing is written to them meanwhile.
    """
    portal = env.ref("base.group_portal")
    manager = env.ref("base.group_user") | env.ref("ebs_base.group_ebs_manager")
    people = [(row["key"], row["name"], portal) for row in rows if row["look"]]
    people.append(("gestion", "Équipe La Remise", manager))
    users = (
        env["res.users"]
        .with_context(no_reset_password=True)
        .create(
            [
                {
                    "name": name,
                    "login": f"{key}@exemple.fr",
                    "lang": "fr_FR",
                    "tz": company.ebs_tz,
                    "company_id": company.id,
                    "company_ids": [Command.set(company.ids)],
                    "group_ids": [Command.set(groups.ids)],
                }
                for key, name, groups in people
            ]
        )
    )
    hashed = users._crypt_context().hash(PASSWORD)
    for user in users:
        user._set_encrypted_password(user.id, hashed)
    name_record(env, "ebs_base", "demo_user_gestion", users[-1])
    return {user.login.split("@")[0]: user for user in users}


def load_member(env, company, number, row, users, zones):
    """Let a member join as people do: sign up, confirm, fill in the profile."""
    user, joined = users.get(row["key"]), -int(row["joined"])
    with clock.clock_at(moment_at(company, joined, 9 + number % 10)):
        if user:
            member = env["ebs.member"]._create_persona(company, user, row["name"])
            if row["state"] != "pending":
                url = member._get_confirm_url(company, user)
                member._confirm_email(url.rsplit("/", 1)[1])
        else:
            member = welcome_organisation(env, company, row, users)
        name_record(env, "ebs_base", f"demo_member_{row['key']}", member)
        actor = get_user(member)
        picture = (
            portraits.draw_person(number, row["look"])
            if row["look"]
            else portraits.draw_sign(number)
        )
        profile = {"bio": row["bio"], "image": portraits.encode(picture)}
        if row["zone"]:
            profile["zone_id"] = zones[row["zone"]].id
            # One in five would rather not say where, and is shown by the zone.
            if number % 5 != 4:
                profile["spot"] = choose_spot(row["key"], zones[row["zone"]])
        if row["look"] and number % 3 == 0:
            profile["phone"] = f"+33 3 53 01 {number:02} {99 - number:02}"
        member.with_user(actor).action_update_profile(profile)


def choose_spot(key, zone):
    """Choose somewhere in a zone, the same in every sample territory."""
    chance = Random(key)  # noqa: S311 nobody lives there
    degrees = zone.radius_km * 0.8 * sqrt(chance.random()) / 111.2
    angle = chance.uniform(0, tau)
    latitude = zone.latitude + degrees * cos(angle)
    longitude = zone.longitude + degrees * sin(angle) / cos(radians(latitude))
    return f"{latitude:.6f},{longitude:.6f}"


def welcome_organisation(env, company, row, users):
    """Let the team enter an organisation, with those who act for it."""
    delegates = row["delegates"].split(",")
    member = env["ebs.member"].create(
        {
            "company_id": company.id,
            "name": row["name"],
            "kind": row["kind"],
            "delegate_ids": [
                Command.create({"user_id": users[key].id}) for key in delegates
            ],
            "private_ids": [
                Command.create(
                    {
                        "civil_name": row["name"],
                        "email": f"{row['key']}@exemple.fr",
                        "email_confirmed_at": clock.now(),
                    }
                )
            ],
        }
    )
    member._accept_terms()
    member.with_user(users["gestion"]).action_approve()
    return member


def end_memberships(env, company, rows):
    """Suspend those whom the team had to suspend."""
    gestion = env.ref("ebs_base.demo_user_gestion")
    for row in rows:
        if row["state"] == "suspended":
            with clock.clock_at(moment_at(company, -40, 11)):
                get_member(env, row["key"]).with_user(gestion).action_suspend(
                    "Revente répétée d'objets reçus en don, malgré deux rappels."
                )
