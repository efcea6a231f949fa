# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import test_audit
from . import test_back_office
from . import test_catalogue
from . import test_database
from . import test_exchange
from . import test_expiry
from . import test_garbage
from . import test_listing
from . import test_mail
from . import test_moderation
from . import test_photo
from . import test_promise
from . import test_security
from . import test_visibility
from . import test_words
