// Copyright 2026 EBS contributors
// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import { Interaction } from "@web/public/interaction";
import { registry } from "@web/core/registry";

const PAUSE = 400;

// While a listing is typed: proposes a category, shows the card as others will see it, and
// sends the form once. Without script the category is proposed when the form is sent.
export class Publish extends Interaction {
    static selector = ".o_ebs_publish:has(.o_ebs_preview)";
    dynamicContent = {
        _root: {
            "t-on-input": this.update,
            "t-on-ebs_photos": this.update,
            "t-on-submit": this.send,
        },
        "#ebs_name": { "t-on-input": this.debounced(this.propose, PAUSE) },
        "#ebs_category": { "t-on-change": this.choose },
    };

    setup() {
        this.category = this.el.querySelector("#ebs_category");
        this.note = this.el.querySelector("#ebs_category_note");
        this.card = this.el.querySelector(".o_ebs_preview .o_ebs_card");
        this.picture = this.card.querySelector("img");
        this.drawn = this.picture.getAttribute("src");
        this.untitled = this.card.querySelector(".o_ebs_card_title").textContent;
        // One that was chosen by hand is not touched.
        this.chosen = this.category.value && this.note.classList.contains("d-none");
    }

    start() {
        // Come back to by the button "back", it can be sent again.
        this.addListener(window, "pageshow", () => (this.sent = false));
        this.update();
    }

    choose() {
        this.chosen = true;
        this.note.classList.add("d-none");
    }

    async propose(ev) {
        const title = ev.target.value.trim();
        if (this.chosen || title.length < 3) {
            return;
        }
        const query = new URLSearchParams({ title });
        const answer = await this.waitFor(fetch(`/publish/category.json?${query}`));
        if (!answer.ok || this.chosen) {
            return;
        }
        const { id } = await this.waitFor(answer.json());
        this.category.value = id || "";
        this.note.classList.toggle("d-none", !id);
    }

    update() {
        const form = this.el.elements;
        const say = (part, text) => {
            this.card.querySelector(`.o_ebs_card_${part}`).textContent = text;
        };
        const ways = [...this.el.querySelectorAll("input[name=ways]:checked")];
        const names = ways.map((way) => way.nextElementSibling.textContent.trim());
        const wanted = new FormData(this.el).get("side") === "want";
        const { wanted: word } = this.el.dataset;
        say("title", form.name.value.trim() || this.untitled);
        say("ways", names.join(", "));
        if (wanted) {
            const badge = document.createElement("span");
            badge.className = "o_ebs_wanted";
            badge.textContent = word;
            this.card.querySelector(".o_ebs_card_ways").prepend(badge);
        }
        const zone = form.zone_id.value && form.zone_id.selectedOptions[0].text;
        const as = form.as_member_id?.selectedOptions[0].text || this.el.dataset.owner;
        say("place", [zone, as].filter(Boolean).join(" · "));
        const kept = [...this.el.querySelectorAll("#photos .o_ebs_photos li")];
        const photo = kept
            .filter((item) => !item.querySelector("[name=remove_photo]:checked"))
            .map((item) => item.querySelector("img"))[0];
        this.picture.src = photo ? photo.src : this.drawn;
        this.picture.classList.toggle("o_ebs_drawn", !photo);
    }

    // A second tap on the button would publish it twice.
    send(ev) {
        if (this.sent) {
            ev.preventDefault();
        }
        this.sent = true;
    }
}

registry.category("public.interactions").add("ebs_website.publish", Publish);
