# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Text that fits in one SMS."""

import unicodedata

# GSM 03.38: the letters of which 160 fit in one message, and those counting twice.
_GSM = set(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_GSM_TWICE = set("^{}\\[~]|€")
_ALIKE = str.maketrans(
    {
        "«": '"',
        "»": '"',
        "“": '"',
        "”": '"',
        "„": '"',
        "‘": "'",
        "’": "'",
        "–": "-",
        "—": "-",
        "…": "...",
        "œ": "oe",
        "Œ": "OE",
        "\t": " ",
        "\u00a0": " ",
        "\u202f": " ",
    }
)


def to_gsm(text):
    """Return `text` in GSM letters, or as it is when that would lose a letter.

    Accents that GSM lacks are dropped (ê → e), pictures and control characters
    too. A text in another script stays readable, at the price of more messages.
    """
    letters = []
    for char in text.translate(_ALIKE):
        if char in _GSM or char in _GSM_TWICE:
            letters.append(char)
            continue
        base = unicodedata.normalize("NFKD", char)[0]
        if base in _GSM:
            letters.append(base)
        elif unicodedata.category(char).startswith(("L", "N")):
            return text
    return "".join(letters)


def gsm_length(text):
    """Return what `text` counts in an SMS, of which 160 make one message."""
    return len(text) + sum(char in _GSM_TWICE for char in text)


def shorten(text, length):
    """Return `text` on one line and in at most `length` characters."""
    text = " ".join(text.split())
    if len(text) <= length:
        return text
    return text[: max(length - 3, 0)].rstrip() + "..."


def mask_number(number):
    """Return the end of a phone number, enough to recognise it in a log."""
    return "…" + (number or "")[-2:]
