# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

# The providers whose every event comes in by our own door. Others may hold money
# as well as these, but act on what they are told before we have looked at it.
PROVIDERS = ("demo", "stripe")

# The system parameter that names a stand-in for Stripe on this machine.
STRIPE_URL = "ebs_payment.stripe_url"

# A card is held from the day before the loan begins.
DAYS_BEFORE = 1
# A hold is renewed while it still stands, with time to write to the borrower.
RENEW_BEFORE = timedelta(hours=36)
# What may come back late needs a saved card as well.
LATE_DAYS = 2

# Waits between two tries of one order; then a person looks at it. All lie within
# the 24 hours in which a provider knows the key of a request again.
WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 3, 10, 30, 60, 180, 360))

# How old a signed event may be, and how far its clock may run ahead.
EVENT_AGE = timedelta(minutes=10)
BIGGEST_EVENT = 256 * 1024
