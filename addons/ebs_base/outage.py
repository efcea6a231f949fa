# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""While the database is away for a moment, people wait, and stay signed in.

Odoo takes a database that does not answer for one that is gone: it signs out whoever
asks meanwhile, and answers 404. What restarts comes back in seconds. So whoever asks
for a database that has answered before is told to try again, and the same request
then gives what it would have given.
"""

import psycopg2
from odoo import http
from odoo.modules.registry import Registry
from werkzeug.exceptions import ServiceUnavailable

RETRY_AFTER = 5
# In both languages: there is no translation without a database.
SENTENCE = (
    "The service is back in a moment: please reload the page. "
    "Le service revient dans un instant : rechargez la page."
)

_serve_db = http.Request._serve_db


def _serve_db_or_wait(self):
    """Serve the request; answer 503 when a known database does not answer."""
    try:
        return _serve_db(self)
    except http.RegistryError as error:
        is_away = isinstance(error.__cause__, psycopg2.OperationalError)
        if is_away and self.db in Registry.registries:
            raise ServiceUnavailable(SENTENCE, retry_after=RETRY_AFTER) from error
        raise


http.Request._serve_db = _serve_db_or_wait
