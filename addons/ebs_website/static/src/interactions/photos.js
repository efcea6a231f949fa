// Copyright 2026 EBS contributors
// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import { Interaction } from "@web/public/interaction";
import { registry } from "@web/core/registry";

const MOST = 8;
const SIDE = 1920;
const QUALITY = 0.85;

// Turns upright and shrinks the photos that were taken or chosen before they are sent, and
// shows them: each can be taken off, or shown earlier. Without script they are sent as they
// are, and the browser names the files itself.
export class Photos extends Interaction {
    static selector = ".o_ebs_cameras";
    dynamicContent = {
        "input[type=file]": { "t-on-change": this.add },
    };

    setup() {
        this.photos = [];
        this.input = this.el.querySelector("input[multiple]");
        this.list = document.createElement("ul");
        this.list.className = "o_ebs_photos o_ebs_photos_new";
        this.list.setAttribute("aria-live", "polite");
        this.insert(this.list, this.el, "afterend");
        this.el.classList.add("o_ebs_scripted");
        this.registerCleanup(() =>
            this.photos.forEach(({ url }) => URL.revokeObjectURL(url))
        );
    }

    start() {
        this.addListener(this.list, "click", this.change);
    }

    async add(ev) {
        const camera = ev.currentTarget;
        const chosen = [...camera.files];
        const known = this.photos.map(({ file }) => file);
        const fresh = chosen.filter((file) => !known.includes(file));
        for (const file of fresh) {
            const small = await this.waitFor(this.shrink(file));
            this.photos.push({ file: small, url: URL.createObjectURL(small) });
        }
        if (camera !== this.input) {
            camera.value = "";
        }
        this.show();
    }

    // What this browser cannot draw is sent as it is: the site says what is wrong with it.
    async shrink(file) {
        try {
            const picture = await createImageBitmap(file, {
                imageOrientation: "from-image",
            });
            const scale = Math.min(1, SIDE / Math.max(picture.width, picture.height));
            const canvas = document.createElement("canvas");
            canvas.width = Math.max(1, Math.round(picture.width * scale));
            canvas.height = Math.max(1, Math.round(picture.height * scale));
            const context = canvas.getContext("2d");
            context.fillStyle = "white";
            context.fillRect(0, 0, canvas.width, canvas.height);
            context.drawImage(picture, 0, 0, canvas.width, canvas.height);
            picture.close();
            const blob = await new Promise((resolve) =>
                canvas.toBlob(resolve, "image/jpeg", QUALITY)
            );
            const name = file.name.replace(/\.\w+$/, "") + ".jpg";
            return blob ? new File([blob], name, { type: "image/jpeg" }) : file;
        } catch {
            return file;
        }
    }

    change(ev) {
        const button = ev.target.closest("button");
        if (!button) {
            return;
        }
        const rank = Number(button.dataset.rank);
        const [photo] = this.photos.splice(rank, 1);
        if (button.name === "earlier") {
            this.photos.splice(rank - 1, 0, photo);
        } else {
            URL.revokeObjectURL(photo.url);
        }
        this.show();
    }

    show() {
        this.photos.splice(MOST).forEach(({ url }) => URL.revokeObjectURL(url));
        const files = new DataTransfer();
        this.photos.forEach(({ file }) => files.items.add(file));
        this.input.files = files.files;
        this.list.replaceChildren(
            ...this.photos.map(({ file, url }, rank) => {
                const item = document.createElement("li");
                const photo = document.createElement("img");
                Object.assign(photo, { src: url, width: 128, height: 96 });
                photo.alt = file.name;
                item.append(photo);
                if (rank) {
                    item.append(this.makeButton("earlier", rank, "fa-angle-left"));
                }
                item.append(this.makeButton("off", rank, "fa-times"));
                return item;
            })
        );
        this.el.dispatchEvent(new CustomEvent("ebs_photos", { bubbles: true }));
    }

    makeButton(name, rank, look) {
        const { earlier, off } = this.el.dataset;
        const button = document.createElement("button");
        const icon = document.createElement("i");
        Object.assign(button, { type: "button", name, className: "btn o_ebs_quiet" });
        button.dataset.rank = rank;
        icon.className = `fa ${look}`;
        icon.ariaHidden = "true";
        button.append(icon, ` ${name === "off" ? off : earlier}`);
        return button;
    }
}

registry.category("public.interactions").add("ebs_website.photos", Photos);
