# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Numbers and words of the gateways."""

from datetime import timedelta

# The longest that a gateway may take to answer one message, in seconds.
TIME_LIMIT = 10

# How long a gateway that failed is left alone, and how long a message is worth
# sending at all: a reminder that comes after the day it speaks of only harms.
PAUSE = timedelta(minutes=5)
SEND_WITHIN = timedelta(hours=12)

# How long a finished message is kept for the reports that come late.
KEEP = timedelta(days=30)

# https://www.twilio.com/docs/api/errors: the number cannot take an SMS.
TWILIO_NUMBER_ERRORS = {21211, 21265, 21614}

# https://www.twilio.com/docs/messaging/api/message-resource#message-status-values
TWILIO_STATUS_TO_STATE = {
    "accepted": "pending",
    "scheduled": "pending",
    "queued": "pending",
    "sending": "pending",
    "sent": "pending",
    "delivered": "sent",
    "read": "sent",
    "undelivered": "error",
    "failed": "error",
    "canceled": "error",
}
