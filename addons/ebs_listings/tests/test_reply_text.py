# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import time

from odoo.tests import BaseCase, tagged

from ..mail_reply import cut_reply, html_to_text, read_addresses, read_reply

WORDS = "Oui, demain à 18 h."
NBSP, NNBSP = "\N{NO-BREAK SPACE}", "\N{NARROW NO-BREAK SPACE}"
ADDRESS = "reply+12-o34-0123456789abcdef0123456789abcdef@troc.example"

# What mail programs put around an answer; `{}` is what was written.
TOP = {
    "gmail fr": """{}

Le mer. 25 nov. 2026 à 10:12, Le Troc <notifications@troc.example> a
écrit :

> Bonjour Olga,
> Anna vous a écrit.
""",
    "gmail fr, narrow spaces": f"""{{}}

Le{NBSP}mer. 25 nov. 2026 à 10:12, Anna (Le Troc) <{ADDRESS}> a{NBSP}écrit{NNBSP}:

> Bonjour
""",
    "gmail en": """{}

On Wed, Nov 25, 2026 at 10:12 AM Le Troc <notifications@troc.example>
wrote:

> Hello
""",
    "apple mail fr": """{}

> Le 25 nov. 2026 à 10:12, Le Troc <notifications@troc.example> a écrit :
>
> Bonjour Olga,
""",
    "iphone fr": """{}

Envoyé de mon iPhone

> Le 25 nov. 2026 à 10:12, Le Troc <notifications@troc.example> a écrit :
>
> \N{OBJECT REPLACEMENT CHARACTER}Bonjour Olga,
""",
    "iphone en": """{}

Sent from my iPhone

On Nov 25, 2026, at 10:12, Le Troc <notifications@troc.example> wrote:

\N{OBJECT REPLACEMENT CHARACTER}Hello
""",
    "outlook fr": """{}

________________________________
De : Le Troc <notifications@troc.example>
Envoyé : mercredi 25 novembre 2026 10:12
À : Olga <olga@example.com>
Objet : Anna vous a écrit

Bonjour Olga,
""",
    "outlook fr, no rule": f"""{{}}

De{NBSP}: Le Troc <notifications@troc.example>
Envoyé{NBSP}: mercredi 25 novembre 2026 10:12
À{NBSP}: Olga
Objet{NBSP}: Anna

Bonjour
""",
    "outlook en": """{}

From: Le Troc <notifications@troc.example>
Sent: Wednesday, November 25, 2026 10:12 AM
To: Olga <olga@example.com>
Subject: Anna wrote to you

Hello
""",
    "outlook phone fr": """{}

Télécharger Outlook pour Android<https://aka.ms/AAb9ysg>
________________________________
De: Le Troc <notifications@troc.example>
Envoyé: mercredi 25 novembre 2026 10:12:00
À: Olga <olga@example.com>
Objet: Anna

Bonjour
""",
    "outlook phone en": """{}

Get Outlook for iOS<https://aka.ms/o0ukef>
________________________________
From: Le Troc <notifications@troc.example>
Sent: Wednesday, November 25, 2026 10:12:00 AM
To: Olga
Subject: Anna

Hello
""",
    "windows mail": """{}

Provenance : Courrier pour Windows

De : Le Troc
Envoyé le :mercredi 25 novembre 2026 10:12
À : Olga
Objet :Anna

Bonjour
""",
    "thunderbird fr, on top": """{}

-- 
Olga Petit
03 20 00 00 00

Le 25/11/2026 à 10:12, Le Troc a écrit :
> Bonjour Olga,
> Anna
""",
    "samsung fr": """{}

Envoyé depuis mon appareil Galaxy


-------- Message d'origine --------
De : Le Troc <notifications@troc.example>
Date : 25/11/2026 10:12 (GMT+01:00)
À : Olga
Objet : Anna

Bonjour
""",
    "yahoo fr": """{}

   Le mercredi 25 novembre 2026 à 10:12:33 UTC+1, Le Troc <n@troc.example> a écrit :

 Bonjour Olga, Anna vous a écrit
""",
    "yahoo phone": """{}

Envoyé à partir de Yahoo Mail pour iPhone

Le mercredi, novembre 25, 2026, 10:12, Le Troc <n@troc.example> a écrit :

Bonjour
""",
    "orange": """{}

> Message du 25/11/26 10:12
> De : "Le Troc" <n@troc.example>
> A : olga@orange.example
> Objet : Anna
>
> Bonjour
""",
    "zimbra": """{}

----- Mail original -----
De: "Le Troc" <n@troc.example>
À: "olga" <olga@free.example>
Envoyé: Mercredi 25 Novembre 2026 10:12:00
Objet: Anna

Bonjour
""",
    "proton": """{}

Envoyé avec la messagerie sécurisée Proton Mail.

Le mercredi 25 novembre 2026 à 10:12, Le Troc <n@troc.example> a écrit :

> Bonjour
""",
    "old gmail": """{}

2026-11-25 10:12 GMT+01:00 Le Troc <n@troc.example>:

> Bonjour
""",
    "forwarded": """{}

---------- Forwarded message ---------
De : Le Troc <n@troc.example>
Date: mer. 25 nov. 2026 à 10:12
Subject: Anna
To: Olga

Bonjour
""",
    "antivirus": """{}

Garanti sans virus. www.avast.com

Le mer. 25 nov. 2026 à 10:12, Le Troc <n@troc.example> a écrit :

> Bonjour
""",
}
BOTTOM = {
    "thunderbird fr": """Le 25/11/2026 à 10:12, Le Troc a écrit :
> Bonjour Olga,
>
> Anna vous a écrit.

{}

-- 
Olga
""",
    "thunderbird en": """On 11/25/2026 10:12 AM, Le Troc wrote:
> Hello
{}
""",
}


@tagged("ebs_listings")
class TestReplyText(BaseCase):
    """What was written is kept whole, and nothing else."""

    def test_quotes_and_signatures_of_mail_programs_are_cut(self):
        for words in (WORDS, f"{WORDS}\n\nÀ bientôt,\nOlga"):
            for name, around in {**TOP, **BOTTOM}.items():
                with self.subTest(name):
                    self.assertEqual(cut_reply(around.format(words)), words)
                    windows = around.format(words).replace("\n", "\r\n")
                    self.assertEqual(cut_reply(windows), words)

    def test_nothing_but_a_quote_is_nothing(self):
        for name, around in {**TOP, **BOTTOM}.items():
            with self.subTest(name):
                self.assertEqual(cut_reply(around.format("")), "")

    def test_answers_between_the_lines_stay(self):
        text = "Le 25/11/2026 à 10:12, X a écrit :\n> Bleu ?\nOui.\n> Lourd ?\nNon.\n"
        self.assertEqual(cut_reply(text), "Oui.\nNon.")

    def test_what_people_write_is_not_taken_for_a_quote(self):
        for text in (
            "Le voisin a écrit :\nil sera là.",
            "De mon côté : oui.\nObjet trouvé : une clé.",
            "- demain\n- samedi\n- dimanche",
            "Bonne journée\net à demain",
            "Cordialement,\nOlga",
            "Envoyé de Lille ce matin, il arrive demain.",
            "On verra demain, he wrote:\nyes",
            "A : 10 h ?\nB : 11 h ?",
            "1\n\n2",
            "Le prix : 3 < 5 > 2",
        ):
            with self.subTest(text):
                self.assertEqual(cut_reply(text), text)

    def test_a_reply_address_does_not_stay(self):
        for text in (f"Écrivez à {ADDRESS} !", f"<{ADDRESS.upper()}> !"):
            self.assertNotIn("reply+", cut_reply(text).lower())

    def test_html_becomes_text_without_what_is_quoted(self):
        pages = {
            "gmail": '<div dir="ltr">{}</div><br><div class="gmail_quote">'
            '<div class="gmail_attr">Le mer. a écrit :</div>'
            "<blockquote>Bonjour</blockquote></div>",
            "outlook": "<html><head><style>p {{}}</style></head><body><p>{}</p>"
            '<div id="appendonsend"></div><hr><div id="divRplyFwdMsg">'
            "<b>De :</b> Le Troc</div><div>Bonjour</div></body></html>",
            "apple": '<div>{}</div><blockquote type="cite">Bonjour</blockquote>',
            "thunderbird": '<div class="moz-cite-prefix">Le 25/11/2026</div>'
            '<blockquote type="cite">Bonjour</blockquote><p>{}</p>'
            '<div class="moz-signature">-- <br>Olga</div>',
            "yahoo": '<div>{}</div><div class="yahoo_quoted">Bonjour</div>',
        }
        for name, page in pages.items():
            with self.subTest(name):
                page = page.format("Oui,<br>\n demain &amp; après&nbsp;!")
                expected = f"Oui,\ndemain & après{NBSP}!"
                self.assertEqual(cut_reply(html_to_text(page)), expected)

    def test_scripts_and_marks_are_no_text(self):
        page = "<script>x()</script><p>a <b>b</b><!-- c --><style>d</style> e</p>"
        self.assertEqual(html_to_text(page), "a b e")
        self.assertEqual(html_to_text(""), "")
        self.assertEqual(html_to_text("<"), "<")

    def test_the_plain_part_is_read_and_enclosed_mails_are_not(self):
        raw = (
            b"From: =?utf-8?q?Olga?= <Olga@Example.com>\nMIME-Version: 1.0\n"
            b'Content-Type: multipart/mixed; boundary="a"\n\n'
            b'--a\nContent-Type: multipart/alternative; boundary="b"\n\n'
            b"--b\nContent-Type: text/plain; charset=iso-8859-1\n\nCaf\xe9\n"
            b"--b\nContent-Type: text/html\n\n<p>Other</p>\n--b--\n"
            b"--a\nContent-Type: message/rfc822\n\nFrom: x@y\n\nEnclosed\n--a--\n"
        )
        reply = read_reply(raw)
        self.assertEqual((reply.sender, reply.text), ("olga@example.com", "Café"))
        self.assertEqual(reply.others, 1)

    def test_addresses_are_found_wherever_they_stand_in_the_head(self):
        parts = (
            "12", "o", "34", "0123456789abcdef0123456789abcdef", "troc.example",
        )  # fmt: skip
        for head in (
            f"To: {ADDRESS}",
            f"Cc: x@y, Anna <{ADDRESS.upper()}>",
            f"Delivered-To: {ADDRESS}\nTo: undisclosed-recipients:;",
            f"To: Anna\n <{ADDRESS}>",
        ):
            with self.subTest(head):
                self.assertEqual(read_addresses(f"{head}\n\nx".encode()), [parts])
        self.assertFalse(read_addresses(f"From: x@y\n\nTo: {ADDRESS}".encode()))
        self.assertFalse(read_addresses(b"\xff\x00"))

    def test_a_hostile_mail_costs_no_more_than_its_size(self):
        lines = {
            "de": "De : a\n" * 60_000,
            "le": "Le 25/11/2026 à 10:12 a\n" * 20_000,
            "quote": "> " * 200_000,
            "dashes": "-" * 400_000,
            "signatures": "-- \n" * 100_000,
            "wrote": "Le " * 100_000 + " a écrit",
            "spaces": " " * 400_000 + "x",
        }
        for name, text in lines.items():
            with self.subTest(name):
                start = time.monotonic()
                cut_reply(text)
                self.assertLess(time.monotonic() - start, 5)
        for page in (
            "<div>" * 100_000,
            "<blockquote type=cite>" * 50_000,
            "&" * 300_000,
        ):
            start = time.monotonic()
            html_to_text(page)
            self.assertLess(time.monotonic() - start, 10)
