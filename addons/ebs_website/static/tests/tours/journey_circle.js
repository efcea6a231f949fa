/* Copyright 2026 EBS contributors
 * License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl). */
import { registry } from "@web/core/registry";

import { follow, FRIDAY, send, SUNDAY, type } from "./journey_steps";

const tours = registry.category("web_tour.tours");

/** Unfold a part of the page. */
function unfold(words) {
    return {
        content: `Unfold ${words}`,
        trigger: `main summary:contains('${words}'):visible`,
        run: "click",
    };
}

/** Open the exchange about the tent from my space. */
function openExchange() {
    return [
        { ...follow("/my/exchanges"), trigger: ".o_ebs_doors a[href='/my/exchanges']" },
        {
            content: "Open the exchange about the tent",
            trigger: "main a[href*='/my/exchanges/']:contains('Tente'):visible",
            run: "click",
            expectUnloadPage: true,
        },
    ];
}

tours.add("ebs_journey_circle_make", {
    steps: () => [
        follow("/circles/new"),
        {
            content: "Its name",
            trigger: "main #ebs_name",
            run: "edit Les voisins du 12",
        },
        {
            content: "Why it exists",
            trigger: "main #ebs_description",
            run: "edit On se prête ce qui dort à la cave.",
        },
        {
            content: "Nobody else knows of it",
            trigger: "main [name=join_mode][value=secret]",
            run: "click",
        },
        send("main form[action='/circles/new']"),
        {
            content: "It is there, and I am asked to invite",
            trigger: "main .o_ebs_info:contains('Invitez')",
        },
        unfold("Par e‑mail"),
        {
            content: "The address of my neighbour",
            trigger: "main #ebs_email",
            run: "edit driss@example.com",
        },
        send("main form[action$='/invite_email']"),
        {
            content: "The invitation is on its way",
            trigger: "main .o_ebs_info:contains('en route')",
        },
        unfold("Par un lien"),
        send("main form[action$='/link']"),
        {
            content: "A link that one can copy",
            trigger: "main #links input[readonly]:value('/circles/join/')",
        },
        {
            content: "Copy it",
            trigger: "main #links .o_ebs_copy",
            run: "click",
        },
        { trigger: "main #links .o_ebs_copied:visible" },
    ],
});

tours.add("ebs_journey_circle_join", {
    steps: () => [
        {
            content: "Who invites me, and where to",
            trigger: "main header:contains('Lucie'):contains('Les voisins du 12')",
        },
        send("main form[action*='/circles/join/']"),
        {
            content: "I am in it, with who is there",
            trigger: "main #people:contains('Lucie'):contains('Driss')",
        },
    ],
});

tours.add("ebs_journey_circle_publish", {
    steps: () => [
        follow("/circles/les-voisins-du-12"),
        follow("/publish?circle="),
        {
            content: "It is for the circle that I come from",
            trigger: "main [name=visibility][value=circles]:checked",
        },
        { trigger: "main [name=circle_ids]:checked" },
        {
            content: "What it is",
            trigger: "main #ebs_name",
            run: "edit Tente pour quatre",
        },
        {
            content: "I lend it",
            trigger: "main [name=ways][value=lend]",
            run: "check",
        },
        {
            content: "What kind of thing",
            trigger: "main #ebs_category",
            run: "selectByIndex 1",
        },
        send("main form.o_ebs_publish"),
        {
            content: "It is published",
            trigger:
                "main .o_ebs_mine:contains('En ligne'), main .o_ebs_mine:contains('Publiée')",
        },
    ],
});

tours.add("ebs_journey_circle_ask", {
    steps: () => [
        follow("/circles/les-voisins-du-12"),
        follow("/listings/tente"),
        {
            content: "It says for whom it is",
            trigger: "#ask:contains('Les voisins du 12')",
        },
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
            run: "edit Bonjour, pour un week-end au lac ?",
        },
        send("#ask form[action$='/ask']"),
        {
            content: "My request is sent",
            trigger: ".o_ebs_messages:contains('lac')",
        },
    ],
});

tours.add("ebs_journey_circle_lend", {
    steps: () => [
        ...openExchange(),
        send("main form[action$='/accept']"),
        send("main form[action$='/hand_over']"),
        {
            content: "It is out: I can take it back",
            trigger: "main form[action$='/return']",
        },
    ],
});

tours.add("ebs_journey_circle_leave", {
    steps: () => [
        follow("/circles/les-voisins-du-12"),
        unfold("Quitter le cercle"),
        send("main form[action$='/leave']"),
        {
            content: "The secret circle is nowhere any more",
            trigger:
                "main:not(:contains('Les voisins du 12')):has(a[href='/circles/new'])",
        },
    ],
});

tours.add("ebs_journey_circle_after", {
    steps: () => [
        ...openExchange(),
        {
            content: "What I have borrowed keeps its name and its days",
            trigger: "main h1:contains('Tente pour quatre')",
        },
        {
            content: "Without a way to what is not open to me any more",
            trigger: "main:not(:has(a[href*='/listings/tente']))",
        },
    ],
});
