// Copyright 2026 EBS contributors
// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import { Interaction } from "@web/public/interaction";
import { registry } from "@web/core/registry";
import { loadBundle } from "@web/core/assets";

// Where a member keeps the things: by where the device is, asked on a click, or by
// touching a map. Without script a spot can be taken away, and the zone remains.
export class Spot extends Interaction {
    static selector = ".o_ebs_spot";
    dynamicContent = {
        ".o_ebs_spot_here": { "t-on-click": this.locate },
        ".o_ebs_spot_open": { "t-on-click": this.openMap },
        ".o_ebs_spot_map": { "t-att-class": () => ({ "d-none": !this.opened }) },
        ".o_ebs_spot_away": { "t-on-change": () => this.pick(null) },
        "[data-said]": {
            "t-att-class": (el) => ({ "d-none": el.dataset.said !== this.said }),
        },
    };

    setup() {
        this.field = this.el.querySelector("[name=spot]");
        this.before = this.field.value;
        this.said = null;
    }

    locate() {
        navigator.geolocation.getCurrentPosition(
            this.protectSyncAfterAsync(({ coords }) => {
                this.pick([coords.latitude, coords.longitude]);
                this.map?.move([coords.latitude, coords.longitude]);
            }),
            this.protectSyncAfterAsync(() => this.say("refused")),
            { enableHighAccuracy: true, timeout: 10000 }
        );
    }

    async openMap() {
        if (this.opened) {
            return;
        }
        this.opened = true;
        this.updateContent();
        try {
            await this.waitFor(loadBundle("ebs_website.assets_map"));
            const { SpotMap } = odoo.loader.modules.get("@ebs_website/map/spot_map");
            const map = new SpotMap(this.el.querySelector(".o_ebs_spot_canvas"), {
                onPick: (spot) => this.pick(spot),
                spot: this.field.value ? this.field.value.split(",").map(Number) : null,
            });
            await this.waitFor(map.ready);
            this.map = map;
        } catch {
            this.opened = false;
            this.say("failed");
        }
    }

    pick(spot) {
        const away = this.el.querySelector(".o_ebs_spot_away");
        if (spot) {
            this.field.value = spot.map((degrees) => degrees.toFixed(6)).join(",");
            this.map?.show(spot);
            if (away) {
                away.checked = false;
            }
            this.say("chosen");
        } else {
            // Ticked off again: as it was.
            this.field.value = this.before;
            this.map?.show(this.before ? this.before.split(",").map(Number) : null);
            this.say(null);
        }
    }

    say(said) {
        this.said = said;
        this.updateContent();
    }
}

registry.category("public.interactions").add("ebs_website.spot", Spot);
