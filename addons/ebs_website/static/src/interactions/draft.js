// Copyright 2026 EBS contributors
// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import { Interaction } from "@web/public/interaction";
import { registry } from "@web/core/registry";

const NAMES = ["name", "description", "category_id", "price"];
const WEEK = 7 * 24 * 3600 * 1000;

function read(key) {
    try {
        const kept = JSON.parse(localStorage.getItem(key));
        return kept && Date.now() - kept.at < WEEK ? kept : null;
    } catch {
        return null;
    }
}

function keep(key, kept) {
    try {
        localStorage.setItem(key, JSON.stringify(kept));
    } catch {
        // No room, or not allowed: nothing is kept then.
    }
}

// The phone rings while a new listing is typed: its words wait in this browser, and in no
// other place, until the form is sent.
export class Draft extends Interaction {
    static selector = ".o_ebs_publish[data-draft]";
    dynamicContent = {
        _root: { "t-on-input": this.keep, "t-on-submit": this.leave },
    };

    start() {
        this.key = this.el.dataset.draft;
        const kept = read(this.key);
        if (!kept) {
            return;
        }
        for (const [name, value] of Object.entries(kept.words)) {
            const field = this.el.elements[name];
            if (field && NAMES.includes(name) && !field.value) {
                field.value = value;
                const fold = field.closest("details");
                if (fold && value) {
                    fold.open = true;
                }
            }
        }
        for (const box of this.el.querySelectorAll("input[name=ways]")) {
            box.checked = box.checked || kept.ways.includes(box.value);
        }
        this.el.dispatchEvent(new Event("input"));
    }

    keep() {
        const words = {};
        NAMES.forEach((name) => (words[name] = this.el.elements[name].value));
        const boxes = [...this.el.querySelectorAll("input[name=ways]:checked")];
        const ways = boxes.map((box) => box.value);
        keep(this.key, { words, ways, at: Date.now() });
    }

    // Forgotten by the page that follows, once the site has it.
    leave() {
        const kept = read(this.key);
        if (kept) {
            keep(this.key, { ...kept, sent: true });
        }
    }
}

export class DraftSent extends Interaction {
    static selector = ".o_ebs_mine, .o_ebs_publish:not([data-draft])";

    start() {
        Object.keys(localStorage)
            .filter((key) => key.startsWith("ebs_publish_"))
            .filter((key) => !read(key) || read(key).sent)
            .forEach((key) => localStorage.removeItem(key));
    }
}

registry.category("public.interactions").add("ebs_website.draft", Draft);
registry.category("public.interactions").add("ebs_website.draft_sent", DraftSent);
