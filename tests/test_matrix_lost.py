# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""T-S4: who had a right and lost it, in the session that they have had all along.

Every way by which the thing was there just before must be closed in the next
request, whatever caches have learnt; what is queued for the leaver goes too.
"""

import pytest
from odoo.tests import tagged

from .support.cells import Cells
from .support.everybody import EverybodyCase
from .support.law import word_of

CIRCLE_THINGS = {
    "secret circle",
    "listing secret",
    "listing lent",
    "photo secret",
    "announcement secret",
    "place second",
}
PAGES = {"ebs.listing": "/listings/x-{}", "ebs.circle": "/circles/x-{}"}
PAGES["ebs.exchange"] = "/my/exchanges/{}"


@pytest.mark.slow
@tagged("post_install", "-at_install", "ebs_security")
class TestMatrixLost(EverybodyCase):
    """Before and after, by every way."""

    @classmethod
    def _make_records(cls):
        super()._make_records()
        # Fellow members whose place one reads, and requests under way.
        cls.second = cls.place("secret circle", "seller")
        cls.asked = {
            name: cls.ask(cls.personas[name], cls.things["listing secret"], *days)
            .sudo()
            .with_user(cls.env.user)
            for name, days in (
                ("insider", cls.days_of(20)),
                ("organiser", cls.days_of(30)),
            )
        }

    def _thing(self, label):
        return self.second if label == "place second" else self.things[label]

    # === THE WAYS === #

    def _ways(self, label):
        """Return by which ways a thing is there for who asks now."""
        record = self._thing(label)
        model, number = record._name, record.id
        found = {
            "count": self._rpc(model, "search_count", [["id", "=", number]]),
            "read": self._rpc(model, "read", [number], ["display_name"]),
            "web_read": self._rpc(model, "web_read", [number], {"display_name": {}}),
            "group": self._rpc(
                model,
                "formatted_read_group",
                [["id", "=", number]],
                ["company_id"],
                ["__count"],
            ),
        }
        if model in PAGES:
            page = self.get(PAGES[model].format(number))
            found["page"] = page.status_code == 200
        if model == "ebs.listing":
            word = word_of(label)
            found["search"] = f"{word}-" in self.get(f"/listings?q={word}text").text
            found["home"] = word in self.get("/listings").text
        if model == "ebs.circle":
            found["list"] = word_of(label) in self.get("/circles").text
        if model in ("ebs.photo", "ebs.circle"):
            for address in (
                f"/web/image/{model}/{{}}/image_512?unique=1",
                f"/web/image/{model}/{{}}/image_128",
                f"/web/content/{model}/{{}}/image_1920",
            ):
                none = self.url_open(address.format(999_999)).content
                picture = self.url_open(address.format(number)).content
                found[address] = picture != none
        return found

    def _rpc(self, model, method, *arguments):
        with self.silent():
            answer = self.ask_json(
                f"/web/dataset/call_kw/{model}/{method}",
                model=model,
                method=method,
                args=arguments,
                kwargs={},
            )
        return bool(answer) and not (isinstance(answer, dict) and "error" in answer)

    def _lose(self, actor, labels, act, kept=()):
        """Ask, lose the right, and ask again in the same session."""
        with Cells("rights lost") as cells:
            self.be(actor)
            for label in sorted(labels):
                for way, seen in self._ways(label).items():
                    cells.equal(seen, True, actor, label, way, "before")
            act()
            self.env.flush_all()
            self.env.invalidate_all()
            self.be(actor)
            for label in sorted(labels | set(kept)):
                for way, seen in self._ways(label).items():
                    cells.equal(seen, label in kept, actor, label, way, "after")
            for label in sorted(labels):
                path = PAGES.get(self._thing(label)._name)
                if path:
                    hidden = path.format(self._thing(label).id)
                    missing = path.format(999_999)
                    same = self.body(self.get(hidden), hidden) == self.body(
                        self.get(missing), missing
                    )
                    cells.equal(same, True, actor, label, "page as none")

    def _organiser(self, label):
        return self.things[label].with_user(self.personas["organiser"].user_id)

    # === WHAT ENDS A RIGHT === #

    def test_who_leaves(self):
        number = self.things["secret circle"].id

        def leave():
            answer = self.post(f"/circles/x-{number}/leave")
            self.assertLeadsTo(answer, "/circles")

        self._lose("insider", CIRCLE_THINGS, leave)
        self.assertEqual(self.asked["insider"].state, "cancelled")
        self.assertEqual(self.asked["organiser"].state, "requested")

    def test_who_is_removed(self):
        place = self.things["place insider"].with_user(
            self.personas["organiser"].user_id
        )
        self._lose("insider", CIRCLE_THINGS, lambda: place.action_remove("A reason"))
        self.assertEqual(self.asked["insider"].state, "cancelled")

    def test_who_is_suspended(self):
        insider = self.personas["insider"]
        things = CIRCLE_THINGS | {"listing members", "photo members"}
        self._lose("insider", things, lambda: insider.action_suspend("A reason"))
        self.assertEqual(self.asked["insider"].state, "cancelled")

    def test_whose_circle_is_closed(self):
        circle = self._organiser("secret circle")
        self._lose("insider", CIRCLE_THINGS, circle.action_close)
        self._check_gone("organiser")

    def test_whose_circle_is_archived_by_staff(self):
        circle = self.things["secret circle"].with_user(self.moderator)
        self._lose("insider", CIRCLE_THINGS, circle.action_archive)

    def _check_gone(self, actor):
        """The organiser of what is closed has lost it as well."""
        with Cells("rights lost") as cells:
            self.be(actor)
            for label in sorted(CIRCLE_THINGS):
                for way, seen in self._ways(label).items():
                    cells.equal(seen, False, actor, label, way, "closed")

    def test_who_is_no_delegate_any_more(self):
        things = {"secret circle", "listing secret", "listing draft", "photo paused"}
        things |= {"exchange lent", "message lent", "private owner"}

        def dismiss():
            self.delegate_row.active = False

        self.be("delegate")
        with Cells("rights lost") as cells:
            for label in sorted(things):
                ways = self._ways(label)
                cells.equal(ways["count"], True, "delegate", label, "before")
            dismiss()
            self.env.flush_all()
            self.env.invalidate_all()
            for label in sorted(things):
                for way, seen in self._ways(label).items():
                    cells.equal(seen, False, "delegate", label, way, "after")

    def test_whose_listing_moves_to_another_circle(self):
        owner = self.personas["owner"].user_id
        listing = self.things["listing secret"].with_user(owner)
        listed = self.things["listed circle"].ids
        self._lose(
            "insider",
            {"listing secret", "photo secret"},
            lambda: listing.action_set_visibility("circles", listed),
        )

    def test_whose_listing_is_narrowed_from_everyone(self):
        owner = self.personas["owner"].user_id
        listing = self.things["listing everyone"].with_user(owner)
        self._lose(
            "newcomer",
            {"listing everyone", "photo everyone"},
            lambda: listing.action_set_visibility("members"),
        )

    def test_whose_listing_is_paused(self):
        owner = self.personas["owner"].user_id
        listing = self.things["listing members"].with_user(owner)
        things = {"listing members", "photo members"}
        self._lose("applicant", things, listing.action_pause)

    def test_whose_owner_leaves_the_circle(self):
        owner = self.personas["owner"].user_id
        circle = self.things["secret circle"].with_user(owner)
        things = {"listing secret", "listing lent", "photo secret"}
        self._lose("insider", things, circle.action_leave)
        self.assertEqual(self.things["listing secret"].state, "paused")

    def test_a_moderators_opening_ends(self):
        opening = self.things["opening secret"]

        def end():
            opening.until = "2020-01-01 00:00:00"

        with Cells("rights lost") as cells:
            self._end_of_opening(cells, end)

    def test_a_moderator_who_is_none_any_more(self):
        group = self.env.ref("ebs_base.group_ebs_moderator")

        def end():
            user = self.accounts["opener"]
            user.group_ids = user.group_ids - group + self.env.ref("base.group_user")

        with Cells("rights lost") as cells:
            self._end_of_opening(cells, end)

    def _end_of_opening(self, cells, end):
        things = ("listing secret", "exchange lent", "announcement secret")
        self.be("opener")
        for label in things:
            cells.equal(self._ways(label)["count"], True, "opener", label, "before")
        end()
        self.env.flush_all()
        self.env.invalidate_all()
        for label in things:
            for way, seen in self._ways(label).items():
                cells.equal(seen, False, "opener", label, way, "after")

    def test_a_loan_under_way_stays_with_both(self):
        """They keep what they need of it: title, photo, place; the listing not."""
        with Cells("rights lost") as cells:
            for actor in ("former", "owner"):
                self.be(actor)
                for way, seen in self._ways("exchange lent").items():
                    cells.equal(seen, True, actor, "exchange lent", way)
            self.be("former")
            page = self.get(f"/my/exchanges/{self.things['exchange lent'].id}").text
            cells.equal(word_of("listing lent") in page, True, "former", "title")
            cells.equal("/listings/listinglent" in page, False, "former", "address")

    def test_who_is_taken_in_sees_at_once(self):
        """Rights that are given follow within the next request as well."""
        self.be("invited")
        number = self.things["secret circle"].id
        with Cells("rights lost") as cells:
            for label in ("listing secret", "photo secret", "announcement secret"):
                for way, seen in self._ways(label).items():
                    cells.equal(seen, False, "invited", label, way, "before")
            self.post(f"/circles/x-{number}/join")
            for label in ("listing secret", "photo secret", "announcement secret"):
                for way, seen in self._ways(label).items():
                    cells.equal(seen, True, "invited", label, way, "after")

    # === MAILS === #

    def test_mails_that_wait_go_with_the_right(self):
        """No mail about the circle waits for who left, and none comes after."""
        ends = {
            "leaves": lambda: (
                self.things["secret circle"]
                .with_user(self.personas["insider"].user_id)
                .action_leave()
            ),
            "is removed": lambda: (
                self.things["place insider"]
                .with_user(self.personas["organiser"].user_id)
                .action_remove()
            ),
            "is suspended": lambda: self.personas["insider"].action_suspend("Why"),
            "the circle is closed": lambda: self._organiser(
                "secret circle"
            ).action_close(),
        }
        with Cells("mails that wait") as cells:
            for name, end in ends.items():
                savepoint = self.env.cr.savepoint()
                self._send_news()
                queued = self._news_to("insider")
                cells.equal(bool(queued), True, name, "before")
                self._organiser("secret circle").action_announce("later newsqx")
                end()
                cells.equal(self._news_to("insider"), 0, name, "what waited")
                self._send_news()
                cells.equal(self._news_to("insider"), 0, name, "what came after")
                self.env.clear()
                savepoint.close(rollback=True)

    def test_matrix_of_who_is_mailed_the_news(self):
        self._send_news()
        mailed = {"owner", "delegate", "insider", "seller"}
        with Cells("mails that wait") as cells:
            for name in sorted(self.personas):
                found = bool(self._news_to(name))
                cells.equal(found, name in mailed, name)

    def _send_news(self):
        waiting = [("state", "=", "waiting")]
        for announcement in self.env["ebs.announcement"].search(waiting):
            announcement._send()

    def _news_to(self, name):
        address = self.personas[name].user_id.email
        words = (word_of("announcement secret"), "newsqx")
        mails = self.env["mail.mail"].search([("email_to", "ilike", address)])
        return len(
            mails.filtered(lambda mail: any(one in mail.body_html for one in words))
        )
