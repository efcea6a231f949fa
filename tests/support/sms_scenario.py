# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Reminders by SMS, played inside an Odoo process with real commits.

Fed to Odoo's shell. A day passes in a second: the clock is set, nobody sleeps.
"""

import json
from datetime import timedelta

from .databases import run_odoo
from .twilio_server import TwilioServer

ACCOUNT = "AC" + "0" * 32
TOKEN = "token of the tests"
NUMBER = "+33612345678"
OUTAGE = 4


def run(database, call):
    """Run one call of this module in Odoo's shell and return what it gave.

    :param call: such as `play(env, 12, "slow", 50, 7)`, of what is in this module
    """
    script = (
        "import json\nfrom tests.support.sms_scenario import *\n"
        f"print('GIVEN ' + json.dumps({call}))\n"
    )
    printed = run_odoo("shell", "-d", database, "--no-http", stdin=script)
    lines = [line for line in printed.splitlines() if line.startswith("GIVEN ")]
    assert lines, printed
    return json.loads(lines[0].removeprefix("GIVEN "))


def configure(env, url):
    """Let the platform send through the gateway at `url`."""
    company = env["res.company"].search([("is_ebs_platform", "=", True)])
    company.write(
        {
            "ebs_sms_gateway": "twilio",
            "ebs_sms_sender": "+33644600001",
            "ebs_twilio_account_sid": ACCOUNT,
            "ebs_twilio_auth_token": TOKEN,
            "ebs_sms_paused_until": False,
        }
    )
    env["ir.config_parameter"].set_param("ebs_sms.twilio_url", url)
    env.cr.commit()


def lend(env, exchange_id):
    """Accept a request and hand the thing over on its first day."""
    from odoo.addons.ebs_base.clock import clock_at  # noqa: PLC0415 - once configured

    exchange = env["ebs.exchange"].browse(exchange_id)
    exchange.asker_id.private_ids.phone = NUMBER
    seen_by_owner = exchange.with_user(exchange.owner_id.user_id)
    seen_by_owner.action_accept()
    with clock_at(exchange.date_start + timedelta(hours=10)):
        seen_by_owner.action_hand_over()
    env["ebs.reminder"].search([("exchange_id", "=", exchange_id)]).unlink()
    env.cr.commit()


def owe(env, exchange_id, count):
    """Owe `count` more reminders of a loan, and queue what they send.

    :return: the moment at which all of them were due, and their ids
    """
    from odoo.addons.ebs_base.clock import clock_at  # noqa: PLC0415 - once configured

    exchange = env["ebs.exchange"].browse(exchange_id)
    made = env["ebs.reminder"].search_count([("exchange_id", "=", exchange_id)])
    first = exchange.date_start + timedelta(hours=12)
    reminders = env["ebs.reminder"].create(
        [
            {
                "exchange_id": exchange_id,
                "member_id": exchange.asker_id.id,
                "company_id": exchange.company_id.id,
                "due_at": first + timedelta(seconds=made + rank),
            }
            for rank in range(count)
        ]
    )
    env.cr.commit()
    moment = reminders[-1:].due_at
    with clock_at(moment):
        env["ebs.reminder"]._cron_send_due(batch_size=count)
    return moment, reminders.ids


def play(env, exchange_id, fault, count, seed):
    """Owe `count` reminders, let the gateway fail, then recover.

    :return: dict with one row for each reminder: how often the gateway took its
        message (`taken`), `state`, `failure`; and `minutes` from recovery until
        nothing was left to send
    """
    from odoo.addons.ebs_base.clock import clock_at  # noqa: PLC0415 - once configured
    from odoo.addons.ebs_sms import gateways  # noqa: PLC0415

    gateways.TIME_LIMIT = 0.3
    with TwilioServer(ACCOUNT, TOKEN, seed=seed) as twilio:
        configure(env, twilio.url)
        moment, reminder_ids = owe(env, exchange_id, count)
        twilio.set_mode(fault)
        for _turn in range(OUTAGE):
            moment = _pass(env, clock_at, moment)
        twilio.set_mode("well")
        minutes = 0
        while _is_waiting(env) and minutes <= 30:
            moment = _pass(env, clock_at, moment)
            minutes += 5
        taken = [message["StatusCallback"][-32:] for message in twilio.accepted]
    messages = env["sms.sms"].search([("ebs_reminder_id", "in", reminder_ids)])
    return {
        "reminders": len(reminder_ids),
        "received": twilio.received,
        "minutes": minutes,
        "messages": [
            {
                "reminder": sms.ebs_reminder_id.id,
                "taken": taken.count(sms.uuid),
                "state": sms.state,
                "failure": sms.failure_type,
            }
            for sms in messages
        ],
    }


def play_all(env, exchange_id, faults, count, seed):
    """Play each fault in turn; return the outcomes by fault."""
    return {fault: play(env, exchange_id, fault, count, seed) for fault in faults}


def send(env, url):
    """Run the queue once, as the scheduled action does."""
    configure(env, url)
    env["sms.sms"]._process_queue()
    env.cr.commit()
    return True


def owe_one(env, exchange_id, url):
    """Queue one more SMS for the gateway at `url`; return its id."""
    configure(env, url)
    _moment, reminder_ids = owe(env, exchange_id, 1)
    return env["sms.sms"].search([("ebs_reminder_id", "in", reminder_ids)]).id


def _pass(env, clock_at, moment):
    with clock_at(moment):
        env["sms.sms"]._process_queue()
        env.cr.commit()
    return moment + timedelta(minutes=5)


def _is_waiting(env):
    return bool(env["sms.sms"].search_count([("state", "=", "outgoing")]))
