# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The addresses that EBS answers, read from its controllers."""

import re
from typing import NamedTuple

from odoo import http

CONVERTER = re.compile(r"<(?:(\w+)(?:\([^)]*\))?:)?(\w+)>")


class Route(NamedTuple):
    """One address: its pattern, HTTP methods, kind of login, type and traits."""

    pattern: str
    methods: tuple
    auth: str
    type: str
    readonly: bool
    csrf: bool
    stated_methods: bool

    def fill(self, values, default="1"):
        """Return the address with each converter replaced by its value."""
        return CONVERTER.sub(
            lambda found: str(values.get(found[2], default)), self.pattern
        )

    def names(self):
        """Return the (converter, name) pairs of the pattern."""
        return [
            (kind or "string", name) for kind, name in CONVERTER.findall(self.pattern)
        ]


def ebs_routes(registry):
    """Return the routes that an EBS addon defines or overrides."""
    routes = []
    modules = list(registry._init_modules)
    for url, endpoint in http._generate_routing_rules(modules, nodb_only=False):
        bound = getattr(endpoint, "func", endpoint)
        owner = getattr(bound, "__self__", None)
        classes = type(owner).mro() if owner is not None else []
        name = bound.__name__
        if not any(
            cls.__module__.startswith("odoo.addons.ebs_") and name in vars(cls)
            for cls in classes
        ):
            continue
        routing = endpoint.routing
        methods = routing.get("methods")
        routes.append(
            Route(
                pattern=url,
                methods=tuple(methods or ("GET", "POST")),
                auth=routing["auth"],
                type=routing["type"],
                readonly=routing.get("readonly") is True,
                csrf=routing.get("csrf", True),
                stated_methods=methods is not None,
            )
        )
    return sorted(set(routes))


def ebs_models(env):
    """Return the names of the EBS models that hold records for good."""
    return sorted(
        name
        for name, model in env.registry.items()
        if name.startswith("ebs.") and not model._abstract and not model._transient
    )


def readable_by_all(records, user):
    """Return the names of the stored fields that this account may sort by."""
    shown = records.with_user(user).fields_get([], ["type"])
    return [
        name
        for name, field in records._fields.items()
        if name in shown and field.store and field.column_type
    ]


def own_public_methods(model):
    """Return the names of the methods that EBS adds to a model for anybody to call."""
    names = set()
    for cls in model.mro():
        if cls.__module__.startswith("odoo.addons.ebs_"):
            names |= {
                name
                for name, value in vars(cls).items()
                if callable(value)
                and not name.startswith("_")
                and not getattr(value, "_api_private", False)
            }
    return sorted(names)
