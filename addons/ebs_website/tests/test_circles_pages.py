# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import re

from odoo.tests import tagged

from .circles_common import NEVER, CirclePagesCase


@tagged("post_install", "-at_install")
class TestCirclesPages(CirclePagesCase):
    """The circles, the page of each, entering and leaving."""

    def test_visitors_see_the_listed_ones_and_nothing_of_the_secret_ones(self):
        self.get("/circles")
        self.assertIn("Club of Walkers", self.page.text)
        self.assertNotIn("Dubois", self.page.text)
        page = self.get(self.url(self.open_circle))
        self.assertFalse(page.cssselect(".o_ebs_people"))
        self.assertIn("/web/signup", self.page.text)

    def test_one_by_invitation_that_is_listed_shows_its_name_and_no_door(self):
        circle = self.make_circle("Ramblers", "invitation", is_listed=True)
        self.log_in(self.asker)
        page = self.get(self.url(circle))
        self.assertIn("by invitation", self.text_of(page, "#join"))
        self.assertFalse(page.cssselect("#join form"))
        self.assertFalse(page.cssselect("#people"))

    def test_a_secret_circle_answers_as_one_that_never_was(self):
        self.assert_same_404(f"/circles/x-{self.hidden_circle.id}")

    def test_a_secret_circle_costs_as_many_queries_as_one_that_never_was(self):
        for member in (None, self.asker):
            if member:
                self.log_in(member)
            for path in ("/circles/x-{}", "/circles/x-{}/manage"):
                hidden = self.count_queries(path.format(self.hidden_circle.id))
                missing = self.count_queries(path.format(NEVER))
                self.assertEqual(hidden, missing, path)

    def test_hidden_listings_and_exchanges_cost_as_many_queries_as_none(self):
        tent = self.share(self.hidden_circle, "Tent")
        self.add_to_circle(self.hidden_circle, self.asker)
        exchange = tent.with_user(self.asker.sudo().user_id).action_inquire("Hello?")
        self.log_in(self.rival)
        for path, record in (
            ("/listings/x-{}", tent),
            ("/my/listings/{}/edit", tent),
            ("/my/exchanges/{}", exchange),
        ):
            self.assert_same_404(path.format(record.id))
            hidden = self.count_queries(path.format(record.id))
            missing = self.count_queries(path.format(NEVER))
            self.assertEqual(hidden, missing, path)

    def test_a_member_joins_an_open_circle_and_leaves_it(self):
        self.log_in(self.asker)
        response = self.post(self.url(self.open_circle) + "/join")
        self.assertEqual(response.status_code, 303)
        membership = self.get_membership(self.open_circle, self.asker)
        self.assertEqual(membership.state, "active")
        page = self.get(self.url(self.open_circle))
        self.assertIn("Boris", self.text_of(page, "#people"))
        self.post(self.url(self.open_circle) + "/leave")
        self.assertEqual(membership.state, "left")
        page = self.get(self.url(self.open_circle))
        self.assertFalse(page.cssselect("#people"))

    def test_people_are_personas_and_nothing_else(self):
        self.add_to_circle(self.open_circle, self.asker)
        self.log_in(self.asker)
        words = self.text_of(self.get(self.url(self.open_circle)), "#wrap")
        self.assertIn("Odile", words)
        self.assertNotIn("Civil", words)
        self.assertNotIn("@example.com", self.page.text)

    def test_one_applies_with_an_answer_to_the_question_of_the_circle(self):
        self.request_circle.question = "On which floor?"
        self.log_in(self.asker)
        page = self.get(self.url(self.request_circle))
        self.assertIn("On which floor?", self.text_of(page, "#join label"))
        response = self.post(self.url(self.request_circle) + "/join", {"answer": " "})
        self.assertEqual(response.status_code, 422)
        self.assertIn("answer the circle", self.text_of(self.tree(response), "#wrap"))
        self.post(self.url(self.request_circle) + "/join", {"answer": "The third"})
        page = self.get(self.url(self.request_circle))
        self.assertIn("with the organisers", self.text_of(page, "#join"))
        self.assertFalse(page.cssselect("#join form"))

    def test_who_was_refused_reads_it_and_has_no_button(self):
        self.log_in(self.asker)
        self.post(self.url(self.request_circle) + "/join", {"answer": "Me"})
        membership = self.get_membership(self.request_circle, self.asker)
        membership.with_user(self.organiser.sudo().user_id).action_refuse("Full")
        page = self.get(self.url(self.request_circle))
        self.assertIn("said no", self.text_of(page, "#join"))
        self.assertFalse(page.cssselect("#join form"))

    def test_organisers_see_on_top_who_waits_and_answer_with_a_word(self):
        self.log_in(self.asker)
        self.post(self.url(self.request_circle) + "/join", {"answer": "I live at 4"})
        membership = self.get_membership(self.request_circle, self.asker)
        self.log_in(self.organiser)
        page = self.get(self.url(self.request_circle))
        self.assertIn("One person asks", self.text_of(page, ".o_ebs_mine"))
        page = self.get(self.url(self.request_circle) + "/manage")
        self.assertIn("I live at 4", self.text_of(page, "#waiting"))
        url = f"{self.url(self.request_circle)}/members/{membership.id}/refuse"
        self.assertEqual(self.post(url, {"reason": "Not now"}).status_code, 303)
        self.assertEqual(membership.state, "refused")
        self.assertIn("Not now", self.mails_to(self.asker)[0].body_html)

    def test_the_last_organiser_cannot_leave_and_reads_why(self):
        self.add_to_circle(self.open_circle, self.asker)
        self.log_in(self.organiser)
        response = self.post(self.url(self.open_circle) + "/leave")
        self.assertEqual(response.status_code, 422)
        self.assertIn("only organiser", self.text_of(self.tree(response), "#wrap"))

    def test_news_is_read_inside_newest_first_and_folded_after_three(self):
        circle = self.open_circle.with_user(self.organiser.sudo().user_id)
        for number in range(5):
            circle.action_announce(f"News number {number}")
        self.get(self.url(self.open_circle))
        self.assertNotIn("News number", self.page.text)
        self.add_to_circle(self.open_circle, self.asker)
        self.log_in(self.asker)
        page = self.get(self.url(self.open_circle))
        shown = [
            article.text_content().strip().split("number ")[1]
            for article in page.cssselect("#news > article")
        ]
        self.assertEqual(shown, ["4", "3", "2"])
        self.assertEqual(len(page.cssselect("#news details article")), 2)
        self.assertFalse(page.cssselect("#news form"), "for organisers alone")

    def test_an_organiser_announces_and_an_empty_one_is_refused(self):
        self.log_in(self.organiser)
        url = self.url(self.open_circle)
        response = self.post(url + "/announce", {"body": "Party on Sunday"})
        self.assertEqual(response.status_code, 303)
        page = self.get(url)
        self.assertIn("Party on Sunday", self.text_of(page, "#news"))
        self.assertEqual(self.post(url + "/announce", {"body": ""}).status_code, 422)
        response = self.post(url + "/announce", {"body": "x" * 4001})
        self.assertEqual(response.status_code, 422)
        self.assertIn("x" * 4001, response.text)

    def test_one_says_whether_the_news_come_by_mail(self):
        self.add_to_circle(self.open_circle, self.asker)
        membership = self.get_membership(self.open_circle, self.asker)
        self.log_in(self.asker)
        self.post(self.url(self.open_circle) + "/news")
        self.assertFalse(membership.is_mailed)
        self.post(self.url(self.open_circle) + "/news", {"wanted": "1"})
        self.assertTrue(membership.is_mailed)

    def test_what_a_circle_shares_is_seen_by_its_members_alone(self):
        self.share(self.open_circle, "Shared tent")
        self.get(self.url(self.open_circle))
        self.assertNotIn("Shared tent", self.page.text)
        self.add_to_circle(self.open_circle, self.asker)
        self.log_in(self.asker)
        self.get(self.url(self.open_circle))
        self.assertIn("Shared tent", self.page.text)

    def test_the_search_of_the_catalogue_works_inside_a_circle(self):
        self.add_to_circle(self.open_circle, self.asker)
        for number in range(21):
            self.share(self.open_circle, f"Tent {number}")
        self.share(self.open_circle, "Drill", zone_id=self.zone.id)
        self.make_loan(name="Drill of everyone")
        self.log_in(self.asker)
        url = self.url(self.open_circle)
        page = self.get(f"{url}?q=drill&zone={self.zone.id}&way=lend")
        self.assertEqual(self.titles(page), ["Drill"])
        chips = page.cssselect("a.o_ebs_chip")
        self.assertEqual(chips[0].get("href"), f"{url}?way=lend&zone={self.zone.id}")
        page = self.get(url)
        self.assertEqual(self.text_of(page, "h2[role=status]"), "22 listings")
        following = page.cssselect(".o_ebs_pager a[rel~=next]")[0].get("href")
        self.assertEqual(following, f"{url}?page=2")
        self.assertEqual(len(self.titles(self.get(following))), 2)

    def test_the_catalogue_is_narrowed_to_one_of_my_circles_and_no_other(self):
        self.add_to_circle(self.open_circle, self.asker)
        self.share(self.open_circle, "Tent")
        self.share(self.hidden_circle, "Accordion")
        self.make_loan(name="Drill")
        self.log_in(self.asker)
        page = self.get(f"/listings?circle={self.open_circle.id}")
        self.assertEqual(self.titles(page), ["Tent"])
        self.assertEqual(
            [option.get("value") for option in page.cssselect("#ebs_circle option")],
            ["", str(self.open_circle.id)],
        )
        hidden = self.get(f"/listings?circle={self.hidden_circle.id}")
        self.assertEqual(sorted(self.titles(hidden)), ["Drill", "Tent"])
        hidden = self.strip(self.page)
        self.get("/listings?circle=2147483600")
        missing = self.strip(self.page)
        self.assertEqual(
            hidden.replace(f"circle={self.hidden_circle.id}", "circle=ID"),
            missing.replace("circle=2147483600", "circle=ID"),
        )

    def test_a_moderator_reads_a_circle_on_its_page_once_it_is_opened(self):
        self.share(self.hidden_circle, "Accordion")
        self.moderator.sudo().password = "moderator"
        self.authenticate(self.moderator.login, "moderator")
        self.get(self.url(self.hidden_circle))
        self.assertNotIn("Accordion", self.page.text)
        self.hidden_circle.with_user(self.moderator).action_open_content("A report")
        self.get(self.url(self.hidden_circle))
        self.assertIn("Accordion", self.page.text)

    def test_a_delegate_joins_and_leaves_for_the_club(self):
        club = self.make_member("Club", kind="association")
        self.make_delegate(club, self.asker.sudo().user_id)
        self.add_to_circle(self.open_circle, self.asker)
        self.log_in(self.asker)
        url = self.url(self.open_circle)
        page = self.get(url)
        options = page.cssselect("#place #ebs_as option")
        self.assertEqual([option.text for option in options], ["Club"])
        self.post(url + "/join", {"as_member_id": str(club.id)})
        membership = self.get_membership(self.open_circle, club)
        self.assertEqual(membership.state, "active")
        self.post(url + "/leave", {"as_member_id": str(club.id)})
        self.assertEqual(membership.state, "left")
        own = self.get_membership(self.open_circle, self.asker)
        self.assertEqual(own.state, "active")

    def test_garbage_is_a_sentence(self):
        self.log_in(self.asker)
        for act, values in (
            ("join", {"as_member_id": "x"}),
            ("join", {"answer": "x" * 5000}),
            ("leave", {"as_member_id": "99999999999999999999"}),
            ("news", {"wanted": "\0", "as_member_id": "-1"}),
        ):
            response = self.post(f"{self.url(self.open_circle)}/{act}", values)
            self.assertIn(response.status_code, (303, 422))
        self.get(f"{self.url(self.open_circle)}?q=%00%25&page=1e9&zone=x")

    def test_the_list_of_circles_costs_the_same_however_many_there_are(self):
        self.url_open("/circles")
        few = self.count_queries("/circles")
        for number in range(10):
            self.make_circle(f"Club {number}", "open")
        self.assertLessEqual(self.count_queries("/circles"), few)

    def test_the_buttons_of_mails_lead_to_pages_that_are_there(self):
        circle = self.hidden_circle.with_user(self.organiser.sudo().user_id)
        circle.action_invite(self.asker.id)
        joined = self.hidden_circle.with_user(self.asker.sudo().user_id)
        place = joined.action_join()
        place.with_user(self.organiser.sudo().user_id).action_make_organiser()
        circle.action_announce("Party on Sunday")
        self.env["ebs.announcement"].search([])._try_send()
        applied = self.request_circle.with_user(self.rival.sudo().user_id)
        applied.action_join("Me")
        self.env.flush_all()
        for member, count in ((self.asker, 3), (self.organiser, 1)):
            self.log_in(member)
            mails = self.mails_to(member)
            self.assertGreaterEqual(len(mails), count)
            for mail in mails:
                [path] = {
                    link.replace(self.company.get_base_url(), "")
                    for link in re.findall(r"href=\"([^\"]+)\"", mail.body_html)
                    if "/circles/" in link or link.endswith("/my")
                }
                self.assertEqual(self.url_open(path).status_code, 200, path)

    def test_pages_of_a_circle_cost_the_same_however_much_is_in_it(self):
        self.add_to_circle(self.open_circle, self.asker)
        self.log_in(self.asker)
        for number in range(3):
            self.share(self.open_circle, f"Tent {number}")
        few = self.count_queries(self.url(self.open_circle))
        for number in range(10):
            self.share(self.open_circle, f"Drill {number}")
            self.add_to_circle(self.open_circle, self.make_member(f"Person {number}"))
        many = self.count_queries(self.url(self.open_circle))
        self.assertLessEqual(many, few)
