# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from lxml import etree
from odoo.tests import Form, tagged
from odoo.tools.safe_eval import safe_eval

from .common import ListingsCase


@tagged("ebs_listings", "post_install", "-at_install")
class TestBackOffice(ListingsCase):
    """What staff open on a Monday morning works, for each role that may."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.owner = cls.make_member("Olga")
        cls.asker = cls.make_member("Anna")
        cls.listing = cls.make_listing(cls.owner)
        cls.exchange = cls.ask(cls.asker, cls.listing)

    def test_every_view_opens_and_every_filter_finds(self):
        for name in ("ebs.listing", "ebs.exchange", "ebs.category"):
            views = self.env["ir.ui.view"].search(
                [("model", "=", name), ("mode", "=", "primary")]
            )
            model = self.env[name].with_user(self.manager)
            for view in views:
                arch = model.get_view(view.id, view.type)["arch"]
                if view.type == "search":
                    self.try_filters(model, etree.fromstring(arch))

    def try_filters(self, model, arch):
        for node in arch.iter("filter"):
            if node.get("domain"):
                model.search(safe_eval(node.get("domain")))
            elif "group_by" in node.get("context", ""):
                group = safe_eval(node.get("context"))["group_by"]
                model.formatted_read_group([], [group], ["__count"])

    def test_forms_open_for_each_role(self):
        for user in (self.desk, self.moderator, self.manager):
            self.assertEqual(
                Form(self.exchange.with_user(user)).title, self.listing.name
            )
            Form(self.listing.with_user(user))

    def test_the_cards_of_listings_show_the_first_photo(self):
        self.assertFalse(self.listing.image_128)
        photo = self.make_photo(self.listing)
        self.assertEqual(self.listing.image_128, photo.image_128)
        self.assertFalse(self.listing._can_return_content("image_128"))

    def test_exchanges_stand_in_the_order_of_their_states(self):
        groups = (
            self.env["ebs.exchange"]
            .with_user(self.desk)
            .with_context(read_group_expand=True)
            .web_read_group(
                [("id", "=", self.exchange.id)], ["state"], ["__count"], limit=80
            )["groups"]
        )
        states = [group["state"] for group in groups]
        self.assertEqual(states[:2], ["requested", "accepted"])

    def test_smart_buttons_count_what_they_open(self):
        owner = self.owner.with_user(self.moderator)
        asker = self.asker.with_user(self.moderator)
        self.assertEqual((owner.listing_count, owner.exchange_count), (1, 1))
        self.assertEqual((asker.listing_count, asker.exchange_count), (0, 1))
        self.assertEqual(self.listing.with_user(self.desk).exchange_count, 1)
        for xmlid, record in (
            ("ebs_listings.ebs_listing_action_member", self.owner),
            ("ebs_listings.ebs_exchange_action_member", self.asker),
            ("ebs_listings.ebs_exchange_action_listing", self.listing),
        ):
            action = self.env.ref(xmlid)
            domain = safe_eval(action.domain, {"active_id": record.id})
            found = self.env[action.res_model].with_user(self.moderator).search(domain)
            self.assertEqual(len(found), 1, xmlid)

    def test_what_waits_for_moderation_is_one_click_away(self):
        self.company.ebs_moderation = "before"
        draft = self.make_draft(self.owner)
        self.by(self.owner, draft).action_publish()
        action = self.env.ref("ebs_listings.ebs_listing_action_moderate")
        self.assertIn("search_default_to_moderate", action.context)
        view = self.env.ref("ebs_listings.ebs_listing_view_search")
        node = etree.fromstring(view.arch).find(".//filter[@name='to_moderate']")
        listings = self.env["ebs.listing"].with_user(self.moderator)
        self.assertEqual(listings.search(safe_eval(node.get("domain"))).ids, draft.ids)

    def test_a_change_of_these_rules_is_logged(self):
        self.company.write({"ebs_moderation": "before", "ebs_request_days": 10})
        logged = self.env["ebs.rule.change"].search(
            [("company_id", "=", self.company.id)]
        )
        self.assertEqual(
            set(logged.mapped("field_name")), {"ebs_moderation", "ebs_request_days"}
        )
