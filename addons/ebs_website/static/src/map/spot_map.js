// Copyright 2026 EBS contributors
// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import { drawGround, toBounds } from "./ground";

// A map to say where one is, by touching it or with the arrows and Enter.
export class SpotMap {
    constructor(canvas, { spot, onPick }) {
        Object.assign(this, { canvas, onPick });
        this.ready = this.start(spot);
    }

    async start(spot) {
        const { box, map, tiles } = await drawGround(this.canvas);
        this.map = map;
        // Between circles, streets away say nothing.
        this.zoom = tiles ? 16 : 13;
        if (spot) {
            map.setView(spot, this.zoom);
        } else {
            map.fitBounds(toBounds(box));
        }
        this.show(spot);
        this.map.on("click", ({ latlng }) => this.onPick([latlng.lat, latlng.lng]));
        // By keyboard: what is in the middle.
        this.canvas.addEventListener("keydown", (ev) => {
            if (ev.key === "Enter" && ev.target === this.canvas) {
                ev.preventDefault();
                const { lat, lng } = this.map.getCenter();
                this.onPick([lat, lng]);
            }
        });
    }

    show(spot) {
        this.marker?.remove();
        this.marker = null;
        if (spot) {
            this.marker = L.circleMarker(spot, {
                className: "o_ebs_map_spot",
                radius: 9,
            });
            this.marker.addTo(this.map);
        }
    }

    move(spot) {
        this.show(spot);
        this.map.setView(spot, Math.max(this.map.getZoom(), this.zoom), {
            animate: false,
        });
    }
}
