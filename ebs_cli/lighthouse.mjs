// Copyright 2026 EBS contributors
// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
// Lighthouse's phone profile over pages, round by round, so that what else the machine
// does falls on all alike. Reads {pages: {name: {url, cookie}}, rounds, chromium, reports} from
// standard input; each line written is one result, {name, round, figures}.
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { writeFileSync } from "node:fs";
import path from "node:path";

const modules = process.env.NODE_PATH;
const load = (name) => import(pathToFileURL(createRequire(modules + "/").resolve(name)));
const { default: lighthouse } = await load("lighthouse");
const { launch } = await load("chrome-launcher");

const chunks = [];
for await (const chunk of process.stdin) {
    chunks.push(chunk);
}
const { pages, rounds, chromium, reports } = JSON.parse(Buffer.concat(chunks));
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
const size = (lhr, name) =>
    lhr.audits["resource-summary"]?.details?.items.find((item) => item.resourceType === name)
        ?.transferSize ?? 0;

function figuresOf(lhr) {
    const requests = lhr.audits["network-requests"].details.items.filter((item) =>
        /^https?:/.test(item.url)
    );
    const host = new URL(lhr.finalDisplayedUrl).host;
    return {
        performance: Math.round(lhr.categories.performance.score * 100),
        accessibility: Math.round(lhr.categories.accessibility.score * 100),
        fcp_ms: Math.round(numeric(lhr, "first-contentful-paint")),
        lcp_ms: Math.round(numeric(lhr, "largest-contentful-paint")),
        tbt_ms: Math.round(numeric(lhr, "total-blocking-time")),
        cls: Number(numeric(lhr, "cumulative-layout-shift").toFixed(3)),
        css_kb: Math.round(size(lhr, "stylesheet") / 1000),
        js_kb: Math.round(size(lhr, "script") / 1000),
        font_kb: Math.round(size(lhr, "font") / 1000),
        image_kb: Math.round(size(lhr, "image") / 1000),
        total_kb: Math.round(size(lhr, "total") / 1000),
        third_party: requests.map((item) => item.url).filter((url) => new URL(url).host !== host),
        accessibility_failed: lhr.categories.accessibility.auditRefs
            .map((ref) => lhr.audits[ref.id])
            .filter((audit) => audit.score === 0)
            .map((audit) => audit.id),
        final_url: lhr.finalDisplayedUrl,
    };
}

for (let round = 0; round < rounds; round++) {
    for (const [name, { url, cookie }] of Object.entries(pages)) {
        const chrome = await launch({ chromePath: chromium, chromeFlags: flags });
        try {
            const { lhr } = await lighthouse(url, {
                port: chrome.port,
                logLevel: "error",
                onlyCategories: ["performance", "accessibility"],
                extraHeaders: cookie ? { Cookie: cookie } : undefined,
            });
            if (lhr.runtimeError) {
                throw new Error(`${name}: ${lhr.runtimeError.message}`);
            }
            if (reports) {
                const file = path.join(reports, `${name.replaceAll(" ", "-")}-${round}.json`);
                writeFileSync(file, JSON.stringify(lhr));
            }
            console.log(JSON.stringify({ name, round, figures: figuresOf(lhr) }));
        } finally {
            await chrome.kill();
        }
    }
}
process.exit(0);
