// Copyright 2026 EBS contributors
// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
// Lighthouse's phone profile over pages, round by round, so that what else the machine
// does falls on all alike. Reads {pages: {name: {url, cookie}}, rounds, chromium} from
// standard input; each line written is one result, {name, round, figures}.
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import path from "node:path";

const modules = process.env.NODE_PATH;
const load = (name) => import(pathToFileURL(createRequire(modules + "/").resolve(name)));
const { default: lighthouse } = await load("lighthouse");
const { launch } = await load("chrome-launcher");

const chunks = [];
for await (const chunk of process.stdin) {
    chunks.push(chunk);
}
const { pages, rounds, chromium } = JSON.parse(Buffer.concat(chunks));
const flags = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--ignore-certificate-errors",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
];

const numeric = (lhr, name) => lhr.audits[name]?.numericValue ?? null;
const kind = (lhr, name) =>
    lhr.audits["resource-summary"]?.details?.items.find((item) => item.resourceType === name)
        ?.transferSize ?? 0;

function figuresOf(lhr) {
    const failed = (category) =>
        lhr.categories[category].auditRefs
            .map((ref) => lhr.audits[ref.id])
            .filter((audit) => audit.score !== null && audit.score < 0.9)
            .map((audit) => audit.id);
    return {
        performance: Math.round(lhr.categories.performance.score * 100),
        accessibility: Math.round(lhr.categories.accessibility.score * 100),
        fcp_ms: Math.round(numeric(lhr, "first-contentful-paint")),
        lcp_ms: Math.round(numeric(lhr, "largest-contentful-paint")),
        tbt_ms: Math.round(numeric(lhr, "total-blocking-time")),
        cls: Number(numeric(lhr, "cumulative-layout-shift").toFixed(3)),
        si_ms: Math.round(numeric(lhr, "speed-index")),
        css_kb: Math.round(kind(lhr, "stylesheet") / 1000),
        js_kb: Math.round(kind(lhr, "script") / 1000),
        font_kb: Math.round(kind(lhr, "font") / 1000),
        image_kb: Math.round(kind(lhr, "image") / 1000),
        total_kb: Math.round(kind(lhr, "total") / 1000),
        third_party: lhr.audits["network-requests"].details.items
            .map((item) => item.url)
            .filter((url) => /^https?:/.test(url))
            .filter((url) => new URL(url).host !== new URL(lhr.finalDisplayedUrl).host),
        final_url: lhr.finalDisplayedUrl,
        failed: { performance: failed("performance"), accessibility: failed("accessibility") },
    };
}

for (let round = 0; round < rounds; round++) {
    for (const [name, { url, cookie }] of Object.entries(pages)) {
        const chrome = await launch({ chromePath: chromium, chromeFlags: flags });
        try {
            const { lhr, artifacts } = await lighthouse(url, {
                port: chrome.port,
                logLevel: "error",
                onlyCategories: ["performance", "accessibility"],
                extraHeaders: cookie ? { Cookie: cookie } : undefined,
            });
            if (lhr.runtimeError) {
                throw new Error(`${name}: ${lhr.runtimeError.message}`);
            }
            const folder = process.env.EBS_REPORTS;
            if (folder) {
                const { writeFileSync } = await import("node:fs");
                writeFileSync(path.join(folder, `${name}-${round}.json`), JSON.stringify(lhr));
            }
            console.log(JSON.stringify({ name, round, figures: figuresOf(lhr) }));
        } finally {
            await chrome.kill();
        }
    }
}
process.exit(0);
