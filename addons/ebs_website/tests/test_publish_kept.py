# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from lxml import html
from odoo.addons.ebs_base.clock import clock_at, now
from odoo.tests import tagged

from .pages_common import WebsiteCase, make_jpeg


@tagged("post_install", "-at_install")
class TestPublishKept(WebsiteCase):
    """Nothing that was typed or chosen is lost; wants; renewal from the mail."""

    def setUp(self):
        super().setUp()
        self.log_in(self.owner)

    def _values(self, **values):
        return {
            "side": "offer",
            "name": "Raclette for eight",
            "ways": ["give"],
            "category_id": str(self.garden.id),
            "visibility": "everyone",
            **values,
        }

    def _find(self, name="Raclette for eight"):
        self.env.invalidate_all()
        return self.env["ebs.listing"].search([("name", "=", name)])

    def _photo(self, name="a.jpg", content=None):
        return ("photos", (name, content or make_jpeg(), "image/jpeg"))

    # === PHOTOS === #

    def test_photos_outlive_the_refusal_of_a_new_listing(self):
        response = self.post(
            "/publish", self._values(price="a lot"), files=[self._photo()]
        )
        self.assertEqual(response.status_code, 422)
        listing = self._find()
        self.assertEqual(len(listing.photo_ids), 1)
        page = html.fromstring(response.text)
        self.assertEqual(len(page.cssselect("#photos li img")), 1)
        form = page.cssselect("form.o_ebs_publish")[0]
        self.assertEqual(form.get("action"), f"/my/listings/{listing.id}/edit")
        self.assertEqual(form.cssselect("#ebs_price")[0].get("value"), "a lot")
        self.post(f"/my/listings/{listing.id}/edit", self._values(price=""))
        self.assertEqual(self._find().state, "published")
        self.assertEqual(len(listing.photo_ids), 1)

    def test_photos_outlive_the_refusal_of_a_change(self):
        listing = self.make_loan(name="Raclette for eight")
        response = self.post(
            f"/my/listings/{listing.id}/edit",
            self._values(price="a lot", name="Other"),
            files=[self._photo()],
        )
        self.assertEqual(response.status_code, 422)
        self.assertEqual(len(listing.photo_ids), 1)
        self.assertEqual(self._find(), listing, "what is shown changes as a whole")
        self.assertIn('value="Other"', response.text)

    def test_a_refused_photo_is_named_and_the_others_are_kept(self):
        response = self.post(
            "/publish",
            self._values(),
            files=[self._photo(), self._photo("notes.jpg", b"hello"), self._photo()],
        )
        self.assertEqual(response.status_code, 422)
        alert = html.fromstring(response.text).cssselect(".o_ebs_alert")[0]
        self.assertIn("“notes.jpg”: This picture cannot", alert.text_content())
        listing = self._find()
        self.assertEqual((listing.state, len(listing.photo_ids)), ("draft", 2))

    def test_photos_change_their_order_without_script(self):
        listing = self.make_draft(self.owner, name="Raclette for eight")
        first, second = (self.add_photo(listing) for _turn in range(2))
        values = self._values(
            photo_order=[str(first.id), str(second.id)], photo_up=str(second.id)
        )
        response = self.post(f"/my/listings/{listing.id}/edit", values)
        self.assertEqual(response.status_code, 200)
        listing.invalidate_recordset()
        self.assertEqual(listing.main_photo_id, second)
        self.assertEqual(listing.state, "draft", "nothing is published by that")
        for garbage in (["x"], ["-1"], [str(first.id)] * 50):
            self.post(
                f"/my/listings/{listing.id}/edit",
                self._values(photo_order=garbage, photo_up="x"),
            )
        self.assertEqual(len(listing.photo_ids), 2)

    # === CATEGORY, PREVIEW, MODERATION === #

    def test_a_category_is_proposed_when_the_form_comes_without(self):
        response = self.post(
            "/publish", self._values(name="A book on mowers", category_id="")
        )
        self.assertEqual(response.status_code, 422)
        page = html.fromstring(response.text)
        chosen = page.cssselect("#ebs_category option[selected]")[0]
        self.assertIn(chosen.text.strip(), ("Books", "Mowers"))
        note = page.cssselect("#ebs_category_note")[0]
        self.assertNotIn("d-none", note.get("class"))

    def test_a_category_is_proposed_while_the_title_is_typed(self):
        answer = self.url_open("/publish/category.json?title=An+old+book")
        self.assertEqual(answer.json(), {"id": self.books.id})
        for title in ("", "%25", "%00", "x" * 3000):
            answer = self.url_open(f"/publish/category.json?title={title}")
            self.assertEqual(answer.json(), {"id": None})

    def test_the_card_is_shown_as_others_will_see_it(self):
        listing = self.make_draft(self.owner, name="Raclette for eight")
        page = self.get(f"/my/listings/{listing.id}/edit")
        card = self.text_of(page, ".o_ebs_preview .o_ebs_card")
        for words in ("Raclette for eight", "Gift", self.owner.name):
            self.assertIn(words, card)
        self.post("/publish", self._values(name="", as_member_id=self.asker.id))

    def test_the_form_says_that_moderators_look_first(self):
        self.assertFalse(self.get("/publish").cssselect(".o_ebs_moderated"))
        self.company.ebs_moderation = "before"
        self.assertTrue(self.get("/publish").cssselect(".o_ebs_moderated"))
        self.post("/publish", self._values(side="want"), files=[self._photo()])
        self.assertEqual(self._find().state, "pending")

    # === WANTS === #

    def test_the_first_choice_is_to_offer_or_to_look_for(self):
        page = self.get("/publish?side=want")
        choices = page.cssselect("input[name=side]")
        self.assertEqual([one.get("value") for one in choices], ["offer", "want"])
        self.assertTrue(choices[1].get("checked"))
        self.post("/publish", self._values(side="want", price="5", copy_count="3"))
        listing = self._find()
        self.assertEqual((listing.side, listing.state), ("want", "published"))
        self.assertEqual((listing.price, listing.copy_count), (0, 0))

    def test_a_want_is_answered_by_a_few_words(self):
        want = self.make_listing(self.owner, side="want", name="A tent")
        url = self.url_of(want)
        self.log_in(self.asker)
        page = self.get(url)
        self.assertIn("Wanted", self.text_of(page, ".o_ebs_chips"))
        self.assertFalse(page.cssselect("form[action$='/ask']"))
        self.assertFalse(page.cssselect("#days"))
        response = self.post(f"{url}/ask", {"way": "give", "message": "Mine"})
        self.assertEqual(response.status_code, 422)
        self.assertIn("is looking for this", response.text)
        response = self.post(f"{url}/inquire", {"question": "I have one"})
        self.assertEqual(response.status_code, 303)
        page = self.get(f"/publish?like={want.id}")
        self.assertEqual(page.cssselect("#ebs_name")[0].get("value"), "A tent")
        self.log_in(self.owner)
        page = self.get(url)
        answers = page.cssselect("#ebs_thanks option")
        self.assertEqual(answers[1].text, self.asker.name)
        response = self.post(
            f"/my/listings/{want.id}/found", {"exchange_id": answers[1].get("value")}
        )
        self.assertEqual(response.status_code, 303)
        self.assertEqual(want.state, "closed")

    def test_nothing_hidden_is_offered_alike(self):
        secret = self.make_draft(self.asker, name="Secret plan", side="want")
        page = self.get(f"/publish?like={secret.id}")
        self.assertFalse(page.cssselect("#ebs_name")[0].get("value"))
        self.get("/publish?like=x&side=%00&circle=-1")

    # === RENEWAL === #

    def test_opening_the_link_of_a_mail_changes_nothing(self):
        listing = self.make_listing(self.owner, name="Raclette for eight")
        before = listing.expires_at
        page = self.get(f"/my/listings/{listing.id}/renew")
        self.assertEqual(len(page.cssselect("main form[method=post] button")), 1)
        self.assertEqual(self._find().expires_at, before)

    def test_one_button_shows_it_for_longer(self):
        with clock_at(now() - timedelta(days=170)):
            listing = self.make_listing(self.owner, name="Raclette for eight")
        before = listing.expires_at
        response = self.post(f"/my/listings/{listing.id}/renew")
        self.assertEqual(response.status_code, 303)
        self.assertEqual(self._find().expires_at, before + timedelta(days=170))

    def test_what_is_over_says_so_and_is_shown_again(self):
        with clock_at(now() - timedelta(days=190)):
            listing = self.make_listing(self.owner, name="Raclette for eight")
        listing._expire_or_notify()
        self.env.flush_all()
        for path in ("/my/listings", self.url_of(listing)):
            links = self.get(path).cssselect(f"a[href$='{listing.id}/renew']")
            self.assertTrue(links, path)
        self.post(f"/my/listings/{listing.id}/renew")
        self.assertEqual(self._find().state, "published")

    def test_nobody_else_renews_or_finds(self):
        listing = self.make_listing(self.owner, side="want")
        self.log_in(self.asker)
        self.get(f"/my/listings/{listing.id}/renew", status=404)
        for act in ("renew", "found"):
            response = self.post(f"/my/listings/{listing.id}/{act}")
            self.assertEqual(response.status_code, 404)
        self.log_in(self.owner)
        listing._set_state(("published",), "closed")
        response = self.post(f"/my/listings/{listing.id}/renew")
        self.assertEqual(response.status_code, 422)
