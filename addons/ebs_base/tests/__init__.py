# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import test_access
from . import test_audit
from . import test_clock
from . import test_company
from . import test_hooks
from . import test_log
from . import test_member
from . import test_notify
from . import test_personas
from . import test_registry
from . import test_reset_password
from . import test_sign_up
from . import test_state
from . import test_terms
from . import test_utils
