/* Copyright 2026 EBS contributors
 * License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl). */
import { registry } from "@web/core/registry";

import { follow, FRIDAY, send, SUNDAY, type } from "./journey_steps";

const tours = registry.category("web_tour.tours");

/** Open the exchange about the drill from my space. */
function openExchange() {
    return [
        { ...follow("/my/exchanges"), trigger: ".o_ebs_doors a[href='/my/exchanges']" },
        {
            content: "Open the exchange about the drill",
            trigger: "main a[href*='/my/exchanges/']:contains('Perceuse'):visible",
            run: "click",
            expectUnloadPage: true,
        },
    ];
}

/** Ask for the drill from Friday to Sunday, on its page. */
function askForDrill() {
    return [
        {
            content: "From Friday",
            trigger: "#ask input[name=date_start]",
            run: type(FRIDAY),
        },
        {
            content: "To Sunday",
            trigger: "#ask input[name=date_end]",
            run: type(SUNDAY),
        },
        {
            content: "Say a word",
            trigger: "#ask textarea[name=message]",
            run: "edit Bonjour, je monte une étagère ce week-end.",
        },
        send("#ask form"),
    ];
}

tours.add("ebs_journey_find_and_sign_up", {
    steps: () => [
        {
            content: "Say what I look for on the home page",
            trigger: "main input[name=q]",
            run: "edit perceuse",
        },
        send("main form[action='/listings']"),
        follow("/listings/perceuse"),
        {
            content: "The deposit is shown before asking",
            trigger: "#ask:contains('50')",
        },
        follow("/web/signup"),
        { content: "My name", trigger: "#name", run: "edit Camille" },
        { content: "My address", trigger: "#login", run: "edit camille@example.com" },
        { content: "A password", trigger: "#password", run: "edit perceuse-2026" },
        { content: "I accept the terms", trigger: "#terms", run: "check" },
        send(".oe_signup_form"),
        {
            content: "An e-mail is on its way, and I am not signed in",
            trigger: "main a[href='/listings']",
        },
    ],
});

tours.add("ebs_journey_confirm", {
    steps: () => [
        send("main form[action*='/confirm/']"),
        { content: "My address", trigger: "#login", run: "edit camille@example.com" },
        { content: "My password", trigger: "#password", run: "edit perceuse-2026" },
        send(".oe_login_form"),
        follow("/listings"),
        follow("/listings/perceuse"),
        ...askForDrill(),
        {
            content: "My request is sent, and what I said stands there",
            trigger: ".o_ebs_messages:contains('étagère')",
        },
    ],
});

tours.add("ebs_journey_answer", {
    steps: () => [
        ...openExchange(),
        {
            content: "Answer in the conversation",
            trigger: "#ebs_write textarea",
            run: "edit Avec plaisir, passez vendredi après 18 h.",
        },
        send("#ebs_write"),
        {
            content: "My answer stands there",
            trigger: ".o_ebs_messages:contains('vendredi')",
        },
        send("main form[action$='/accept']"),
        {
            content: "It is accepted: I can hand it over",
            trigger: "main form[action$='/hand_over']",
        },
    ],
});

tours.add("ebs_journey_refused", {
    steps: () => [
        ...askForDrill(),
        {
            content: "I am told why not",
            trigger: ".o_ebs_alert:contains('perceuse'), .o_ebs_alert:contains('pris')",
        },
        {
            content: "And what I typed is still there",
            trigger: "#ask textarea[name=message]:value('étagère')",
        },
    ],
});

tours.add("ebs_journey_hand_over", {
    steps: () => [
        ...openExchange(),
        {
            content: "I have the deposit",
            trigger: "main form[action$='/hand_over'] input[name=deposit_received]",
            run: "check",
        },
        send("main form[action$='/hand_over']"),
        {
            content: "It is out: I can take it back",
            trigger: "main form[action$='/return']",
        },
    ],
});

tours.add("ebs_journey_take_back", {
    steps: () => [
        ...openExchange(),
        send("main form[action$='/return']"),
        send("main form[action$='/return_deposit']"),
        {
            content: "It is done: nothing is left to do",
            trigger: ".o_ebs_now:not(:has(form[action*='return']))",
        },
    ],
});

tours.add("ebs_journey_done", {
    steps: () => [
        { ...follow("/my/exchanges"), trigger: ".o_ebs_doors a[href='/my/exchanges']" },
        follow("/my/exchanges?ended=1"),
        {
            content: "Open the exchange about the drill",
            trigger: "main a[href*='/my/exchanges/']:contains('Perceuse'):visible",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "The borrower sees it done too",
            trigger: ".o_ebs_now .fa-check-circle",
        },
    ],
});

tours.add("ebs_journey_staff", {
    steps: () => [
        {
            content: "The drill's loan is on the board of exchanges",
            trigger: ".o_kanban_record:contains('Perceuse'):contains('Camille')",
            run: "click",
        },
        {
            content: "Each step is dated",
            trigger: ".o_form_view .o_field_widget[name=requested_at]",
        },
        { trigger: ".o_form_view .o_field_widget[name=accepted_at]" },
    ],
});
