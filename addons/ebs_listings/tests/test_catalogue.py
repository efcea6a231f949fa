# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo.addons.ebs_base.clock import clock_at, now
from odoo.tests import tagged

from .common import ListingsCase

CARD = ("name", "price", "visibility")


@tagged("ebs_listings")
class TestCatalogue(ListingsCase):
    """Finding a thing: by words, place, kind and way, whatever is typed."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.owner = cls.make_member("Olga", zone_id=cls.zone.id)
        cls.other_zone = cls.env["ebs.zone"].create(
            {"company_id": cls.company.id, "name": "Fives"}
        )

    def find(self, limit=20, offset=0, user=None, **filters):
        search = self.env["ebs.listing"].with_user(user or self.visitor)
        found, total, _meant = search._search_catalogue(
            self.company, filters, limit=limit, offset=offset
        )
        return found.mapped("name"), total

    def names(self, **filters):
        return set(self.find(**filters)[0])

    def add(self, name, **values):
        return self.make_listing(self.owner, name=name, **values)

    # === WORDS === #

    def test_accents_and_capitals_make_no_difference(self):
        self.add("Échelle télescopique")
        for typed in ("echelle", "ÉCHELLE", "Echelle TELESCOPIQUE", "télescop"):
            self.assertEqual(self.names(q=typed), {"Échelle télescopique"}, typed)

    def test_every_word_must_be_there_in_any_order(self):
        self.add("Perceuse sans fil", description="Avec deux forets à béton")
        self.add("Forets à bois")
        self.assertEqual(self.names(q="beton perceuse"), {"Perceuse sans fil"})
        self.assertEqual(self.names(q="forets"), {"Perceuse sans fil", "Forets à bois"})
        self.assertEqual(self.names(q="perceuse tondeuse"), set())

    def test_signs_of_the_database_are_plain_text(self):
        """Bug of many searches: % finds everything, a quote breaks the page."""
        self.add("Ruban 100% coton")
        self.add("Clé de 12_14")
        self.add("L'atelier \\ 'vrai'")
        self.add("Vase")
        for typed, found in (
            ("%", {"Ruban 100% coton"}),
            ("100%", {"Ruban 100% coton"}),
            ("_", {"Clé de 12_14"}),
            ("12_14", {"Clé de 12_14"}),
            ("\\", {"L'atelier \\ 'vrai'"}),
            ("'", {"L'atelier \\ 'vrai'"}),
            ("l'atelier", {"L'atelier \\ 'vrai'"}),
            ("' OR 1=1 --", set()),
            ("%%%", set()),
            ("_a_e", set()),
        ):
            self.assertEqual(self.names(q=typed), found, typed)

    def test_garbage_filters_are_ignored(self):
        self.add("Vase")
        for garbage in (
            None,
            False,
            True,
            "",
            " ",
            "\x00",
            "abc",
            "-1",
            "0",
            "999999999999999999999",
            "1e3",
            "1;2",
            [],
            {},
            ["1"],
            3.5,
            "\ud800",
        ):
            for name in ("category", "zone", "way"):
                with self.subTest(name=name, garbage=garbage):
                    self.assertEqual(self.names(**{name: garbage}), {"Vase"})
        for garbage in (None, True, 5, [], {}, "\x00", " \t\n"):
            with self.subTest(garbage=garbage):
                self.assertEqual(self.names(q=garbage), {"Vase"})
        self.assertEqual(self.names(unknown="1"), {"Vase"})

    def test_a_very_long_search_is_cut_and_answered(self):
        self.add("Vase")
        self.assertEqual(self.names(q="vase " * 5000), {"Vase"})
        self.assertEqual(self.names(q="v" * 100_000), set())

    # === KIND, PLACE, WAY === #

    def test_a_category_finds_its_branches_too(self):
        self.add("Râteau", category_id=self.garden.id)
        self.add("Tondeuse", category_id=self.mowers.id)
        self.add("Roman", category_id=self.books.id)
        find = self.names
        self.assertEqual(find(category=str(self.garden.id)), {"Râteau", "Tondeuse"})
        self.assertEqual(find(category=self.mowers.id), {"Tondeuse"})

    def test_a_zone_and_a_way_narrow_the_search(self):
        self.add("Ici")
        self.add("Là", zone_id=self.other_zone.id, way="sell")
        self.assertEqual(self.names(zone=str(self.zone.id)), {"Ici"})
        self.assertEqual(self.names(way="sell"), {"Là"})
        self.assertEqual(self.names(way="sell", zone=str(self.zone.id)), set())

    def test_what_belongs_to_another_platform_is_no_filter(self):
        foreign = self.make_category("Foreign", company=self.other_company)
        self.add("Vase")
        self.assertEqual(self.names(category=str(foreign.id)), {"Vase"})

    # === WHOSE, WHEN, HOW MANY === #

    def test_only_what_is_published_here_is_found_even_by_its_owner(self):
        abroad = self.make_member("Ella", company=self.other_company)
        self.make_listing(abroad, name="Abroad")
        self.make_draft(self.owner, name="Draft")
        self.add("Paused")._set_state(("published",), "paused")
        self.add("Here")
        user = self.owner.user_id
        self.assertEqual(self.names(), {"Here"})
        self.assertEqual(self.names(user=user), {"Here"})
        self.assertEqual(self.names(user=self.moderator), {"Here"})

    def test_each_finds_what_each_may_see_and_the_number_tells_no_more(self):
        self.add("For members", visibility="members")
        self.add("For all")
        self.assertEqual(self.find(), (["For all"], 1))
        self.assertEqual(self.find(q="for", limit=1), (["For all"], 1))
        self.assertEqual(self.find(user=self.owner.user_id)[1], 2)

    def test_the_newest_come_first_page_by_page(self):
        start = now() - timedelta(days=1)
        for number in range(25):
            with clock_at(start + timedelta(minutes=number // 2)):
                self.add(f"{number:02}")
        first, total = self.find(limit=20)
        second, same = self.find(limit=20, offset=20)
        self.assertEqual((total, same), (25, 25))
        self.assertEqual(first + second, [f"{n:02}" for n in range(24, -1, -1)])
        self.assertEqual(self.find(limit=20, offset=40), ([], 25))

    def test_absurd_pages_are_answered(self):
        self.add("Vase")
        self.assertEqual(self.find(limit=0), (["Vase"], 1))
        self.assertEqual(self.find(limit=-5, offset=-5), (["Vase"], 1))
        self.assertEqual(len(self.find(limit=10**9)[0]), 1)


@tagged("ebs_listings", "ebs_perf")
class TestCatalogueQueries(ListingsCase):
    """The number of queries does not grow with the number of listings."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.member = cls.make_member("Max")
        cls.add_to_circle(cls.open_circle, cls.member)

    def fill(self, count):
        for number in range(count):
            owner = self.make_member(f"Owner {number} {count}")
            self.add_to_circle(self.open_circle, owner)
            listing = self.make_listing(
                owner,
                name=f"Thing {number}",
                zone_id=self.zone.id,
                visibility=("everyone", "members", "circles")[number % 3],
                circle_ids=self.open_circle.ids if number % 3 == 2 else [],
            )
            self.make_photo(listing)

    def count_queries(self, user, filters):
        """The queries of one page of cards, warm, for everything that cards show."""
        for _warm in range(2):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            listings, total, _meant = (
                self.env["ebs.listing"]
                .with_user(user)
                ._search_catalogue(self.company, filters, limit=100)
            )
            for listing in listings.sudo():
                card = [listing[name] for name in CARD]
                card += [listing.way_ids.mapped("name"), listing.category_id.icon]
                card += [listing.zone_id.name, listing.member_id.name]
                card += [listing.main_photo_id.write_date]
            count = self.cr.sql_log_count - before
        return total, count

    def test_ten_and_sixty_cost_the_same(self):
        filters = {
            "q": "thing",
            "category": str(self.garden.id),
            "zone": str(self.zone.id),
            "way": "give",
        }
        counts = {}
        for size in (10, 60):
            self.fill(size - (10 if size == 60 else 0))
            for user in (self.visitor, self.member.user_id, self.moderator):
                for chosen in ({}, filters):
                    key = user.login, bool(chosen)
                    total, count = self.count_queries(user, chosen)
                    self.assertGreaterEqual(total, size // 3)
                    self.assertLessEqual(count, 22, key)
                    self.assertEqual(counts.setdefault(key, count), count, key)
