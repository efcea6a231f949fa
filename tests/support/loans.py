# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Members who lend and borrow over real HTTP, many of them in one instant.

The only place in which the races and faults know how an act of a loan is asked
for: by the form of its page, or by the public method where no page is needed.
"""

import re
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

from lxml import html

from .browsing import Person
from .databases import query
from .world import PASSWORD

DONE, REFUSED = 303, 422
OVERLAPS = """
SELECT count(*) FROM ebs_booking a JOIN ebs_booking b
    ON a.copy_id = b.copy_id AND a.id < b.id
   AND a.date_start < b.date_end AND b.date_start < a.date_end
"""
# Loans that are to come, on days that their owner has closed.
CLOSED = """
SELECT count(*) FROM ebs_exchange e JOIN ebs_availability a
    ON a.listing_id = e.listing_id AND NOT a.is_outside AND e.state = 'accepted'
   AND a.date_start < e.date_end AND e.date_start < a.date_end
"""
# Loans that are to come, of copies that are not there.
GONE = """
SELECT count(*) FROM ebs_exchange e JOIN ebs_booking b ON b.exchange_id = e.id
    JOIN ebs_copy c ON c.id = b.copy_id
 WHERE e.state = 'accepted' AND c.state != 'in_service' AND NOT b.is_unserved
"""


def day(number):
    """Return the day that comes `number` days after today, as forms write it."""
    return (date.today() + timedelta(days=number)).isoformat()  # noqa: DTZ011


def at_once(calls):
    """Start all `calls` behind one barrier and return their results in order."""
    barrier = threading.Barrier(len(calls))

    def run(call):
        barrier.wait()
        return call()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


def sentence(answer):
    """Return what the page says of a refusal."""
    found = html.fromstring(answer.text).xpath("//*[contains(@class, 'o_ebs_alert')]")
    return " ".join(found[0].text_content().split()) if found else ""


class Member(Person):
    """Somebody signed in, who sends the forms of loans without following them."""

    def __init__(self, server, login=None):
        super().__init__(server.url)
        self.server = server
        if login:
            account = {"db": server.database, "login": login, "password": PASSWORD}
            self._call("/web/session/authenticate", account)
            self.csrf = self.token("/my/profile")

    def twin(self):
        """Return the same session on another connection, as a second tab has it."""
        twin = Member(self.server)
        twin.csrf = self.csrf
        twin.session.cookies.update(self.session.cookies)
        return twin

    def send(self, path, form=None):
        """Send a form once and return the answer as it comes."""
        return self.post(path, form, token=self.csrf, allow_redirects=False)

    def ask(self, listing_id, first, last, **form):
        """Ask to borrow something from one day to another, counted from today."""
        days = {"date_start": day(first), "date_end": day(last)}
        form = {"way": "lend", "message": "Bonjour", **days, **form}
        return self.send(f"/listings/chose-{listing_id}/ask", form)

    def act(self, exchange_id, act, **form):
        """Do one thing in an exchange: accept, cancel, hand_over…"""
        return self.send(f"/my/exchanges/{exchange_id}/{act}", form)

    def call(self, model, method, *args):
        """Call a public method as the web client does: (result, None) or (None, error).

        The error is the name of the exception.
        """
        params = {"model": model, "method": method, "args": args, "kwargs": {}}
        answer = self._call(f"/web/dataset/call_kw/{model}/{method}", params)
        if "error" in answer:
            return None, answer["error"]["data"]["name"]
        return answer.get("result"), None

    def _call(self, path, params):
        payload = {"jsonrpc": "2.0", "method": "call", "params": params}
        return self.session.post(self.url + path, json=payload, timeout=120).json()

    def offer(self, name, **values):
        """Publish something to lend and return its id."""
        [(category_id, zone_id)] = query(
            self.server.database,
            "SELECT c.id, z.id FROM ebs_category c, ebs_zone z LIMIT 1",
        )
        values = {"category_id": category_id, "zone_id": zone_id, **values}
        made, error = self.call(
            "ebs.listing", "action_create", {"name": name, "ways": ["lend"], **values}
        )
        assert not error, error
        listing_id = made[0] if isinstance(made, list) else made
        _done, error = self.call("ebs.listing", "action_publish", [listing_id])
        assert not error, error
        return listing_id


def exchange_of(answer):
    """Return the id of the exchange to which a request led, or None."""
    found = re.search(r"/my/exchanges/(\d+)", answer.headers.get("Location", ""))
    return int(found[1]) if found else None
