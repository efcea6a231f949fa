# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from threading import Event, Thread

from odoo import SUPERUSER_ID, api
from odoo.sql_db import db_connect
from odoo.tests import TransactionCase
from odoo.tools import mute_logger


class RealRacesCase(TransactionCase):
    """Real cursors: two act at once, and each has read before the other wrote.

    A cursor commits at the end of its block. What a subclass makes in `_make_world`
    is seen by all transactions; `_clean_world` takes it away again.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.connection = db_connect(cls.env.cr.dbname)
        with cls.connection.cursor() as cr:
            cls.names = cls._make_world(cls._env(cr))
        cls.addClassCleanup(cls._clean_world)

    @classmethod
    def _env(cls, cr, user_id=SUPERUSER_ID):
        context = {"tracking_disable": True, "lang": "en_US"}
        return api.Environment(cr, user_id, context)

    def _do(self, act):
        with self.connection.cursor() as cr:
            return act(cr)

    def _race(self, first, second):
        """Both have read when the first commits; return the second one's error."""
        has_read, errors = Event(), []

        def run():
            try:
                with self.connection.cursor() as cr:
                    cr.execute("SELECT 1")  # it sees nothing that is committed later
                    has_read.set()
                    second(cr)
            except Exception as error:  # noqa: BLE001 the test looks at it
                errors.append(error)

        rival = Thread(target=run)
        with mute_logger("odoo.sql_db"):
            with self.connection.cursor() as cr:
                first(cr)
                rival.start()
                has_read.wait(20)
                rival.join(0.3)  # it waits for the row that the first has written
                self.assertTrue(rival.is_alive(), errors)
            rival.join(20)
        self.assertEqual(len(errors), 1)
        return errors[0]
