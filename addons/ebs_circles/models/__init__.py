# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
# isort: skip_file
# A model stands before the file that says what members do with it.
from . import res_company
from . import res_config_settings
from . import ebs_member
from . import ebs_circle
from . import ebs_circle_life
from . import ebs_circle_member
from . import ebs_circle_invitation
from . import ebs_circle_opening
from . import ebs_announcement
from . import ebs_audit
from . import mail_mail
