# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Read a mail that answers one of ours: to whom, by whom, what was written in it.

It knows nothing of Odoo. Nothing that a mail holds raises: what cannot be read is not
there. Each line is looked at once, so that a hostile mail costs no more than its size.

The libraries at hand were looked at: `email-reply-parser` knows English alone;
`mail-parser-reply` misses the French of Outlook and of phones, takes lists with dashes
and "bonne journée" for signatures, and loses what is written below a quote.
"""

import email
import hashlib
import re
from dataclasses import dataclass, field
from email.errors import MessageError
from email.header import decode_header, make_header
from email.parser import BytesHeaderParser
from email.policy import compat32
from email.utils import getaddresses

import lxml.html
from lxml.etree import LxmlError

MAX_HEADER_BYTES = 64 * 1024
MAX_TEXT = 200_000
MAX_PARTS = 100
MAX_DEPTH = 10

# === TO WHOM === #

# Where an answer goes: the exchange, the side and account that answer, the proof.
ADDRESS = re.compile(
    r"reply\+([0-9]{1,10})-([oa])([0-9]{1,10})-([0-9a-f]{32})@([a-z0-9.-]{1,253})",
    re.IGNORECASE,
)
RECIPIENTS = (
    "Delivered-To",
    "X-Original-To",
    "Envelope-To",
    "X-Envelope-To",
    "To",
    "Cc",
    "Resent-To",
)


def read_addresses(raw):
    """Return the parts of each reply address in the headers, without repeats."""
    head = BytesHeaderParser(policy=compat32).parsebytes(raw[:MAX_HEADER_BYTES])
    values = [value for name in RECIPIENTS for value in head.get_all(name, [])]
    found = ADDRESS.findall(" ".join(str(value) for value in values))
    return list(dict.fromkeys(tuple(map(str.lower, parts)) for parts in found))


# === WHAT IT IS === #


@dataclass
class Reply:
    """What a mail says, as its receiver needs it."""

    sender: str = ""
    # What tells it from all other mails.
    key: str = ""
    is_automatic: bool = False
    text: str = ""
    # (name, bytes, whether it stands in the text) of what may be pictures.
    pictures: list = field(default_factory=list)
    # How many other files came along.
    others: int = 0


def read_reply(raw):
    """Return what a mail says as a `Reply`, or None when it makes no sense at all."""
    try:
        return _read(email.message_from_bytes(raw, policy=compat32), raw)
    except (
        AssertionError,
        AttributeError,
        IndexError,
        LookupError,
        MessageError,
        RecursionError,
        TypeError,
        ValueError,
    ):
        return None


def _read(mail, raw):
    reply = Reply(
        sender=_get_sender(mail),
        key=_get_key(mail, raw),
        is_automatic=is_automatic(mail),
    )
    if reply.is_automatic:
        return reply
    plain, rich = [], []
    for part in _walk(mail):
        kind = part.get_content_type()
        is_file = part.get_content_disposition() == "attachment" or part.get_filename()
        if kind == "text/plain" and not is_file:
            plain.append(_get_text(part))
        elif kind == "text/html" and not is_file:
            rich.append(_get_text(part))
        elif kind.startswith("image/") or kind == "application/octet-stream":
            data = part.get_payload(decode=True) or b""
            in_text = bool(part.get("Content-ID"))
            reply.pictures.append((part.get_filename() or "", data, in_text))
        elif kind not in ("application/pgp-signature", "application/pkcs7-signature"):
            reply.others += 1
    text = "\n".join(plain)
    if not text.strip():
        text = "\n".join(html_to_text(one) for one in rich)
    reply.text = cut_reply(text)
    return reply


def _walk(mail):
    """Yield the leaves of a mail, without those of the mails that it encloses."""
    waiting, count = [(mail, 0)], 0
    while waiting and count < MAX_PARTS:
        part, depth = waiting.pop(0)
        payload = part.get_payload()
        if part.get_content_maintype() == "multipart" and isinstance(payload, list):
            if depth < MAX_DEPTH:
                waiting[:0] = [(one, depth + 1) for one in payload]
            continue
        count += 1
        yield part


def _get_header(mail, name):
    value = mail.get(name)
    try:
        return str(make_header(decode_header(value))) if value else ""
    except (LookupError, MessageError, TypeError, ValueError):
        return str(value)


def _get_sender(mail):
    """Return the address in From, in lower case."""
    pairs = getaddresses([_get_header(mail, "From")])
    return pairs[0][1].strip().lower() if pairs else ""


def _get_key(mail, raw):
    """Return what a second delivery of the same mail has in common with the first."""
    known = str(mail.get("Message-Id") or "").strip().encode("utf-8", "replace")
    return "mail " + hashlib.sha256(known or raw).hexdigest()


def _get_text(part):
    data = part.get_payload(decode=True) or b""
    try:
        text = data.decode(part.get_content_charset() or "utf-8", "replace")
    except LookupError:
        text = data.decode("utf-8", "replace")
    return text[:MAX_TEXT].replace("\r\n", "\n").replace("\r", "\n")


# === WRITTEN BY A MACHINE === #

AUTOMATIC_HEADERS = (
    "X-Autoreply",
    "X-Autorespond",
    "X-Autoresponder",
    "X-Auto-Reply",
    "X-Failed-Recipients",
    "List-Id",
    "List-Unsubscribe",
    "Feedback-ID",
)
AUTOMATIC_SENDERS = ("mailer-daemon", "postmaster", "no-reply", "noreply")
AUTOMATIC_SUBJECT = re.compile(
    r"\s*(automatic reply|auto(?:matic)?[- ]?response|out of (?:the )?office"
    r"|r[ée]ponse automatique|absence du bureau|message d['’]absence"
    r"|undeliver|delivery status|mail delivery failed|remise impossible)",
    re.IGNORECASE,
)


def is_automatic(mail):
    """Tell whether a machine wrote it: an absence, a failure, a mailing list."""
    submitted = _get_header(mail, "Auto-Submitted").split(";")[0].strip().lower()
    precedence = _get_header(mail, "Precedence").strip().lower()
    returned = mail.get("Return-Path")
    return (
        submitted not in ("", "no")
        or precedence in ("bulk", "junk", "list", "auto_reply")
        or any(mail.get(name) for name in AUTOMATIC_HEADERS)
        or (returned is not None and str(returned).strip() == "<>")
        or _get_sender(mail).split("@")[0] in AUTOMATIC_SENDERS
        or mail.get_content_type() == "multipart/report"
        or bool(AUTOMATIC_SUBJECT.match(_get_header(mail, "Subject")))
    )


# === FROM HTML TO TEXT === #

# Where mail programs put what is quoted, and signatures.
QUOTED_CLASSES = (
    "gmail_quote",
    "gmail_quote_container",
    "gmail_attr",
    "gmail_signature",
    "moz-cite-prefix",
    "moz-signature",
    "protonmail_quote",
    "protonmail_signature_block",
    "yahoo_quoted",
    "zmail_extra",
    "tutanota_quote",
)
# The mark from which on all is quoted.
QUOTED_FROM_IDS = ("divRplyFwdMsg", "appendonsend")
SIGNATURE_IDS = ("Signature", "ms-outlook-mobile-signature", "AppleMailSignature")
QUOTED_IDS = (*SIGNATURE_IDS, "mail-editor-reference-message-container")
BLOCKS = frozenset(
    "address article blockquote div dl dd dt footer h1 h2 h3 h4 h5 h6 header hr li ol"
    " p pre section table tr ul".split()
)
UNSEEN = frozenset("head script style title template".split())


def html_to_text(source):
    """Return the text of a page, without what mail programs mark as quoted."""
    try:
        # Whatever the page says of its bytes: they were decoded once.
        parser = lxml.html.HTMLParser(encoding="utf-8")
        root = lxml.html.document_fromstring(
            source.encode("utf-8", "replace"), parser=parser
        )
    except (LxmlError, ValueError):
        return ""
    whole = _get_page_text(root)
    _drop_quoted(root)
    # An answer between the lines of a quote stands inside it.
    return _get_page_text(root) or whole


def _drop_quoted(root):
    for node in list(root.iter()):
        if not isinstance(node.tag, str) or node.getparent() is None:
            continue
        classes = (node.get("class") or "").split()
        if node.get("id") in QUOTED_FROM_IDS:
            for later in list(node.itersiblings()):
                later.drop_tree()
            node.drop_tree()
        elif (
            node.get("id") in QUOTED_IDS
            or any(name in QUOTED_CLASSES for name in classes)
            or (node.tag == "blockquote" and node.get("type") == "cite")
        ):
            node.drop_tree()


def _get_page_text(root):
    """Return the text, line by line as it shows; not by recursion: depth is theirs."""
    pieces = []
    # What is still to be read, the next one last: a node, or the text after one.
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if isinstance(node, str):
            pieces.append(node)
            continue
        shown = isinstance(node.tag, str) and node.tag not in UNSEEN
        is_block = shown and node.tag in BLOCKS
        if shown:
            waiting.extend(["\n"] if is_block else [])
            for child in reversed(node):
                waiting.extend([_flow(child.tail), child])
            pieces.append("\n" if is_block or node.tag == "br" else "")
            pieces.append(_flow(node.text))
    lines = [line.strip() for line in "".join(pieces).split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _flow(text):
    """Return text as it flows in a page: ends of lines are spaces there."""
    return re.sub(r"[ \t\r\n\f]+", " ", text or "")


# === WHAT WAS WRITTEN === #

LOOK_AHEAD = 4
# "Le mer. 25 nov. 2026 à 10:12, Le Troc <…> a écrit :" and its like.
WROTE = re.compile(
    r"(?:Le|On|Am|El|Il|Op) ?\b.*\b(?:a écrit|a répondu|wrote|schrieb|escribió"
    r"|ha scritto|schreef)\b.{0,80}:$",
    re.IGNORECASE,
)
# "2026-11-25 10:12 GMT+01:00 Le Troc <…>:"
DATED = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2} [^<]{0,120}<[^<> ]+@[^<> ]+>:$")
# A day or an hour: without one, "Le voisin a écrit :" is what somebody says.
MOMENT = re.compile(r"[0-9]{4}|[0-9]{1,2} ?[:h] ?[0-9]{2}|[0-9]{1,2}[/.-][0-9]{1,2}")
FIELD = re.compile(
    r"\*?(De|From|Expéditeur|Von|Envoyé|Envoyé le|Sent|Date|À|A|To|Destinataire"
    r"|Objet|Subject|Sujet|Cc|Copie à|Répondre à|Reply-To) ?: ?\*?",
    re.IGNORECASE,
)
SENDER_FIELDS = ("de", "from", "expéditeur", "von")
SEPARATOR = re.compile(
    r"[-_*]{2,} ?(original message|original appointment|message original"
    r"|message d['’]origine|mail original|e-?mail d['’]origine|message initial"
    r"|message transféré|message réexpédié|forwarded message|reply message"
    r"|réponse originale|begin forwarded message) ?[-_*]{2,}$",
    re.IGNORECASE,
)
RULE = re.compile(r"[-_*]{5,}$")
SIGNATURE = re.compile(r"-- ?$|_{2} ?$")
PHONE = re.compile(
    r"(?:envoyé (?:de|depuis|à partir d[e’']|avec|via|par|à l['’]aide de)"
    r" ?(?:mon|ma|un|une|le|la|l['’]|outlook|yahoo|gmail|proton|bluemail|samsung"
    r"|orange|sfr|free|laposte|typeapp|android|iphone|ipad|courrier|mail|fairemail"
    r"|k-9|thunderbird|spark|tutanota|application)\b.*"
    r"|sent (?:from|with|via|using) (?:my|outlook|yahoo|gmail|proton|bluemail|samsung"
    r"|typeapp|android|iphone|ipad|mail|fairemail|k-9|thunderbird|spark|tutanota)\b.*"
    r"|(?:get|télécharge[rz]|obtenir|obtenez) outlook (?:for|pour)\b.*"
    r"|provenance ?: ?courrier pour windows.*"
    r"|(?:garanti )?sans virus\b.*|virus-free\b.*|l['’]absence de virus dans ce\b.*"
    r"|cet? (?:e-?mail|courriel|courrier électronique) a été (?:vérifié|contrôlé)\b.*"
    r"|this (?:e-?mail|message) has been checked for viruses\b.*)$",
    re.IGNORECASE,
)
LONGEST_PHONE_LINE = 160


def cut_reply(text):
    """Return what was written in an answer, without quotes and signatures.

    What is written below or between the lines of a quote stays. A reply address, with
    which others could write in the name of the one who answers, never does.
    """
    lines = text.replace("\r\n", "\n").split("\n")
    plain = [_normalize(line) for line in lines]
    kept = []
    index = 0
    while index < len(lines):
        if _is_quote_head(plain, index):
            break
        size = _get_wrote_size(plain, index)
        if size:
            index = _skip_quote(plain, index + size)
            if index is None:
                break
            continue
        line = plain[index]
        if SIGNATURE.match(line):
            index = _skip_signature(plain, index)
            continue
        is_mark = len(line) <= LONGEST_PHONE_LINE and PHONE.match(line.strip("<>[]() "))
        if not line.startswith(">") and not is_mark:
            kept.append(lines[index].rstrip())
        index += 1
    while kept and (not kept[-1].strip() or RULE.match(_normalize(kept[-1]))):
        kept.pop()
    result = ADDRESS.sub("", "\n".join(kept))
    result = result.replace("<>", "").replace("\N{ZERO WIDTH SPACE}", "")
    return re.sub(r"\n{3,}", "\n\n", result).strip()


def _normalize(line):
    """Return a line with plain spaces, as the patterns want it."""
    for space in ("\N{NO-BREAK SPACE}", "\N{NARROW NO-BREAK SPACE}", "\t"):
        line = line.replace(space, " ")
    return line.replace("\ufeff", "").strip()


def _is_quote_head(lines, index):
    """Tell whether all from this line on is an older mail: Outlook's way."""
    line = lines[index]
    if SEPARATOR.match(line):
        return True
    match = FIELD.match(line)
    if not match or match[1].lower() not in SENDER_FIELDS:
        return False
    names = {
        found[1].lower()
        for later in lines[index : index + 2 * LOOK_AHEAD]
        if (found := FIELD.match(later))
    }
    return len(names) >= 3


def _get_wrote_size(lines, index):
    """Return how many lines "on that day so-and-so wrote:" takes here, or 0."""
    joined = ""
    for size, line in enumerate(lines[index : index + LOOK_AHEAD], 1):
        if not line or line.startswith(">") or len(joined) > 400:
            return 0
        joined = f"{joined} {line}".strip()[:500]
        if line.endswith(":") and (
            (WROTE.match(joined) and MOMENT.search(joined)) or DATED.match(joined)
        ):
            return size
    return 0


def _skip_quote(lines, index):
    """Return where the quote that begins here ends, or None for nowhere.

    A quote that is not marked goes on to the end.
    """
    while index < len(lines) and not lines[index]:
        index += 1
    if index == len(lines) or not lines[index].startswith(">"):
        return None
    while index < len(lines) and (not lines[index] or lines[index].startswith(">")):
        index += 1
    return index


def _skip_signature(lines, index):
    """Return where the answer goes on after a signature: at a quote, or nowhere."""
    for later in range(index + 1, len(lines)):
        if lines[later].startswith(">") or _get_wrote_size(lines, later):
            return later
    return len(lines)
