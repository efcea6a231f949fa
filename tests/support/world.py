# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A small platform for tests that need real processes.

Fed to Odoo's shell by `build_world`: everything is made by the same public
methods that people use. The accounts are `owner@example.com` and
`asker0@example.com` … with `PASSWORD`.
"""

import json

from .databases import query, run_odoo

PASSWORD = "correct horse battery"  # noqa: S105 (an account of a test database)

SCRIPT = """
import json
from datetime import timedelta

ASKERS, ROUNDS, MAIL_DOMAIN = %(askers)d, %(rounds)d, %(mail_domain)r
company = env.company
company.write({"is_ebs_platform": True, "name": "Essai"})
if MAIL_DOMAIN:
    env["mail.alias.domain"].create({"name": MAIL_DOMAIN})
zone = env["ebs.zone"].create({
    "name": "Lille", "company_id": company.id,
    "latitude": 50.6366, "longitude": 3.0635, "radius_km": 5,
})
category = env["ebs.category"].create({"name": "Outils", "company_id": company.id})

def member(login):
    user = env["res.users"].with_context(no_reset_password=True).create({
        "name": login, "login": login, "email": login, "password": %(password)r,
        "group_ids": [(6, 0, [env.ref("base.group_portal").id])],
    })
    persona = env["ebs.member"].create({
        "name": login.split("@")[0], "company_id": company.id,
        "user_id": user.id, "zone_id": zone.id,
    })
    private = env["ebs.member.private"].search([("member_id", "=", persona.id)])
    values = {"email": login, "email_confirmed_at": "2026-01-01 00:00:00"}
    if private:
        private.write(values)
    else:
        private.create({**values, "member_id": persona.id, "company_id": company.id})
    persona.action_approve()
    return persona

owner = member("owner@example.com")
askers = [member(f"asker{n}@example.com") for n in range(ASKERS)]

def listing(name, way):
    new = env["ebs.listing"].with_user(owner.user_id).action_create({
        "name": name, "category_id": category.id, "ways": [way],
        "zone_id": zone.id,
    })
    new = env["ebs.listing"].browse(new.id).with_user(owner.user_id)
    new.action_publish()
    return new

first = company._ebs_today() + timedelta(days=7)
last = first + timedelta(days=2)
days = {"date_start": first.isoformat(), "date_end": last.isoformat()}

def ask(thing, asker, values):
    return thing.with_user(asker.user_id).action_ask(values).id

loans, gifts = [], []
for turn in range(ROUNDS):
    drill = listing(f"Perceuse {turn}", "lend")
    wish = {"way": "lend", "message": "Bonjour", **days}
    loans.append([ask(drill, asker, wish) for asker in askers])
    chair = listing(f"Chaise {turn}", "give")
    wish = {"way": "give", "message": "Bonjour"}
    gifts.append([ask(chair, asker, wish) for asker in askers])
clicks = [listing(f"Escabeau {turn}", "lend").id for turn in range(ROUNDS)]
env.cr.commit()
print("WORLD " + json.dumps({
    "loans": loans, "gifts": gifts, "clicks": clicks, "days": days,
    "askers": [a.user_id.login for a in askers],
}))
"""


def build_world(database, *, askers, rounds, mail_domain="essai.example"):
    """Fill `database` and return what was made.

    :return: dict with `loans` and `gifts` (for each round the ids of the rival
        exchanges in `requested`, one an asker, over one listing), `clicks` (ids
        of listings that nobody has asked for), `days` (first and last day of
        the loans) and `askers` (logins)
    """
    script = SCRIPT % {
        "askers": askers,
        "rounds": rounds,
        "password": PASSWORD,
        "mail_domain": mail_domain,
    }
    printed = run_odoo("shell", "-d", database, "--no-http", stdin=script)
    worlds = [line for line in printed.splitlines() if line.startswith("WORLD ")]
    assert worlds, printed
    return json.loads(worlds[0].removeprefix("WORLD "))


def audit(database):
    """Return the broken invariants of `database`, as `./ebs audit` lists them."""
    script = "import json\nprint('AUDIT ' + json.dumps(env['ebs.audit']._run()))\n"
    printed = run_odoo("shell", "-d", database, "--no-http", stdin=script)
    lines = [line for line in printed.splitlines() if line.startswith("AUDIT ")]
    assert lines, printed
    return json.loads(lines[0].removeprefix("AUDIT "))


def states(database, exchange_ids):
    """Return the states of exchanges, in the order of their ids."""
    rows = query(
        database,
        "SELECT state FROM ebs_exchange WHERE id = ANY(%s) ORDER BY id",
        (list(exchange_ids),),
    )
    return [state for (state,) in rows]
