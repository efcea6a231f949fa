/* Copyright 2026 EBS contributors
 * License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl). */
import { registry } from "@web/core/registry";

const MOST = 12;
// Seconds: five minutes, from the first touch on.
const LONGEST = 300;
const KEY = "ebs_tour_publish";

function read() {
    return JSON.parse(sessionStorage.getItem(KEY)) || { count: 0, at: Date.now() };
}

/** One thing that the member does with the phone: a tap, or a field filled in. */
function act(step) {
    const { run } = step;
    return {
        ...step,
        async run(actions) {
            const said = read();
            sessionStorage.setItem(
                KEY,
                JSON.stringify({ ...said, count: said.count + 1 })
            );
            if (typeof run === "function") {
                return run.call(this, actions);
            }
            const [name, ...words] = run.split(" ");
            return actions[name](words.join(" "));
        },
    };
}

/** Give the camera's field a photo of 3000 points, as a phone would. */
async function takePhoto() {
    const canvas = document.createElement("canvas");
    canvas.width = 3000;
    canvas.height = 2000;
    const context = canvas.getContext("2d");
    context.fillStyle = "teal";
    context.fillRect(0, 0, 3000, 2000);
    const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg"));
    const files = new DataTransfer();
    files.items.add(new File([blob], "IMG_2041.jpeg", { type: "image/jpeg" }));
    this.anchor.files = files.files;
    this.anchor.dispatchEvent(new Event("change", { bubbles: true }));
}

registry.category("web_tour.tours").add("ebs_publish_on_a_phone", {
    steps: () => [
        act({
            content: "Take a photo",
            trigger: "input[capture]:not(:visible)",
            run: takePhoto,
        }),
        {
            content: "It is shown, shrunk and ready to be sent",
            trigger: ".o_ebs_photos_new li img",
            run() {
                const [file] = document.querySelector("#ebs_photos").files;
                if (file.name !== "IMG_2041.jpg") {
                    throw new Error(`sent as ${file.name}`);
                }
            },
        },
        act({
            content: "Say what it is",
            trigger: "#ebs_name",
            run: "edit Vélo rouge",
        }),
        {
            content: "The category is proposed from the title",
            trigger: "#ebs_category_note:not(.d-none)",
        },
        {
            content: "The card is as others will see it",
            trigger: ".o_ebs_preview .o_ebs_card_title:contains('Vélo rouge')",
        },
        act({
            content: "It is to give",
            trigger: ".o_ebs_choices input[name=ways][value=give] + span",
            run: "click",
        }),
        {
            content: "Publish it",
            trigger: ".o_ebs_publish .o_ebs_action",
            expectUnloadPage: true,
            ...act({ trigger: ".o_ebs_publish .o_ebs_action", run: "click" }),
        },
        {
            content: "It is published, in few taps",
            trigger: ".o_ebs_mine:contains('annonce')",
            run() {
                const { count, at } = read();
                const seconds = (Date.now() - at) / 1000;
                if (count > MOST || seconds > LONGEST) {
                    throw new Error(
                        `${count} interactions and ${seconds} s to publish`
                    );
                }
            },
        },
    ],
});

registry.category("web_tour.tours").add("ebs_publish_draft_kept", {
    steps: () => [
        {
            content: "Type a title",
            trigger: "#ebs_name",
            run: "edit Tente deux places",
        },
        {
            content: "The phone rings, and the browser begins anew",
            trigger: ".o_ebs_preview .o_ebs_card_title:contains('Tente deux places')",
            run: () => location.reload(),
            expectUnloadPage: true,
        },
        {
            content: "What was typed is there",
            trigger: "#ebs_name:value('Tente deux places')",
        },
        {
            content: "Send it without a way",
            trigger: ".o_ebs_publish .o_ebs_action",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "The site keeps it, and this browser forgets it",
            trigger: ".o_ebs_publish[action*='/edit'] #ebs_name:value('Tente')",
            async run() {
                await new Promise((done) => setTimeout(done, 500));
                const kept = Object.keys(localStorage).filter((key) =>
                    key.startsWith("ebs_publish_")
                );
                if (kept.length) {
                    throw new Error("words are left in this browser");
                }
            },
        },
    ],
});
