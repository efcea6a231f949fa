# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Two people write to each other by mail, and neither learns the other's address.

A real mail server takes what the queue of a real server sends; the answer goes by
SMTP to one that hands it to core's gateway script, as an operator sets it up.
"""

import email
import json
import re
import smtplib
from email.message import EmailMessage
from email.policy import SMTP, default
from email.utils import parseaddr

import pytest
from lxml import html

from .support.browsing import Person
from .support.databases import installed_template, query, run_odoo, temporary_database
from .support.server import OdooServer
from .support.smtp import GatewayServer, MailServer
from .support.world import PASSWORD, build_world
from .test_fault_mail_never_answers import make_mail_queue_due, wait_for_mail

pytestmark = pytest.mark.slow

DOMAIN = "troc.example"
OWNER, ASKER = "owner@example.com", "asker0@example.com"
PHONES = {OWNER: "+33 6 11 22 33 44", ASKER: "+33 6 55 66 77 88"}
# The gateway's account, and what only the other party could know of each.
SCRIPT = f"""
import json
gateway = env["res.users"].with_context(no_reset_password=True).create({{
    "name": "Gateway", "login": "gateway", "password": {PASSWORD!r},
    "group_ids": [(6, 0, [env.ref("base.group_user").id])],
}})
phones = {PHONES!r}
for user in env["res.users"].search([("login", "in", list(phones))]):
    user.name = "Civil " + user.login.split("@")[0].title()
    user.partner_id.phone = phones[user.login]
    private = env["ebs.member.private"].search([("member_id.user_id", "=", user.id)])
    private.write({{"phone": phones[user.login], "civil_name": user.name}})
env["mail.mail"].search([]).unlink()
env.cr.commit()
print("GATEWAY " + json.dumps(gateway.id))
"""
GIVE_DOMAIN = f"""
env["mail.alias.domain"].create({{"name": {DOMAIN!r}}})
env.cr.commit()
"""


@pytest.fixture(scope="module")
def platform():
    """Give a database with an exchange that was asked for, and its gateway."""
    with temporary_database(installed_template(), "ebs_test_reply") as database:
        world = build_world(database, askers=1, rounds=1, mail_domain=None)
        printed = run_odoo("shell", "-d", database, "--no-http", stdin=SCRIPT)
        [line] = [x for x in printed.splitlines() if x.startswith("GATEWAY ")]
        world["gateway"] = json.loads(line.removeprefix("GATEWAY "))
        yield database, world


def serve(database, mail_server):
    """Return a server that sends through `mail_server` what is due."""
    make_mail_queue_due(database)
    options = ("--smtp=127.0.0.1", f"--smtp-port={mail_server.port}")
    return OdooServer(database, cron_threads=1, options=options)


def send(port, sender, mail):
    """Hand a mail to a server, as a mail program does."""
    with smtplib.SMTP("127.0.0.1", port) as smtp:
        recipients = [parseaddr(mail["To"])[1]]
        smtp.sendmail(sender, recipients, mail.as_bytes(policy=SMTP))


def answer(notice, sender, text):
    """Return the mail by which somebody answers a notice, quote included."""
    mail = EmailMessage()
    mail["From"] = f"Civil <{sender}>"
    mail["To"] = notice["Reply-To"]
    mail["Subject"] = f"Re: {notice['Subject']}"
    mail["Message-Id"] = f"<{abs(hash(text))}@box.example>"
    mail["In-Reply-To"] = notice["Message-Id"]
    mail["References"] = f"{notice['References']} {notice['Message-Id']}"
    name, address = parseaddr(notice["From"])
    head = f"Le mer. 25 nov. 2026 à 10:12, {name} <{address}> a écrit :"
    quoted = notice.get_body(("plain",)).get_content().splitlines()
    quote = "\n".join(f"> {line}" for line in quoted)
    mail.set_content(f"{text}\n\nEnvoyé de mon iPhone\n\n{head}\n\n{quote}\n")
    return mail


def check_secrets(envelope, secrets):
    """Find nothing of the other party in any byte of a mail, decoded or not."""
    raw = envelope.content.decode()
    mail = email.message_from_bytes(envelope.content, policy=default)
    seen = [raw, *(str(value) for value in mail.values()), envelope.mail_from]
    parts = [part.get_content() for part in mail.walk() if not part.is_multipart()]
    text = "\n".join([*seen, *parts]).lower()
    for secret in secrets:
        assert secret.lower() not in text, secret
    assert "odoo" not in text and "openerp" not in text, text
    return mail


def talk(server, login, exchange_id):
    """Return the conversation as a member reads it: (who, words)."""
    person = Person(server.url).log_in(login, PASSWORD)
    page = html.fromstring(person.get(f"/my/exchanges/{exchange_id}").text)
    lines = page.cssselect(".o_ebs_messages > li")
    return [
        (
            line.cssselect("b")[0].text_content().strip(),
            line.cssselect(".o_ebs_text")[0].text_content(),
        )
        for line in lines
    ]


def waiting(database):
    [(count,)] = query(database, "SELECT COUNT(*) FROM mail_mail")
    return count


def test_nothing_leaves_before_there_is_a_mail_domain(platform):
    """What one writes to the other waits, and is said to wait in the settings."""
    database, world = platform
    [[exchange_id]] = world["gifts"]
    with MailServer() as box, serve(database, box) as server:
        asker = Person(server.url).log_in(ASKER, PASSWORD)
        path = f"/my/exchanges/{exchange_id}"
        asker.post(f"{path}/write", {"body": "Est-elle bleue ?"}, asker.token(path))
        reset = Person(server.url)
        token = reset.token("/web/reset_password")
        reset.post("/web/reset_password", {"login": OWNER}, token)
        make_mail_queue_due(database)
        wait_for_mail(database, lambda: box.envelopes)
    # The one about the account left, the member's waits.
    assert [envelope.rcpt_tos for envelope in box.envelopes] == [[OWNER]]
    assert b"reset_password" in box.envelopes[0].content
    assert waiting(database) == 1


def test_two_people_write_to_each_other_by_mail(platform):
    """Raw mails both ways: no address, no phone, no civil name of the other one."""
    database, world = platform
    [[exchange_id]] = world["gifts"]
    run_odoo("shell", "-d", database, "--no-http", stdin=GIVE_DOMAIN)
    secrets = {
        OWNER: [ASKER, PHONES[ASKER], PHONES[ASKER].replace(" ", ""), "Civil Asker"],
        ASKER: [OWNER, PHONES[OWNER], PHONES[OWNER].replace(" ", ""), "Civil Owner"],
    }
    with MailServer() as box, serve(database, box) as server:
        gateway = (database, server.port, world["gateway"], PASSWORD)
        with GatewayServer(*gateway) as incoming:
            wait_for_mail(database, lambda: len(box.envelopes) == 1)
            # A asked on the site: B gets it, and answers by mail.
            [asked] = box.envelopes
            assert asked.rcpt_tos == [OWNER]
            assert asked.mail_from.endswith(f"@{DOMAIN}")
            notice = check_secrets(asked, secrets[OWNER])
            assert "Est-elle bleue ?" in notice.get_body(("plain",)).get_content()
            assert re.fullmatch(
                rf"reply\+[0-9a-z-]+@{DOMAIN}", parseaddr(notice["Reply-To"])[1]
            )
            reply = answer(notice, OWNER, "Oui, d'un bleu profond.")
            send(incoming.port, OWNER, reply)
            assert incoming.exits == [0]
            # A reads it on the page, and gets it by mail too; answers by mail.
            words = ("owner", "Oui, d'un bleu profond.")
            assert talk(server, ASKER, exchange_id)[-1] == words
            make_mail_queue_due(database)
            wait_for_mail(database, lambda: len(box.envelopes) == 2)
            assert box.envelopes[1].rcpt_tos == [ASKER]
            told = check_secrets(box.envelopes[1], secrets[ASKER])
            assert "d'un bleu profond" in told.get_body(("plain",)).get_content()
            assert told["References"] == notice["References"]
            send(incoming.port, ASKER, answer(told, ASKER, "Parfait, à demain !"))
            # The same mail once more, by a server that was not sure: once.
            send(incoming.port, ASKER, answer(told, ASKER, "Parfait, à demain !"))
            # And one that somebody else sends with the address of A.
            send(incoming.port, OWNER, answer(told, OWNER, "C'est moi, A"))
            assert incoming.exits == [0, 0, 0, 0]
            assert talk(server, OWNER, exchange_id)[-2:] == [
                ("You", "Oui, d'un bleu profond."),
                ("asker0", "Parfait, à demain !"),
            ]
            make_mail_queue_due(database)
            wait_for_mail(database, lambda: len(box.envelopes) == 4)
            last = {envelope.rcpt_tos[0]: envelope for envelope in box.envelopes[2:]}
            assert set(last) == {OWNER, ASKER}
            for person, envelope in last.items():
                check_secrets(envelope, secrets[person])
            # Mail for nobody is refused by the script: it is core's, and unknown.
            lost = answer(told, ASKER, "Perdu")
            lost.replace_header("To", f"nobody@{DOMAIN}")
            send(incoming.port, ASKER, lost)
            assert incoming.exits[-1] != 0
    assert waiting(database) == 0
    [(logged,)] = query(
        database,
        "SELECT COUNT(*) FROM mail_message WHERE model LIKE 'ebs.%%'"
        " AND body LIKE '%%bleu%%'",
    )
    assert logged == 0
