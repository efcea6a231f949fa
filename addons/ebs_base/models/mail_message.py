# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models
from odoo.fields import Domain


class MailMessage(models.Model):
    """The log of an EBS record is for staff, whoever wrote in it."""

    _inherit = "mail.message"

    def _ebs_hides_log(self):
        """Tell whether the user may read no log of an EBS record."""
        user = self.env.user
        return not self.env.su and not user.has_group("ebs_base.group_ebs_staff")

    def _ebs_get_log_models(self):
        return [name for name in self.env.registry if name.startswith("ebs.")]

    def _search(self, domain, *args, bypass_access=False, **kwargs):
        if not bypass_access and self._ebs_hides_log():
            logged = Domain("model", "in", self._ebs_get_log_models())
            domain = Domain(domain) & ~logged
        return super()._search(domain, *args, bypass_access=bypass_access, **kwargs)

    def _get_forbidden_access(self, operation):
        forbidden = super()._get_forbidden_access(operation)
        if not self._ebs_hides_log():
            return forbidden
        models_ = self._ebs_get_log_models()
        hidden = self.sudo().filtered(lambda message: message.model in models_)
        return forbidden | hidden.sudo(False)
