# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Who joins or leaves a circle slows nobody else down.

A cleared cache is cleared in every process, for everybody: a busy evening of a
thousand memberships would leave the whole platform without caches.
"""

from contextlib import contextmanager
from unittest.mock import patch

from odoo.addons.ebs_website.tests.common import WebCase
from odoo.modules.registry import Registry
from odoo.tests import tagged


@contextmanager
def cleared_caches():
    """Give the names of the caches that this block clears, in any thread."""
    cleared = []
    clear, clear_all = Registry.clear_cache, Registry.clear_all_caches

    def one(registry, *names):
        cleared.extend(names or ("default",))
        return clear(registry, *names)

    def every(registry):
        cleared.append("all")
        return clear_all(registry)

    with (
        patch.object(Registry, "clear_cache", one),
        patch.object(Registry, "clear_all_caches", every),
    ):
        yield cleared


@tagged("post_install", "-at_install")
class TestCaches(WebCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.joiner = cls.make_member("Jules Cache")

    def setUp(self):
        super().setUp()
        self.env.flush_all()
        self.addCleanup(self.registry.cache_invalidated.clear)
        self.registry.cache_invalidated.clear()

    def as_joiner(self, circle):
        """The circle as a portal user sees it."""
        return circle.with_user(self.joiner.user_id)

    @contextmanager
    def assertClearsNothing(self):
        """Nothing is cleared here, nor told to other processes as cleared."""
        told = self.registry.get_sequences(self.env.cr)
        with cleared_caches() as cleared:
            yield
            self.env.flush_all()
        self.assertEqual(cleared, [])
        self.assertEqual(self.registry.cache_invalidated, set())
        self.assertFalse(self.registry.registry_invalidated)
        self.assertEqual(self.registry.get_sequences(self.env.cr), told)

    def test_joining_an_open_circle_and_leaving_it_clears_no_cache(self):
        circle = self.as_joiner(self.open_circle)
        with self.assertClearsNothing():
            circle.action_join()
        self.assertEqual(circle.member_count, 2)
        with self.assertClearsNothing():
            circle.action_leave()
        self.assertEqual(circle.member_count, 1)

    def test_applying_and_being_let_in_clears_no_cache(self):
        circle = self.as_joiner(self.request_circle)
        with self.assertClearsNothing():
            membership = circle.action_join("I live next door.")
        with self.assertClearsNothing():
            membership.with_user(self.organiser.user_id).action_accept()
        with self.assertClearsNothing():
            circle.action_leave()

    def test_accepting_an_invitation_and_being_removed_clears_no_cache(self):
        hidden = self.hidden_circle.with_user(self.organiser.user_id)
        with self.assertClearsNothing():
            membership = hidden.action_invite(self.joiner.id)
        with self.assertClearsNothing():
            self.as_joiner(self.hidden_circle).action_join()
        with self.assertClearsNothing():
            membership.action_remove()

    def test_the_pages_of_joining_and_leaving_clear_no_cache(self):
        self.log_in(self.joiner)
        slug = self.env["ir.http"]._slug(self.open_circle)
        self.get(f"/circles/{slug}")
        for act, state in (("join", "active"), ("leave", "left")):
            with self.assertClearsNothing():
                answer = self.post(f"/circles/{slug}/{act}")
            self.assertEqual(answer.status_code, 303, answer.text[:500])
            membership = self.open_circle._find_membership(self.joiner)
            self.assertEqual(membership.state, state)

    def test_the_watch_sees_what_is_cleared(self):
        """The tests above would notice: the same watch, and a cache cleared."""
        with cleared_caches() as cleared:
            self.registry.clear_cache("templates")
            self.registry.clear_cache()
        self.assertEqual(cleared, ["templates", "default"])
        self.assertEqual(self.registry.cache_invalidated, {"templates", "default"})
