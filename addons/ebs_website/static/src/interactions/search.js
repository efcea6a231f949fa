// Copyright 2026 EBS contributors
// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import { Interaction } from "@web/public/interaction";
import { registry } from "@web/core/registry";

const MOST = 100;
const DIGITS = 3;

// Says how many listings each filter would show, once the filters are in view; asks the
// device where it is only when somebody presses "Near me"; keeps addresses short. Without
// script the search is the same, without these.
export class Search extends Interaction {
    static selector = ".o_ebs_filters";
    dynamicContent = {
        _root: { "t-on-formdata": this.drop },
        ".o_ebs_near": {
            "t-on-click": this.locate,
            "t-att-class": () => ({ "d-none": !navigator.geolocation }),
        },
        details: { "t-on-toggle": this.count },
    };

    start() {
        // Always open on a wide screen.
        const summary = this.el.querySelector("summary");
        if (getComputedStyle(summary).display === "none") {
            this.count();
        }
    }

    // What is empty has no place in the address.
    drop(ev) {
        for (const [name, value] of [...ev.formData]) {
            if (!value) {
                ev.formData.delete(name);
            }
        }
    }

    async count() {
        const url = this.el.dataset.counts;
        if (!url || this.counted) {
            return;
        }
        this.counted = true;
        const answer = await this.waitFor(fetch(url));
        if (answer.ok) {
            this.show(await this.waitFor(answer.json()));
        }
    }

    show(counts) {
        for (const [name, count] of Object.entries(counts)) {
            if (typeof count === "number") {
                const place = this.el.querySelector(`[data-count="${name}"]`);
                place.textContent = this.say(count);
                continue;
            }
            const options = this.el.querySelectorAll(`[name="${name}"] option`);
            for (const option of options) {
                if (option.value && option.value !== "all") {
                    option.textContent += ` ${this.say(count[option.value] || 0)}`;
                }
            }
        }
    }

    say(count) {
        return `(${count >= MOST ? `${MOST}+` : count})`;
    }

    locate(ev) {
        const said = this.el.querySelector(".o_ebs_near_said");
        navigator.geolocation.getCurrentPosition(
            ({ coords }) => this.go(coords),
            () => {
                said.textContent = ev.currentTarget.dataset.refused;
            },
            { maximumAge: 600000, timeout: 10000 }
        );
    }

    // To a hundred metres, no nearer.
    go({ latitude, longitude }) {
        const near = [latitude, longitude].map((degrees) => degrees.toFixed(DIGITS));
        const query = new URLSearchParams(new FormData(this.el));
        query.set("near", near.join(","));
        query.delete("zone");
        window.location.assign(`${this.el.getAttribute("action")}?${query}`);
    }
}

registry.category("public.interactions").add("ebs_website.search", Search);
