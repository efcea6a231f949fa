// Copyright 2026 EBS contributors
// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import { Interaction } from "@web/public/interaction";
import { registry } from "@web/core/registry";

// A tap on a free day of the month fills the dates of the ask box: first the start, then
// the end. Without script the dates are typed.
export class Days extends Interaction {
    static selector = ".o_ebs_listing:has(#ebs_from)";
    dynamicContent = {
        ".o_ebs_free": {
            "t-on-click": this.pick,
            "t-att-class": (day) => ({ o_ebs_picked: this.isPicked(day) }),
        },
        "#ebs_from, #ebs_to": { "t-on-change": () => this.updateContent() },
    };

    setup() {
        this.from = this.el.querySelector("#ebs_from");
        this.to = this.el.querySelector("#ebs_to");
        this.el.querySelector(".o_ebs_month").classList.add("o_ebs_scripted");
    }

    dateOf(day) {
        return day.querySelector("time").dateTime;
    }

    isPicked(day) {
        const date = this.dateOf(day);
        const last = this.to.value || this.from.value;
        return Boolean(this.from.value) && this.from.value <= date && date <= last;
    }

    pick(ev) {
        const date = this.dateOf(ev.currentTarget);
        const started = this.from.value && !this.to.value;
        if (started && date >= this.from.value) {
            this.to.value = date;
        } else {
            this.from.value = date;
            this.to.value = "";
        }
    }
}

registry.category("public.interactions").add("ebs_website.days", Days);
