/* Copyright 2026 EBS contributors
 * License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl). */

const DAY = 24 * 3600 * 1000;

/** The Friday and the Sunday of the week after next, as date fields have them. */
function weekend() {
    const today = new Date();
    const toFriday = 7 + ((5 - today.getDay() + 7) % 7);
    return [toFriday, toFriday + 2].map((days) =>
        new Date(today.getTime() + days * DAY).toISOString().slice(0, 10)
    );
}

const dates = weekend();
export const FRIDAY = dates[0];
export const SUNDAY = dates[1];

/** Type a date: the tours' own "edit" cannot read an empty date field. */
export function type(date) {
    return function () {
        this.anchor.value = date;
        this.anchor.dispatchEvent(new Event("change", { bubbles: true }));
    };
}

/** Press the button of a form that leads to another page. */
export function send(form) {
    return {
        content: `Send ${form}`,
        trigger: `${form} button[type=submit]`,
        run: "click",
        expectUnloadPage: true,
    };
}

/** Open the first link whose address holds these characters. */
export function follow(href) {
    return {
        content: `Follow ${href}`,
        trigger: `main a[href*='${href}']:visible`,
        run: "click",
        expectUnloadPage: true,
    };
}
