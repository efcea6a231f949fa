/* Copyright 2026 EBS contributors
 * License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl). */
import { registry } from "@web/core/registry";

const tours = registry.category("web_tour.tours");
const PANEL = ".o_ebs_desk_panel";

const SIMPLE_THINGS = [
    "Appareil à raclette",
    "Barnum",
    "Diable pliant",
    "Échelle double",
    "Remorque",
    "Vidéoprojecteur",
];

/** Touch the line of a thing in a column of the desk. */
function open(column, thing) {
    return {
        content: `Open ${thing} in ${column}`,
        trigger: `.o_ebs_desk_${column} .o_ebs_desk_line:contains('${thing}')`,
        run: "click",
    };
}

/** Scan a label: the scanner types its code, then the Enter key. */
function scan(code) {
    return {
        content: `Scan ${code}`,
        trigger: "#o_ebs_desk_scan",
        run: `edit ${code} && press Enter`,
    };
}

/** The big button of the panel, once it may be pressed. */
function press(label) {
    return {
        content: `Press ${label}`,
        trigger: `${PANEL} .o_ebs_desk_act:enabled:contains('${label}')`,
        run: "click",
    };
}

/** The desk says that it is noted, and is ready for who comes next. */
function noted(thing) {
    return {
        content: `${thing} is noted`,
        trigger: `.o_ebs_desk:not(:has(${PANEL})) .alert-success:contains('${thing}')`,
    };
}

/** Tick a box of the panel: the deposit, or a line of the check-list. */
function tick(words) {
    return {
        content: `Tick ${words}`,
        trigger: `${PANEL} label:contains('${words}') input`,
        run: "check",
    };
}

/** The big button waits for something. */
function waits(label) {
    return {
        content: `${label} waits`,
        trigger: `${PANEL} .o_ebs_desk_act:disabled:contains('${label}')`,
    };
}

const handOver = (thing) => [
    open("is_due_out", thing),
    press("Remettre"),
    noted(thing),
];
const takeBack = (thing) => [
    open("is_due_back", thing),
    press("Reprendre"),
    noted(thing),
];

tours.add("ebs_desk_morning", {
    steps: () => [
        {
            content: "Somebody is late since two days",
            trigger: ".o_ebs_desk_is_late .o_ebs_desk_line:contains('Tondeuse')",
        },
        {
            content: "Someone waits for the team's answer: say yes",
            trigger: ".o_ebs_desk_waiting h2:contains('En attente de votre réponse')",
        },
        open("waiting", "Remorque"),
        press("Accepter"),
        noted("Remorque"),
        {
            content: "Ten things go out today",
            trigger: ".o_ebs_desk_is_due_out h2:contains('À remettre') .badge:text(10)",
        },
        scan("PERCEU22"),
        waits("Remettre"),
        tick("J’ai la caution en main"),
        press("Remettre"),
        noted("Perceuse"),
        open("is_due_out", "Machine à coudre"),
        tick("J’ai la caution en main"),
        press("Remettre"),
        noted("Machine à coudre"),
        open("is_due_out", "Tente"),
        tick("Toile"),
        tick("Arceaux"),
        {
            content: "A word on its condition",
            trigger: `${PANEL} .o_ebs_desk_report textarea`,
            run: "edit Complète et sèche.",
        },
        {
            content: "A picture of it",
            trigger: `${PANEL} .o_ebs_desk_report input[type=file]`,
            run: async ({ anchor }) => {
                const canvas = document.createElement("canvas");
                canvas.width = canvas.height = 64;
                canvas.getContext("2d").fillRect(8, 8, 32, 32);
                const blob = await new Promise((done) => canvas.toBlob(done));
                const files = new DataTransfer();
                files.items.add(new File([blob], "tente.png", { type: "image/png" }));
                anchor.files = files.files;
                anchor.dispatchEvent(new Event("change", { bubbles: true }));
            },
        },
        press("Remettre"),
        noted("Tente"),
        {
            content: "Type a name: one line is left, and Enter opens it",
            trigger: "#o_ebs_desk_scan",
            run: "edit nettoyeur && press Enter",
        },
        press("Remettre"),
        noted("Nettoyeur"),
        ...SIMPLE_THINGS.flatMap(handOver),
        {
            content: "Nothing is left to hand over",
            trigger: ".o_ebs_desk_is_due_out:contains('Rien pour le moment')",
        },
        {
            content: "A code that is on no label is refused in words",
            trigger: "#o_ebs_desk_scan",
            run: "edit AUCUNE22 && press Enter",
        },
        { trigger: ".o_ebs_desk .alert-warning:contains('AUCUNE22')" },
    ],
});

tours.add("ebs_desk_extension", {
    steps: () => [
        open("is_due_back", "Nettoyeur"),
        {
            content: "One asks to keep it longer, but another waits for it",
            trigger: `${PANEL}:contains('Karim'):contains('d’autres')`,
        },
        {
            content: "See the whole exchange",
            trigger: `${PANEL} button:contains('Tout l’échange')`,
            run: "click",
        },
        {
            content: "Say no",
            trigger: ".o_form_view button[name=action_decline_extension]",
            run: "click",
        },
        {
            content: "It is answered",
            trigger:
                ".o_form_view:not(:has(button[name=action_decline_extension])) h1:contains('Nettoyeur')",
        },
    ],
});

tours.add("ebs_desk_evening", {
    steps: () => [
        ...SIMPLE_THINGS.flatMap(takeBack),
        ...takeBack("Nettoyeur"),
        open("is_late", "Tondeuse"),
        press("Reprendre"),
        noted("Tondeuse"),
        scan("PERCEU22"),
        press("Reprendre"),
        {
            content: "The deposit is still here: it waits for the mediator",
            trigger: `${PANEL} .o_ebs_desk_act:contains('Caution rendue')`,
        },
        {
            content: "Close",
            trigger: `${PANEL} .btn-close`,
            run: "click",
        },
        open("is_due_back", "Machine à coudre"),
        press("Reprendre"),
        press("Caution rendue"),
        noted("Machine à coudre"),
        open("is_due_back", "Tente"),
        {
            content: "Its check-list is required",
            trigger: `${PANEL} .o_ebs_desk_report:contains('Arceaux')`,
        },
        tick("Toile"),
        {
            content: "What is wrong",
            trigger: `${PANEL} .o_ebs_desk_report textarea`,
            run: "edit Un arceau est cassé.",
        },
        press("Reprendre"),
        noted("Tente"),
        {
            content: "See the whole exchange",
            trigger: ".o_ebs_desk .alert-success button:contains('Tout l’échange')",
            run: "click",
        },
        {
            content: "See the copy",
            trigger: ".o_form_view .o_field_widget[name=copy_id] a",
            run: "click",
        },
        {
            content: "It is damaged",
            trigger: ".o_form_view button[name=action_report_damage]",
            run: "click",
        },
        {
            content: "Go on",
            trigger: ".modal .modal-footer .btn-primary",
            run: "click",
        },
        {
            content: "It is out of service",
            trigger: ".o_form_view .o_arrow_button_current:contains('Abîmé')",
        },
    ],
});

tours.add("ebs_desk_mediation", {
    steps: () => [
        {
            content: "Open the case of the drill",
            trigger: ".o_list_view .o_data_row td[name=title]:contains('Perceuse')",
            run: "click",
        },
        {
            content: "Take it",
            trigger: ".o_form_view button[name=action_take]",
            run: "click",
        },
        {
            content: "Both were heard: settle",
            trigger: ".o_form_view .btn-primary:contains('Trancher')",
            run: "click",
        },
        {
            content: "A part of the deposit is kept",
            trigger: ".modal .o_radio_item:contains('Une partie de la caution') input",
            run: "check",
        },
        {
            content: "Half of it",
            trigger: ".modal .o_field_widget[name=amount] input",
            run: "edit 25",
        },
        {
            content: "Why",
            trigger: ".modal .o_field_widget[name=text] textarea",
            run: "edit Le mandrin est voilé, chacun prend la moitié de la réparation.",
        },
        {
            content: "Settle and tell both",
            trigger: ".modal button[name=action_confirm]",
            run: "click",
        },
        {
            content: "It is settled",
            trigger: ".o_form_view .o_arrow_button_current:contains('Tranché')",
        },
    ],
});

tours.add("ebs_desk_closing", {
    steps: () => [
        ...["is_due_out", "is_due_back", "is_late"].map((column) => ({
            content: `Nothing is left in ${column}`,
            trigger: `.o_ebs_desk_${column}:contains('Rien pour le moment')`,
        })),
    ],
});
