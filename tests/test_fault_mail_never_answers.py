# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A mail server that never answers delays no page, and loses no mail.

Each thing that writes to somebody leaves one mail in the queue and answers at
once, while another thread of the same server waits for the mail server.
"""

import time

import pytest

from .support.browsing import Person
from .support.databases import installed_template, query, temporary_database
from .support.server import OdooServer
from .support.smtp import MailServer, SilentMailServer
from .support.world import PASSWORD, build_world

pytestmark = pytest.mark.slow

PATIENCE = 5
MAIL_CRON = "mail.ir_cron_mail_scheduler_action"


@pytest.fixture(scope="module")
def platform():
    """Give a database with a requested exchange, a free listing, and mails waiting."""
    with temporary_database(installed_template(), "ebs_test_mail") as database:
        world = build_world(database, askers=1, rounds=1)
        # Core's digest is for the administrator, who has no address here.
        query(database, "UPDATE digest_digest SET state = 'deactivated'")
        yield database, world


def serve(database, mail_server):
    """Return a server whose scheduled actions send mail through `mail_server`."""
    options = ("--smtp=127.0.0.1", f"--smtp-port={mail_server.port}")
    return OdooServer(database, cron_threads=2, options=options, trouble=True)


def make_mail_queue_due(database):
    """Let the scheduled action of the mail queue run with the next server."""
    module, name = MAIL_CRON.split(".")
    query(
        database,
        "UPDATE ir_cron SET nextcall = now() AT TIME ZONE 'UTC' - interval '1 day'"
        " WHERE id = (SELECT res_id FROM ir_model_data"
        "             WHERE module = %s AND name = %s)",
        (module, name),
    )


def wait_for_mail(database, done, limit=90):
    """Wake the scheduled actions until `done()`; AssertionError after `limit` s."""
    end = time.monotonic() + limit
    while not done():
        assert time.monotonic() < end, "waited in vain"
        query("postgres", "SELECT pg_notify('cron_trigger', %s)", (database,))
        time.sleep(0.5)


class Watch:
    """Measures each act and counts the mails that it leaves in the queue."""

    def __init__(self, database):
        self.database = database
        self.seen = {}

    def act(self, name, call):
        """Do one thing; return its answer and remember (seconds, mails)."""
        last = self._last_mail()
        start = time.monotonic()
        answer = call()
        took = time.monotonic() - start
        [(mails,)] = query(
            self.database, "SELECT COUNT(*) FROM mail_mail WHERE id > %s", (last,)
        )
        assert answer.status_code == 200, (name, answer.status_code, answer.url)
        self.seen[name] = (round(took, 2), mails)
        return answer

    def _last_mail(self):
        [(last,)] = query(self.database, "SELECT COALESCE(MAX(id), 0) FROM mail_mail")
        return last


def act_all(server, database, world, turn):
    """Sign up, ask for a new password, ask for a thing, accept; return a Watch."""
    watch = Watch(database)
    newcomer, asker, owner = (Person(server.url) for _person in range(3))
    asker.log_in("asker0@example.com", PASSWORD)
    owner.log_in("owner@example.com", PASSWORD)
    listing_id, exchange_id = world["clicks"][turn], world["loans"][turn][0]

    token = newcomer.token("/web/signup")
    form = {
        "name": "Newcomer",
        "login": f"newcomer{turn}@example.com",
        "password": PASSWORD,
        "terms": "1",
    }
    watch.act("sign-up", lambda: newcomer.post("/web/signup", form, token))
    token = newcomer.token("/web/reset_password")
    form = {"login": "owner@example.com"}
    watch.act("reset", lambda: newcomer.post("/web/reset_password", form, token))
    token = asker.token(f"/listings/{listing_id}")
    form = {
        "way": "lend",
        "message": "Bonjour",
        "date_start": world["days"]["date_start"],
        "date_end": world["days"]["date_end"],
    }
    path = f"/listings/{listing_id}/ask"
    watch.act("asking", lambda: asker.post(path, form, token))
    path = f"/my/exchanges/{exchange_id}"
    token = owner.token(path)
    watch.act("accepting", lambda: owner.post(f"{path}/accept", {}, token))
    return watch


def test_no_page_waits_for_a_mail_server_that_never_answers(platform):
    """Sign-up, reset, asking, accepting: at once, and one mail in the queue each."""
    database, world = platform
    make_mail_queue_due(database)
    with SilentMailServer() as silent, serve(database, silent) as server:
        wait_for_mail(database, lambda: silent.connections)
        watch = act_all(server, database, world, 0)
    print(f"seconds and mails while the mail server is silent: {watch.seen}")
    assert {name: mails for name, (_took, mails) in watch.seen.items()} == {
        "sign-up": 1,
        "reset": 1,
        "asking": 1,
        "accepting": 1,
    }
    assert max(took for took, _mails in watch.seen.values()) < PATIENCE


def test_the_queue_drains_once_a_mail_server_answers(platform):
    """Each mail that waits then leaves once, to one person, from the platform."""
    database, _world = platform
    [(waiting,)] = query(
        database, "SELECT COUNT(*) FROM mail_mail WHERE state = 'outgoing'"
    )
    assert waiting >= 4
    make_mail_queue_due(database)
    with MailServer() as mail_server, serve(database, mail_server):
        wait_for_mail(database, lambda: len(mail_server.envelopes) >= waiting)
    assert len(mail_server.envelopes) == waiting
    assert {len(envelope.rcpt_tos) for envelope in mail_server.envelopes} == {1}
