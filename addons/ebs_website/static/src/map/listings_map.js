// Copyright 2026 EBS contributors
// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import { drawGround, fetchJson, makeMarker, toBounds } from "./ground";

const SETTLE = 250;

// The listings on a map: points when they are few, else groups that the server counts.
export class ListingsMap {
    // `query` is the search without the box; `onMove` hears that the reader looks
    // elsewhere, `onPoint` which part of the map a point stands for, or null.
    constructor(canvas, { query, box, onMove, onPoint }) {
        Object.assign(this, { canvas, query, onMove, onPoint });
        this.words = canvas.dataset;
        this.points = [];
        this.ready = this.start(box);
    }

    async start(box) {
        const [{ map }, found] = await Promise.all([
            drawGround(this.canvas),
            box ? { box } : this.fetch({}),
        ]);
        this.map = map;
        this.layer = L.layerGroup().addTo(map);
        map.fitBounds(toBounds(found.box), {
            animate: false,
            maxZoom: 15,
            padding: box ? [0, 0] : [24, 24],
        });
        await this.refresh();
        this.map.on("moveend", () => {
            clearTimeout(this.timer);
            this.timer = setTimeout(() => this.refresh(), SETTLE);
        });
        this.map.on("dragend zoomend", () => this.onMove());
    }

    async fetch(params) {
        const query = new URLSearchParams(this.query);
        for (const [name, value] of Object.entries(params)) {
            query.set(name, value);
        }
        this.asked?.abort();
        this.asked = new AbortController();
        const { signal } = this.asked;
        return fetchJson(`${this.words.url}?${query}`, { signal });
    }

    getBox() {
        const bounds = this.map.getBounds().pad(-0.001);
        const sides = [
            Math.max(bounds.getSouth(), -85),
            Math.max(bounds.getWest(), -180),
            Math.min(bounds.getNorth(), 85),
            Math.min(bounds.getEast(), 180),
        ];
        return sides.map((degrees) => degrees.toFixed(5)).join(",");
    }

    async refresh() {
        let found = null;
        try {
            found = await this.fetch({ box: this.getBox(), zoom: this.map.getZoom() });
        } catch (error) {
            // Asked anew meanwhile, or the connection is lost: the points stay.
            if (error.name === "AbortError" || error instanceof TypeError) {
                return;
            }
            throw error;
        }
        this.layer.clearLayers();
        this.points = [];
        for (const group of found.groups) {
            this.addGroup(group);
        }
        for (const listings of Object.values(groupBySpot(found.points))) {
            this.addDoor(listings);
        }
        this.light(this.lit);
    }

    addGroup({ count, spot, box }) {
        const name = this.words.group.replace("#", count);
        const marker = this.add(spot, count > 999 ? "999+" : `${count}`, name, box);
        marker.on("click", () =>
            this.map.flyToBounds(toBounds(box), {
                duration: 0.2,
                maxZoom: 18,
                padding: [48, 48],
            })
        );
    }

    // What is at one door opens together.
    addDoor(listings) {
        const [{ spot, title }] = listings;
        const several = listings.length > 1;
        const name = several ? this.words.group.replace("#", listings.length) : title;
        const text = several ? `${listings.length}` : "";
        const marker = this.add(spot, text, name, [...spot, ...spot]);
        marker.on("click", () => this.open(spot, listings));
    }

    // On the map, not on the point: points are made anew when the map moves. Escape or a
    // touch beside it closes it; the keyboard goes in, and comes back to the map.
    open(spot, listings) {
        const list = makeList(listings);
        list.addEventListener("keydown", (ev) => {
            if (ev.key === "Escape") {
                this.map.closePopup();
                this.canvas.focus({ preventScroll: true });
            }
        });
        L.popup({ closeButton: false, maxHeight: 240, minWidth: 200, offset: [0, -8] })
            .setLatLng(spot)
            .setContent(list)
            .openOn(this.map);
        list.querySelector("a").focus({ preventScroll: true });
    }

    add(spot, text, name, box) {
        const marker = makeMarker(spot, text, name).addTo(this.layer);
        this.points.push({ box, marker });
        const el = marker.getElement();
        for (const [type, part] of [
            ["mouseenter", box],
            ["mouseleave", null],
            ["focus", box],
            ["blur", null],
        ]) {
            el.addEventListener(type, () => this.onPoint(part));
        }
        return marker;
    }

    // Light the point that a spot of the list belongs to, or none.
    light(spot) {
        this.lit = spot;
        for (const { box, marker } of this.points) {
            const lit = Boolean(spot) && contains(box, spot);
            marker.getElement()?.classList.toggle("o_ebs_lit", lit);
            marker.setZIndexOffset(lit ? 1000 : 0);
        }
    }

    remove() {
        clearTimeout(this.timer);
        this.asked?.abort();
        this.map?.remove();
    }
}

// Less than a metre: numbers are rounded on their way.
const NEAR = 0.000005;

export function contains([south, west, north, east], [latitude, longitude]) {
    return (
        latitude >= south - NEAR &&
        latitude <= north + NEAR &&
        longitude >= west - NEAR &&
        longitude <= east + NEAR
    );
}

function groupBySpot(listings) {
    const doors = {};
    for (const listing of listings) {
        (doors[listing.spot.join()] ||= []).push(listing);
    }
    return doors;
}

function makeList(listings) {
    const list = document.createElement("ul");
    list.className = "o_ebs_map_list";
    for (const { photo, title, url } of listings) {
        const link = document.createElement("a");
        link.href = url;
        const image = document.createElement("img");
        Object.assign(image, { alt: "", height: 48, src: photo, width: 64 });
        const words = document.createElement("span");
        words.textContent = title;
        link.append(image, words);
        const line = document.createElement("li");
        line.append(link);
        list.append(line);
    }
    return list;
}
