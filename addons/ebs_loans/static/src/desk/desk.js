// Copyright 2026 EBS contributors
// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import { Component, onMounted, onWillStart, useRef, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { Layout } from "@web/search/layout";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";

/** The loan desk: three columns, a field for the scanner, one big button. */
export class EbsDesk extends Component {
    static template = "ebs_loans.Desk";
    static components = { Layout };
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.scanField = useRef("scan");
        this.display = { controlPanel: {} };
        this.state = useState({
            desk: null,
            line: null,
            typed: "",
            received: false,
            note: "",
            checks: {},
            photos: [],
            done: "",
            doneId: null,
            error: "",
            busy: false,
        });
        onWillStart(() => this.load());
        onMounted(() => this.scanField.el.focus());
    }

    get titles() {
        return {
            waiting: _t("Waiting for your answer"),
            is_due_out: _t("To hand over"),
            is_due_back: _t("To take back"),
            is_late: _t("Late"),
        };
    }

    get buttons() {
        return {
            accept: _t("Accept"),
            hand_over: _t("Hand over"),
            return: _t("Take back"),
            return_deposit: _t("Deposit given back"),
        };
    }

    /** The three columns, and above them what waits for an answer, if anything. */
    get shownColumns() {
        return this.state.desk.columns.filter(
            (column) => column.code !== "waiting" || column.count
        );
    }

    /** The lines of a column that what is typed leaves in sight. */
    lines(column) {
        const plain = (text) =>
            text
                .normalize("NFD")
                .replace(/\p{Diacritic}/gu, "")
                .toLowerCase();
        const words = plain(this.state.typed).split(/\s+/);
        return column.lines.filter((line) => {
            const text = plain(`${line.title} ${line.asker} ${line.owner}`);
            return words.every((word) => text.includes(word));
        });
    }

    async load() {
        await this.try(async () => {
            this.state.desk = await this.orm.call("ebs.exchange", "get_desk", []);
        });
    }

    async onSubmit() {
        const typed = this.state.typed.trim();
        if (!typed) {
            return;
        }
        const shown = this.state.desk.columns.flatMap((column) => this.lines(column));
        await this.try(async () => {
            const id =
                shown.length === 1
                    ? shown[0].id
                    : await this.orm.call("ebs.exchange", "get_desk_scan", [typed]);
            await this.show(id);
            this.state.typed = "";
        });
    }

    async open(id) {
        await this.try(() => this.show(id));
    }

    async show(id) {
        this.state.line = await this.orm.call("ebs.exchange", "get_desk_line", [[id]]);
        this.state.received = false;
        this.state.note = "";
        this.state.checks = {};
        this.state.photos = [];
        this.state.done = "";
    }

    close() {
        this.state.line = null;
        this.state.error = "";
        this.scanField.el.focus();
    }

    get mayAct() {
        const line = this.state.line;
        return !this.state.busy && (!this.needsDeposit(line) || this.state.received);
    }

    needsDeposit(line) {
        return line.act === "hand_over" && line.must_receive;
    }

    /** Whether something is said on its condition, or has to be. */
    isReported(line) {
        const { checks, note, photos } = this.state;
        const said =
            Object.values(checks).some(Boolean) || note.trim() || photos.length;
        return line.must_report || Boolean(said);
    }

    report(line) {
        const checks = line.checklist.map((name) => [
            name,
            Boolean(this.state.checks[name]),
        ]);
        return {
            note: this.state.note,
            checks: Object.fromEntries(checks),
            photos: this.state.photos,
        };
    }

    async onPhotos(ev) {
        const read = (file) =>
            new Promise((resolve, reject) => {
                const reader = new FileReader();
                reader.onload = () => resolve(reader.result.split(",", 2)[1]);
                reader.onerror = reject;
                reader.readAsDataURL(file);
            });
        await this.try(async () => {
            this.state.photos = await Promise.all([...ev.target.files].map(read));
        });
    }

    async act() {
        const line = this.state.line;
        const args = line.act === "hand_over" ? [this.state.received] : [];
        if (line.may_report && this.isReported(line)) {
            args.push(this.report(line));
        }
        const done = await this.try(() =>
            this.orm.call("ebs.exchange", `action_${line.act}`, [[line.id], ...args])
        );
        if (done) {
            await this.follow(line);
        }
        await this.load();
    }

    /** Say that it is noted; a deposit to give back stays in front of the hands. */
    async follow(line) {
        const next =
            line.act === "return" &&
            (await this.orm.call("ebs.exchange", "get_desk_line", [[line.id]]));
        if (next?.act === "return_deposit") {
            this.state.line = next;
        } else {
            this.close();
        }
        this.state.doneId = line.id;
        this.state.done = _t("Noted: “%(title)s”, %(name)s.", {
            title: line.title,
            name: line.asker,
        });
    }

    /** Lend to a member who stands here and is not online. */
    lend() {
        return this.action.doAction("ebs_loans.ebs_desk_loan_action", {
            onClose: () => this.load(),
        });
    }

    print() {
        window.print();
    }

    openForm(id) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "ebs.exchange",
            res_id: id,
            views: [[false, "form"]],
        });
    }

    /** Do something, and say a refusal where the hands are; true when it was done. */
    async try(work) {
        this.state.busy = true;
        this.state.error = "";
        try {
            await work();
            return true;
        } catch (error) {
            if (!error.data?.message) {
                throw error;
            }
            this.state.error = error.data.message;
            return false;
        } finally {
            this.state.busy = false;
        }
    }
}

registry.category("actions").add("ebs_loans.desk", EbsDesk);
