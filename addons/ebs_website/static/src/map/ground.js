// Copyright 2026 EBS contributors
// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
// How wide a letter is, about.
const LETTER = 7;

// What a map is drawn on: the operator's tiles, or the zones as circles where there are
// none. Words come in as text, never as HTML.
export async function drawGround(canvas) {
    const { zones, tiles, attribution, box } = await fetchJson(canvas.dataset.ground);
    const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    const map = L.map(canvas, {
        attributionControl: Boolean(tiles),
        fadeAnimation: !calm,
        markerZoomAnimation: !calm,
        maxZoom: 18,
        minZoom: 3,
        zoomAnimation: !calm,
        zoomControl: false,
    });
    const { zoomIn, zoomOut } = canvas.dataset;
    L.control.zoom({ zoomInTitle: zoomIn, zoomOutTitle: zoomOut }).addTo(map);
    const circles = drawZones(map, zones);
    if (tiles) {
        map.attributionControl.setPrefix(false);
        addTiles(map, tiles, attribution, circles);
    }
    return { box, map, tiles };
}

export async function fetchJson(url, options) {
    const answer = await fetch(url, options);
    if (!answer.ok) {
        throw new Error(`${answer.status} ${url}`);
    }
    return answer.json();
}

export function toBounds([south, west, north, east]) {
    return [
        [south, west],
        [north, east],
    ];
}

// The first tile tells whether there are any: an empty ground says less than circles.
function addTiles(map, tiles, attribution, circles) {
    const said = document.createElement("span");
    said.textContent = attribution;
    const layer = L.tileLayer(tiles, {
        attribution: said.innerHTML,
        maxZoom: 18,
        referrerPolicy: "strict-origin-when-cross-origin",
    });
    const probe = new Image();
    probe.referrerPolicy = "strict-origin-when-cross-origin";
    probe.onload = () => {
        circles.remove();
        layer.addTo(map);
    };
    probe.src = L.Util.template(tiles, { r: "", s: "a", x: 0, y: 0, z: 0 });
}

// Names lie below the points, and show where their circle has room for them.
function drawZones(map, zones) {
    map.createPane("names").style.zIndex = 450;
    const circles = zones.map(({ name, spot, metres }) => {
        const words = document.createElement("span");
        words.textContent = name;
        return L.circle(spot, {
            className: "o_ebs_map_zone",
            interactive: false,
            radius: metres,
        }).bindTooltip(words, {
            className: "o_ebs_map_name",
            direction: "center",
            pane: "names",
            permanent: true,
        });
    });
    const layer = L.layerGroup(circles).addTo(map);
    const nameThem = () => {
        for (const circle of circles) {
            const bounds = circle.getBounds();
            const high =
                map.latLngToContainerPoint(bounds.getSouthWest()).y -
                map.latLngToContainerPoint(bounds.getNorthEast()).y;
            const name = circle.getTooltip();
            const length = name.getContent().textContent.length * LETTER;
            name.setOpacity(length < high ? 1 : 0);
        }
    };
    map.whenReady(() => {
        nameThem();
        map.on("zoomend", nameThem);
    });
    return layer;
}

// A point that can be pressed by finger, mouse and keyboard, with a name to read aloud.
export function makeMarker(spot, text, name) {
    const badge = document.createElement("span");
    badge.textContent = text;
    const marker = L.marker(spot, {
        icon: L.divIcon({
            className: "o_ebs_map_point",
            html: badge,
            iconSize: [44, 44],
        }),
        riseOnHover: true,
    });
    marker.on("add", () => marker.getElement().setAttribute("aria-label", name));
    return marker;
}
