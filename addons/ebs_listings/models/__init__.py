# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import res_company
from . import res_config_settings
from . import ebs_category
from . import ebs_way
from . import ebs_listing
from . import ebs_listing_catalogue
from . import ebs_listing_ask
from . import ebs_photo
from . import ebs_exchange
from . import ebs_exchange_words
from . import ebs_message
from . import ebs_promise
from . import ebs_member
from . import ebs_audit
