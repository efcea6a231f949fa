# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
# isort: skip_file
# A mixin stands before the models that use it.
from . import ebs_base_mixin
from . import ebs_log_mixin
from . import ebs_state_mixin
from . import ebs_spot_mixin
from . import res_company
from . import res_company_mail
from . import ebs_rule_change
from . import ebs_zone
from . import ebs_place
from . import ebs_member
from . import ebs_member_account
from . import ebs_member_private
from . import ebs_member_spot
from . import ebs_delegate
from . import ebs_terms
from . import ebs_consent
from . import ebs_audit
from . import ebs_demo
from . import ir_rule
from . import ir_http
from . import mail_mail
from . import mail_message
from . import res_config_settings
from . import res_users
