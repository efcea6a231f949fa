// Copyright 2026 EBS contributors
// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import { Interaction } from "@web/public/interaction";
import { registry } from "@web/core/registry";

// A tap on a link to hand on selects all of it, and its button copies it. Without script
// the field can be read and selected by hand, and the button does not show.
export class Copy extends Interaction {
    static selector = ".o_ebs_link";
    dynamicContent = {
        input: { "t-on-focus": this.select },
        ".o_ebs_copy": {
            "t-on-click": this.copy,
            "t-att-class": () => ({ "d-none": false }),
        },
        ".o_ebs_copied": { "t-att-class": () => ({ "d-none": !this.copied }) },
    };

    setup() {
        this.copied = false;
    }

    select() {
        this.el.querySelector("input").select();
    }

    async copy() {
        const input = this.el.querySelector("input");
        input.select();
        try {
            await this.waitFor(navigator.clipboard.writeText(input.value));
        } catch {
            // Not allowed, or not a secure page: the old way still works there.
            document.execCommand("copy");
        }
        this.copied = true;
        this.updateContent();
    }
}

registry.category("public.interactions").add("ebs_website.copy", Copy);
