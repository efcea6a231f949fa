# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import test_access
from . import test_audit
from . import test_invite
from . import test_join
from . import test_organisers
from . import test_races
