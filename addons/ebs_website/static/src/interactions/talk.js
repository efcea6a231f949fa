// Copyright 2026 EBS contributors
// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import { Interaction } from "@web/public/interaction";
import { registry } from "@web/core/registry";

// Every so many milliseconds; more rarely once nobody has written for a while.
const QUICK = 15000;
const SLOW = 60000;
const PATIENCE = 20;
// A second tap within this time is the same one.
const ONE_TAP = 3000;

// Shows what the other one writes, as long as the page is looked at, and notes that it
// was read. Without script a reload shows it, and a button notes it.
export class Talk extends Interaction {
    static selector = ".o_ebs_talk";
    dynamicContent = {
        _document: { "t-on-visibilitychange": this.wake },
        "#ebs_write": { "t-on-submit": this.submit },
        ".o_ebs_read": { "t-att-class": () => ({ "d-none": true }) },
    };

    setup() {
        this.last = Number(this.el.dataset.last);
        this.quiet = 0;
        this.isOver = false;
    }

    start() {
        if (this.el.dataset.unread && !document.hidden) {
            this.noteRead();
        }
        this.plan();
    }

    submit(ev) {
        if (Date.now() - (this.sentAt || 0) < ONE_TAP) {
            ev.preventDefault();
        }
        this.sentAt = Date.now();
    }

    wake() {
        if (!document.hidden) {
            this.quiet = 0;
            this.ask();
        }
    }

    plan() {
        clearTimeout(this.timer);
        if (!document.hidden && !this.isOver) {
            const pause = this.quiet < PATIENCE ? QUICK : SLOW;
            this.timer = this.waitForTimeout(() => this.ask(), pause);
        }
    }

    async ask() {
        if (this.isAsking) {
            return;
        }
        this.isAsking = true;
        try {
            const url = `${this.el.dataset.url}?after=${this.last}`;
            const answer = await this.waitFor(fetch(url));
            // Signed out, or no party any more.
            this.isOver = answer.redirected || [403, 404].includes(answer.status);
            if (answer.ok && !this.isOver) {
                this.show(await this.waitFor(answer.json()));
            }
        } catch {
            // No network for now: the next time.
            this.quiet++;
        }
        this.isAsking = false;
        this.plan();
    }

    show({ html, last }) {
        if (last <= this.last) {
            this.quiet++;
            return;
        }
        this.last = last;
        this.quiet = 0;
        this.el.querySelector(".o_ebs_messages").insertAdjacentHTML("beforeend", html);
        this.noteRead();
    }

    noteRead() {
        const form = this.el.querySelector(".o_ebs_read");
        const body = new FormData(form);
        body.set("up_to", this.last);
        body.set("script", "1");
        fetch(form.action, { method: "POST", body }).catch(() => {});
    }
}

registry.category("public.interactions").add("ebs_website.talk", Talk);
