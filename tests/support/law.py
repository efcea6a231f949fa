# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The law of the access matrix: who there is, and who sees which thing.

It is written by hand and asks nothing of the code that it judges.
"""

import re

# === WHO === #
OWNER_SIDE = {"owner", "delegate"}
# The members of the secret circle.
INSIDE = OWNER_SIDE | {"insider", "organiser"}
# The approved members of the platform, in whatever circle.
APPROVED = INSIDE | {"applicant", "invited", "former", "removed", "neighbour"}
# Those who act for no approved persona of the platform.
OUTSIDE = {
    "visitor",
    "newcomer",
    "suspended",
    "dismissed",
    "internal",
    "foreign",
    "twofold",
}
ABROAD = {"foreign", "twofold"}
MODERATORS = {"moderator", "opener", "manager"}
MEDIATORS = {"mediator", "manager"}
DESK = {"desk", "manager"}
# The staff who look after listings; the mediators do not.
KEEPERS = MODERATORS | DESK
STAFF = KEEPERS | MEDIATORS
EVERYBODY = APPROVED | OUTSIDE | STAFF
MEMBERS = EVERYBODY - STAFF - {"visitor", "internal"}

# === WHO READS WHICH RECORD === #
SEES = {
    # Circles.
    "open circle": EVERYBODY,
    "request circle": EVERYBODY,
    "secret circle": INSIDE | {"invited"} | MODERATORS,
    "other circle": {"neighbour"} | MODERATORS,
    "closed circle": MODERATORS,
    "listed circle": EVERYBODY,
    "circle abroad": ABROAD,
    # Listings.
    "listing everyone": EVERYBODY,
    "listing members": APPROVED | KEEPERS,
    "listing secret": INSIDE | {"opener"},
    "listing lent": INSIDE | {"opener"},
    "listing other": {"neighbour"},
    "listing listed": OWNER_SIDE | {"organiser"},
    "listing both": INSIDE | {"neighbour", "opener"},
    "listing closed": OWNER_SIDE,
    "listing orphan": OWNER_SIDE,
    "listing draft": OWNER_SIDE | MODERATORS,
    "listing pending": OWNER_SIDE | MODERATORS,
    "listing rejected": OWNER_SIDE | MODERATORS,
    "listing paused": OWNER_SIDE | MODERATORS,
    "listing ended": OWNER_SIDE | MODERATORS,
    "everyone abroad": EVERYBODY,
    "members abroad": ABROAD,
    "circle's abroad": ABROAD,
    # What hangs on them.
    "photo everyone": EVERYBODY,
    "photo members": APPROVED | KEEPERS,
    "photo secret": INSIDE | {"opener"},
    "photo other": {"neighbour"},
    "photo paused": OWNER_SIDE | MODERATORS,
    "photo abroad": ABROAD,
    "copy lent": INSIDE | {"opener"},
    # Places in the circles.
    "place insider": INSIDE | MODERATORS,
    "place invited": {"organiser", "invited"} | MODERATORS,
    "place former": {"organiser", "former"} | MODERATORS,
    "place removed": {"organiser", "removed"} | MODERATORS,
    "place applicant": {"organiser", "applicant"} | MODERATORS,
    "place neighbour": {"neighbour"} | MODERATORS,
    "place listed": OWNER_SIDE | {"organiser"} | MODERATORS,
    "place abroad": ABROAD,
    # What organisers and moderators do in a circle.
    "invitation secret": {"organiser"} | MODERATORS,
    "announcement secret": INSIDE | {"opener"},
    "opening secret": MODERATORS,
    # Exchanges: one within the secret circle, one about what everyone sees.
    "exchange lent": OWNER_SIDE | {"former", "opener"},
    "message lent": OWNER_SIDE | {"former"},
    "sent lent": OWNER_SIDE | {"former"},
    "booking lent": OWNER_SIDE | {"former"},
    "deposit lent": OWNER_SIDE | {"former"},
    "reminder lent": {"former"},
    "exchange plain": OWNER_SIDE | {"neighbour"} | STAFF,
    "message plain": OWNER_SIDE | {"neighbour"},
    "sent plain": OWNER_SIDE | {"neighbour"},
    "booking plain": OWNER_SIDE | {"neighbour"} | DESK,
    "deposit plain": OWNER_SIDE | {"neighbour"} | DESK,
    "reminder plain": {"neighbour"} | DESK,
    "promise plain": OWNER_SIDE | {"neighbour"} | STAFF,
    # Loans: the same behind both, where only a mediation case opens a circle.
    "condition lent": OWNER_SIDE | {"former"},
    "condition plain": OWNER_SIDE | {"neighbour"} | DESK,
    "picture lent": OWNER_SIDE | {"former"},
    "picture plain": OWNER_SIDE | {"neighbour"} | DESK,
    # The guarantor sees this, and nothing of the exchange.
    "guarantee lent": OWNER_SIDE | {"former", "insider"},
    "guarantee plain": OWNER_SIDE | {"neighbour", "applicant"} | DESK,
    "order lent": set(),
    "order plain": DESK,
    "event lent": set(),
    "event plain": DESK,
    # What somebody keeps for later is of one account.
    "favourite secret": {"insider"},
    "favourite everyone": {"neighbour"},
    "alert insider": {"insider"},
    "waiting secret": {"insider"},
    "waiting plain": {"neighbour"} | DESK,
    # Kept for who waits, who sees it by their place in the line.
    "hold secret": set(),
    "hold plain": DESK,
    "tally former": {"former"} | DESK,
    # Calendars: the addresses are of one account, what they close of a listing.
    "feed owner": {"owner"},
    "feed secret": {"owner"},
    "feed suspended": {"suspended"},
    "outside secret": OWNER_SIDE,
    "closed everyone": EVERYBODY,
    "closed secret": INSIDE | {"opener"},
    "busy everyone": OWNER_SIDE,
    "busy secret": OWNER_SIDE,
    # A kit is seen, part by part, by who sees both listings.
    "kit listed": OWNER_SIDE | {"organiser"},
    "kit draft": OWNER_SIDE | MODERATORS,
    # Mediation: a case within the secret circle, one about what everyone sees.
    "listing quarrel": INSIDE | {"opener"},
    "exchange quarrel": OWNER_SIDE | {"insider", "opener"} | MEDIATORS,
    "message quarrel": OWNER_SIDE | {"insider"} | MEDIATORS,
    "sent quarrel": OWNER_SIDE | {"insider"} | MEDIATORS,
    "dispute quarrel": OWNER_SIDE | {"insider"} | MEDIATORS,
    "line quarrel": OWNER_SIDE | {"insider"} | MEDIATORS,
    "line asker": {"insider"} | MEDIATORS,
    "line owner": OWNER_SIDE | MEDIATORS,
    "line mediator": MEDIATORS,
    "shown quarrel": OWNER_SIDE | {"insider"} | MEDIATORS,
    "shown asker": {"insider"} | MEDIATORS,
    "listing fray": EVERYBODY,
    "exchange fray": OWNER_SIDE | {"neighbour"} | STAFF,
    "message fray": OWNER_SIDE | {"neighbour"} | MEDIATORS,
    "dispute fray": OWNER_SIDE | {"neighbour"} | MEDIATORS,
    "line fray": OWNER_SIDE | {"neighbour"} | MEDIATORS,
    # People.
    "persona owner": EVERYBODY,
    "persona newcomer": {"newcomer"} | STAFF,
    "persona suspended": {"suspended"} | STAFF,
    "persona twofold": {"twofold"} | STAFF,
    "private owner": OWNER_SIDE | STAFF,
    "private insider": {"insider"} | STAFF,
    "delegate": OWNER_SIDE | STAFF,
    "consent owner": OWNER_SIDE | STAFF,
}


def word_of(label):
    """Return the word that stands on this thing and nowhere else."""
    return re.sub(r"[^a-z]", "", label) + "qx"


# The things that bear a word.
WORDED = [
    label
    for label in SEES
    if label.split()[0]
    in (
        "listing",
        "everyone",
        "members",
        "circle's",
        "message",
        "announcement",
        "line",
        "condition",
    )
    or "circle" in label.split()
]
