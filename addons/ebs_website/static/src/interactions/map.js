// Copyright 2026 EBS contributors
// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import { Interaction } from "@web/public/interaction";
import { registry } from "@web/core/registry";
import { loadBundle } from "@web/core/assets";

const OPENED = "ebs_map";
const WIDE = "(min-width: 992px)";

// The map beside the list of a search, in step with it. Its library is loaded when it is
// opened for the first time; without script there is the list, which says the same.
export class MapAndList extends Interaction {
    static selector = ".o_ebs_found:has(.o_ebs_map)";
    dynamicContent = {
        _root: { "t-att-class": () => ({ o_ebs_with_map: this.open }) },
        _window: { "t-on-popstate": () => this.searched && window.location.reload() },
        ".o_ebs_map_switch": {
            "t-on-click": this.toggle,
            "t-att-aria-expanded": () => `${this.open}`,
        },
        ".o_ebs_map": { "t-att-class": () => ({ "d-none": !this.open }) },
        ".o_ebs_map_here": {
            "t-on-click": this.searchHere,
            "t-att-class": () => ({ "d-none": !this.moved }),
        },
        ".o_ebs_map_failed": { "t-att-class": () => ({ "d-none": !this.failed }) },
        ".o_ebs_map_count": {
            "t-out": () => this.list.querySelector("h2").textContent,
        },
        ".o_ebs_found_list": {
            "t-on-mouseover": this.light,
            "t-on-mouseleave": () => this.map?.light(null),
            "t-on-focusin": this.light,
            "t-on-focusout": () => this.map?.light(null),
        },
    };

    setup() {
        this.open = false;
        this.moved = false;
        this.list = this.el.querySelector(".o_ebs_found_list");
        this.canvas = this.el.querySelector(".o_ebs_map_canvas");
    }

    start() {
        const isWide = window.matchMedia(WIDE).matches;
        if (isWide && (this.getBox() || sessionStorage.getItem(OPENED))) {
            this.toggle();
        }
    }

    destroy() {
        this.map?.remove();
    }

    async toggle() {
        this.open = !this.open;
        sessionStorage[this.open ? "setItem" : "removeItem"](OPENED, "1");
        this.updateContent();
        if (!window.matchMedia(WIDE).matches) {
            this.el.scrollIntoView();
        }
        if (!this.open || this.loading) {
            return;
        }
        this.loading = true;
        try {
            await this.waitFor(loadBundle("ebs_website.assets_map"));
            const { ListingsMap, contains } = odoo.loader.modules.get(
                "@ebs_website/map/listings_map"
            );
            this.contains = contains;
            this.map = new ListingsMap(this.canvas, {
                box: this.getBox(),
                onMove: this.protectSyncAfterAsync(() => {
                    this.moved = true;
                    this.updateContent();
                }),
                onPoint: (box) => this.lightCards(box),
                query: this.getQuery(),
            });
            await this.waitFor(this.map.ready);
            this.failed = false;
        } catch {
            this.failed = true;
            this.loading = false;
        }
        this.updateContent();
    }

    getBox() {
        const box = new URLSearchParams(window.location.search).get("box");
        const sides = (box || "").split(",").map(Number);
        return sides.length === 4 && sides.every(Number.isFinite) ? sides : null;
    }

    // The search of the page, whatever part of the map it is of.
    getQuery() {
        const query = new URLSearchParams(window.location.search);
        query.delete("box");
        query.delete("page");
        return query;
    }

    // The list takes what the map shows; the address says so, and "back" undoes it.
    async searchHere() {
        const query = this.getQuery();
        query.set("box", this.map.getBox());
        const url = `${this.el.dataset.path}?${query}`;
        const answer = await this.waitFor(fetch(url));
        const page = new DOMParser().parseFromString(
            await this.waitFor(answer.text()),
            "text/html"
        );
        const list = page.querySelector(".o_ebs_found_list");
        if (!list) {
            window.location.assign(url);
            return;
        }
        const interactions = this.services["public.interactions"];
        interactions.stopInteractions(this.list);
        this.list.replaceChildren(...list.childNodes);
        interactions.startInteractions(this.list);
        window.history.pushState({}, "", url);
        this.keepBox(query.get("box"));
        this.searched = true;
        this.moved = false;
        this.updateContent();
    }

    // The form searches on in the same part.
    keepBox(box) {
        const form = document.querySelector("form.o_ebs_search");
        const field = form?.elements.box || document.createElement("input");
        Object.assign(field, { name: "box", type: "hidden", value: box });
        form?.append(field);
    }

    light(ev) {
        const spot = ev.target.closest("[data-spot]")?.dataset.spot;
        this.map?.light(spot ? spot.split(",").map(Number) : null);
    }

    lightCards(box) {
        for (const card of this.list.querySelectorAll("[data-spot]")) {
            const spot = card.dataset.spot.split(",").map(Number);
            card.classList.toggle(
                "o_ebs_lit",
                Boolean(box) && this.contains(box, spot)
            );
        }
    }
}

registry.category("public.interactions").add("ebs_website.map", MapAndList);
