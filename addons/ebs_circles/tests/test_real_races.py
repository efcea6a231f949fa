# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.addons.ebs_base.tests.real_races import RealRacesCase
from odoo.exceptions import UserError
from odoo.tests import tagged
from psycopg2.errors import SerializationFailure


@tagged("ebs_concurrency")
class TestRealRaces(RealRacesCase):
    """Real cursors: two act at once, and each has read before the other wrote.

    A cursor commits at the end of its block.
    """

    @classmethod
    def _make_world(cls, env):
        """Make for all to see what other transactions need to see."""
        company = env["res.company"].search([], order="id", limit=1)
        members = env["ebs.member"]
        for name in ("race.odile", "race.ada", "race.bob"):
            user = env["res.users"]._ebs_create_portal(
                company, name, f"{name}@example.com", f"{name}@example.com"
            )
            member = members._create_persona(company, user, name)
            member.private_ids.email_confirmed_at = "2026-01-01 00:00:00"
            member._approve()
            members |= member
        circles = env["ebs.circle"]
        for name in ("race one", "race two"):
            circle = circles.create({"company_id": company.id, "name": name})
            circle._create_membership(members[0]).action_make_organiser()
            circles |= circle
        cls.limits = (company.ebs_circle_max_members, company.ebs_member_max_circles)
        return {
            "company": company.id,
            "members": members.ids,
            "users": members.user_id.ids,
            "circles": circles.ids,
        }

    @classmethod
    def _clean_world(cls):
        with cls.connection.cursor() as cr:
            env = cls._env(cr)
            company = env["res.company"].browse(cls.names["company"])
            company.ebs_circle_max_members, company.ebs_member_max_circles = cls.limits
            domain = [("company_id", "=", company.id)]
            changes = env["ebs.rule.change"].search(domain)
            changes.filtered(lambda one: "_max_" in one.field_name).unlink()
            cls._delete_mails(env)
            env["ebs.circle"].browse(cls.names["circles"]).unlink()
            env["ebs.member"].browse(cls.names["members"]).unlink()
            users = env["res.users"].browse(cls.names["users"])
            partners = users.partner_id
            users.unlink()
            partners.unlink()

    @staticmethod
    def _delete_mails(env):
        env["mail.mail"].search([("email_to", "ilike", "race.")]).unlink()

    def setUp(self):
        super().setUp()
        with self.connection.cursor() as cr:
            circles = self._env(cr)["ebs.circle"].browse(self.names["circles"])
            places = circles.membership_ids
            self._delete_mails(circles.env)
            founder = self.names["members"][0]
            for circle in circles:
                place = circle._find_membership(
                    circle.env["ebs.member"].browse(founder)
                )
                place.role = "organiser"
                place._activate((place.state,))
            places.filtered(lambda one: one.member_id.id != founder).unlink()

    def _set_limit(self, name, value):
        with self.connection.cursor() as cr:
            self._env(cr)["res.company"].browse(self.names["company"])[name] = value

    def _act(self, cr, who, model, record, method, *args):
        env = self._env(cr, self.names["users"][who])
        getattr(env[model].browse(record), method)(*args)
        env.flush_all()

    def _join(self, who, circle):
        record = self.names["circles"][circle]
        return lambda cr: self._act(cr, who, "ebs.circle", record, "action_join")

    def _leave(self, who, circle):
        record = self.names["circles"][circle]
        return lambda cr: self._act(cr, who, "ebs.circle", record, "action_leave")

    def test_the_last_place_of_a_circle_is_taken_once(self):
        self._set_limit("ebs_circle_max_members", 2)
        error = self._race(self._join(1, 0), self._join(2, 0))
        self.assertIsInstance(error, SerializationFailure)
        with self.assertRaisesRegex(UserError, "as many members"):
            self._do(self._join(2, 0))
        self._set_limit("ebs_circle_max_members", 500)

    def test_the_last_circle_of_a_member_is_entered_once(self):
        self._set_limit("ebs_member_max_circles", 1)
        error = self._race(self._join(1, 0), self._join(1, 1))
        self.assertIsInstance(error, SerializationFailure)
        with self.assertRaisesRegex(UserError, "as many circles"):
            self._do(self._join(1, 1))
        self._set_limit("ebs_member_max_circles", 50)

    def test_of_two_last_organisers_one_stays(self):
        def promote(cr):
            env = self._env(cr)
            circle = env["ebs.circle"].browse(self.names["circles"][0])
            member = env["ebs.member"].browse(self.names["members"][1])
            circle._find_membership(member).action_make_organiser()
            env.flush_all()

        self._do(self._join(1, 0))
        self._do(self._join(2, 0))
        self._do(promote)
        error = self._race(self._leave(0, 0), self._leave(1, 0))
        self.assertIsInstance(error, SerializationFailure)
        with self.assertRaisesRegex(UserError, "only organiser"):
            self._do(self._leave(1, 0))

    def test_who_leaves_while_the_mails_are_written_is_sent_none(self):
        def send(cr):
            env = self._env(cr)
            env["ebs.announcement"].browse(news[0])._try_send()
            env.flush_all()

        def announce(cr):
            env = self._env(cr, self.names["users"][0])
            circle = env["ebs.circle"].browse(self.names["circles"][0])
            news.append(circle.action_announce("News").id)
            env.flush_all()

        news = []
        self._do(self._join(1, 0))
        self._do(announce)
        error = self._race(send, self._leave(1, 0))
        self.assertIsInstance(error, SerializationFailure)
        self.assertEqual(self._count_mails(), 1)
        self._do(self._leave(1, 0))
        self.assertEqual(self._count_mails(), 0)

    def test_a_letter_serves_one_of_two_who_come_at_once(self):
        tokens = []

        def invite(cr):
            env = self._env(cr, self.names["users"][0])
            circle = env["ebs.circle"].browse(self.names["circles"][0])
            letter = circle.action_invite_email("race.neighbour@example.org")
            tokens.append(letter._get_url().rsplit("/", 1)[1])
            env.flush_all()

        def accept(who):
            return lambda cr: self._act(
                cr, who, "ebs.circle.invitation", [], "action_accept", tokens[0]
            )

        self._do(invite)
        error = self._race(accept(1), accept(2))
        self.assertIsInstance(error, SerializationFailure)
        with self.assertRaisesRegex(UserError, "does not serve"):
            self._do(accept(2))

    def _count_mails(self):
        with self.connection.cursor() as cr:
            domain = [("ebs_member_id", "=", self.names["members"][1])]
            return self._env(cr)["mail.mail"].search_count(domain)
