# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.addons.ebs_base.clock import now
from odoo.addons.ebs_base.tests.real_races import RealRacesCase
from odoo.exceptions import UserError
from odoo.tests import tagged
from psycopg2.errors import SerializationFailure


@tagged("post_install", "-at_install", "ebs_concurrency", "ebs_listings")
class TestAlertRaces(RealRacesCase):
    """The last place among the alerts of a member is taken once."""

    @classmethod
    def _make_world(cls, env):
        company = env["res.company"].search([], order="id", limit=1)
        user = env["res.users"]._ebs_create_portal(
            company, "Civil Ada", "ada@alerts.example.com", "ada@alerts"
        )
        member = env["ebs.member"]._create_persona(company, user, "Ada")
        member.private_ids.email_confirmed_at = now()
        member._approve()
        alerts = env["ebs.alert"].with_user(user)
        for number in range(9):
            alerts.action_create({"q": f"word {number}"}, "", member.id)
        return {"user": user.id, "member": member.id}

    @classmethod
    def _clean_world(cls):
        with cls.connection.cursor() as cr:
            env = cls._env(cr)
            member = env["ebs.member"].browse(cls.names["member"])
            member.unlink()
            env["mail.mail"].search([("email_to", "ilike", "ada@alerts")]).unlink()
            user = env["res.users"].browse(cls.names["user"])
            partner = user.partner_id
            user.unlink()
            partner.unlink()

    def _keep(self, word):
        def act(cr):
            env = self._env(cr, self.names["user"])
            env["ebs.alert"].action_create({"q": word}, "", self.names["member"])
            env.flush_all()

        return act

    def test_the_tenth_alert_is_made_once(self):
        error = self._race(self._keep("first"), self._keep("second"))
        self.assertIsInstance(error, SerializationFailure)
        with self.assertRaisesRegex(UserError, "10 alerts already"):
            self._do(self._keep("second"))
