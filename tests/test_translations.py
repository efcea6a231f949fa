# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""O3: every word that a person may read is there in French."""

import io
from pathlib import Path

import polib
from odoo.tests import TransactionCase, tagged
from odoo.tools.translate import trans_export

ADDONS = Path(__file__).resolve().parents[1] / "addons"
# Words that are the same in both languages, thirty at most.
SAME = {
    "/my",
    "/publish",
    "%(count)s × %(title)s",
    "%(day)s, %(clock)s",
    "Association",
    "Code {{0}}",
    "Configuration",
    "Conversation",
    "EBS",
    "ID",
    "Invitation",
    "Latitude",
    "Longitude",
    "Message",
    "Note",
    "Page",
    "Pages",
    "Photo",
    "Photos",
    "Secret",
    "Service",
    "Services",
    "Sport",
    "Transport",
    "Version",
    "Zone",
    "Zones",
    "service",
    "https://…",
    "{{0}} ({{1}})",
}


@tagged("post_install", "-at_install")
class TestTranslations(TransactionCase):
    """The French file of each addon against the terms that Odoo finds in it."""

    def read_terms(self, addon):
        """Return the terms that Odoo finds in an addon."""
        buffer = io.BytesIO()
        trans_export(None, [addon], buffer, "po", self.env)
        return {entry.msgid for entry in polib.pofile(buffer.getvalue().decode())}

    def test_french_is_complete(self):
        self.assertLessEqual(len(SAME), 30)
        for folder in sorted(path.parent for path in ADDONS.glob("*/__manifest__.py")):
            french = {
                entry.msgid: entry.msgstr
                for entry in polib.pofile(str(folder / "i18n" / "fr.po"))
                if "fuzzy" not in entry.flags and not entry.obsolete
            }
            terms = self.read_terms(folder.name)
            self.assertGreater(len(terms), 5, folder.name)
            with self.subTest(addon=folder.name):
                told = {term for term in terms if french.get(term)}
                self.assertEqual(sorted(terms - told - SAME), [], "untranslated")
                same = {term for term in told if french[term] == term}
                self.assertEqual(sorted(same - SAME), [], "equal to their source")
