// @odoo-module ignore
// Copyright 2026 EBS contributors
// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
// Shows a page of ours where a page cannot be reached. Nothing else is kept on the phone,
// and Odoo's back office, which has a worker of its own, is left alone.
"use strict";
const CACHE = "ebs-app";
const OFFLINE = "/app/offline";
const MANIFEST = "/app/manifest.webmanifest";
const NOT_OURS = /^\/(odoo|web|websocket)(\/|$)/;

self.addEventListener("install", (event) => {
    const page = new Request(OFFLINE, { credentials: "omit", cache: "reload" });
    event.waitUntil(caches.open(CACHE).then((cache) => cache.add(page)));
    self.skipWaiting();
});

self.addEventListener("activate", (event) => {
    event.waitUntil(
        Promise.all([
            self.registration.navigationPreload?.enable(),
            self.clients.claim(),
        ])
    );
});

self.addEventListener("fetch", (event) => {
    const { request } = event;
    if (request.mode === "navigate" && !NOT_OURS.test(new URL(request.url).pathname)) {
        event.respondWith(answer(event));
        event.waitUntil(leaveWhenClosed());
    }
});

async function answer(event) {
    try {
        return (await event.preloadResponse) || (await fetch(event.request));
    } catch (error) {
        const page = await caches.match(OFFLINE, { cacheName: CACHE });
        if (page) {
            return page;
        }
        throw error;
    }
}

// Where there is a platform no more, this worker goes too. Asked once a day at most: the
// browser keeps the answer.
async function leaveWhenClosed() {
    try {
        const response = await fetch(MANIFEST, { credentials: "omit" });
        if (response.status === 404) {
            await caches.delete(CACHE);
            await self.registration.unregister();
        }
    } catch {
        // No line: ask another time.
    }
}
