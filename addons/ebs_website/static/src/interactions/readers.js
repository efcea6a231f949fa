// Copyright 2026 EBS contributors
// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import { Interaction } from "@web/public/interaction";
import { registry } from "@web/core/registry";

// Who publishes in several names sees the circles of the chosen one alone. Without script
// the circles of each stand under its name, and the others' do not count.
export class Readers extends Interaction {
    static selector = "form:has(#ebs_as):has(.o_ebs_circle_boxes[data-member])";
    dynamicContent = {
        "#ebs_as": { "t-on-change": () => this.updateContent() },
        ".o_ebs_circle_boxes": {
            "t-att-class": (boxes) => ({ "d-none": !this.isChosen(boxes) }),
        },
    };

    isChosen(boxes) {
        return boxes.dataset.member === this.el.querySelector("#ebs_as").value;
    }
}

registry.category("public.interactions").add("ebs_website.readers", Readers);
