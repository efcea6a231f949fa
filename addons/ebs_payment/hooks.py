# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).


def post_init_hook(env):
    """Leave core's demo provider switched off, unless sample data are wanted.

    `payment_demo` offers itself to every visitor when it is installed. On a real
    platform nobody must be able to play a card that holds nothing.
    """
    if env.ref("base.module_ebs_payment").demo:
        return
    demo = env["payment.provider"].search([("code", "=", "demo")])
    demo.write({"state": "disabled", "is_published": False})
