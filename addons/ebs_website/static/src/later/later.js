// @odoo-module ignore
// Copyright 2026 EBS contributors
// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
// Odoo's scripts for a page of a platform, once somebody needs them: half a megabyte that
// reading, following a link or sending a form do without. The first touch, key or movement
// starts them; a click on what only they know how to open waits for them and is made again.
(function () {
    "use strict";
    const STARTS = ["pointerdown", "pointermove", "touchstart", "keydown", "scroll"];
    // Clicks that the browser answers by itself.
    const NATIVE =
        "a[href]:not([href='#']):not([data-bs-toggle]), input, select, textarea, label," +
        " summary, button[type='submit']:not([data-bs-toggle])";
    // Odoo's own blocks may move, count or hide before anybody touches them, as does its
    // notice of cookies; and some of our pages are alive.
    const AT_ONCE = "[data-snippet], #website_cookies_bar, .o_ebs_cameras, .o_ebs_talk";
    const waiting = new Set();
    let started = false;

    function start() {
        if (started) {
            return;
        }
        started = true;
        STARTS.forEach((name) => removeEventListener(name, start, true));
        // Forms and their buttons work as they are: they need not wait for the scripts.
        document
            .querySelectorAll("form, form button, form input")
            .forEach((el) => el.classList.add("o_no_wait_lazy_js"));
        // The first holds Odoo's loader, which then loads the others in their order.
        const first = document.querySelector("script[data-src]");
        const src = first.dataset.src;
        first.removeAttribute("data-src");
        first.addEventListener("load", watch);
        first.src = src;
    }

    function watch() {
        const observer = new MutationObserver(() => {
            if (document.body.getAttribute("is-ready") === "true") {
                observer.disconnect();
                removeEventListener("click", hold, true);
                waiting.forEach((el) => el.isConnected && el.click());
            }
        });
        observer.observe(document.body, { attributeFilter: ["is-ready"] });
    }

    function hold(ev) {
        if (!ev.target.closest(NATIVE)) {
            ev.preventDefault();
            ev.stopImmediatePropagation();
            waiting.add(ev.target);
            start();
        }
    }

    // On a good line they are fetched in a quiet moment, so that nobody waits for them.
    function fetchQuietly() {
        const line = navigator.connection || {};
        if (started || line.saveData || /2g|3g/.test(line.effectiveType || "")) {
            return;
        }
        document.querySelectorAll("script[data-src]").forEach((script) => {
            const link = document.createElement("link");
            Object.assign(link, { rel: "prefetch", as: "script" });
            link.href = script.dataset.src;
            document.head.append(link);
        });
    }

    STARTS.forEach((name) =>
        addEventListener(name, start, { capture: true, passive: true })
    );
    addEventListener("click", hold, true);
    addEventListener("load", () => {
        if (document.querySelector(AT_ONCE)) {
            setTimeout(start);
        } else {
            setTimeout(fetchQuietly, 3000);
        }
        // Keeps the page that tells of a lost line.
        navigator.serviceWorker?.register("/app/worker.js", { scope: "/" });
    });
})();
