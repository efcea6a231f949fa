// Copyright 2026 EBS contributors
// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import { Interaction } from "@web/public/interaction";
import { registry } from "@web/core/registry";

// Shows the photos that were taken or chosen, before they are sent. Without script the
// browser names the files itself.
export class Photos extends Interaction {
    static selector = ".o_ebs_cameras";
    dynamicContent = {
        "input[type=file]": { "t-on-change": this.show },
    };

    setup() {
        this.urls = [];
        this.list = document.createElement("ul");
        this.list.className = "o_ebs_photos";
        this.list.setAttribute("aria-live", "polite");
        this.insert(this.list, this.el, "afterend");
        this.el.classList.add("o_ebs_scripted");
        this.registerCleanup(() => this.forget());
    }

    forget() {
        this.urls.forEach((url) => URL.revokeObjectURL(url));
        this.urls = [];
    }

    show() {
        this.forget();
        const inputs = [...this.el.querySelectorAll("input[type=file]")];
        const files = inputs.flatMap((input) => [...input.files]);
        this.list.replaceChildren(
            ...files.map((file) => {
                const url = URL.createObjectURL(file);
                this.urls.push(url);
                const photo = document.createElement("img");
                Object.assign(photo, {
                    src: url,
                    width: 128,
                    height: 96,
                    alt: file.name,
                });
                const item = document.createElement("li");
                item.append(photo);
                return item;
            })
        );
    }
}

registry.category("public.interactions").add("ebs_website.photos", Photos);
