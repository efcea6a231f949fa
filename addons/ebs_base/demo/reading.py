# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What the loaders of all addons use to act as the sample members."""

import csv
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from .. import clock


def read_rows(script, name):
    """Return the rows of a table that lies beside a loader."""
    with (Path(script).parent / name).open(encoding="utf-8", newline="") as table:
        return list(csv.DictReader(table, delimiter=";"))


def name_record(env, module, name, record):
    """Give a sample record an external id, so that others can refer to it."""
    env["ir.model.data"]._update_xmlids(
        [{"xml_id": f"{module}.{name}", "record": record, "noupdate": True}]
    )


def get_member(env, key):
    """Return a sample member."""
    return env.ref(f"ebs_base.demo_member_{key}")


def get_user(member):
    """Return one of the accounts that act for a sample member."""
    return member.sudo()._get_users()[:1]


def moment_at(company, day, hour):
    """Return the moment of an hour of a day, told from today; never in the future."""
    date = company._ebs_today() + timedelta(days=day)
    moment = company._ebs_to_utc(date) + timedelta(hours=hour)
    return min(moment.replace(microsecond=0), clock.now())


@contextmanager
def quietly(env):
    """Let the sample members act without a mail being written to any of them."""
    users = env["res.users"].search([("login", "=like", "%@exemple.fr")])
    users.partner_id.email = False
    yield
    give_addresses(users)


def give_addresses(users):
    """Make each account's login its address."""
    for user in users:
        user.partner_id.email = user.login
