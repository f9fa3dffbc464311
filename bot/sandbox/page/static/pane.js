// One person's part of the page: where they can read, what stands there, what they can do. Two of these
// stand side by side when a visitor compares. Keeps drafts, menus and scroll positions across refreshes.

import { address, ask, avatar, h, icon, keyed, list, quiet, sentence, tell } from "./dom.js";
import { body, row, withDays } from "./message.js";
import { formDialog } from "./form.js";
import { platformName, whereabouts } from "./people.js";

const KINDS = {
  home: { title: "", icon: "home" },
  public: { title: "Channels", icon: "hash" },
  private: { title: "Private channels", icon: "lock" },
  direct: { title: "Direct messages", icon: "chat" },
};

/** A command that begins a conversation. Discord, unlike Slack, takes no command without its second word. */
const BEGINNING = "/mentorship home";

/** The longest a form says "Sending…": platforms give a bot three seconds. */
const SENDING_MS = 4000;

/** A place's name without the mark that its icon already shows. */
const shortName = (place) => (place.kind === "home" ? "App Home" : place.name.replace(/^#/, "").replace(/ \(direct message\)$/, ""));

export class Pane {
  constructor(app, number) {
    this.app = app;
    this.number = number;
    this.who = null;
    this.screen = null;
    this.menus = new Map();
    this.drafts = new Map();
    this.scrolls = new Map();
    this.form = null;
    this.build();
  }

  get zone() {
    return this.screen.person.zone;
  }

  get spot() {
    return `${this.who.platform}/${this.who.handle}/${this.screen?.place}`;
  }

  build() {
    this.head = h("header.pane-head");
    this.places = h("ul");
    this.placeHead = h("header.place-head");
    this.messages = h("ol.messages", { role: "log", tabindex: "0" });
    this.empty = h("p.empty", { hidden: true });
    this.homeTab = h("div.home");
    this.notice = h("div.notice", { role: "alert", hidden: true });
    this.scroller = h("div.scroller", {}, this.messages, this.empty, this.homeTab);
    this.input = h("textarea", { rows: "1", id: `write-${this.number}`, autocomplete: "off", placeholder: "Write, or begin a command with /" });
    this.inputLabel = h("label.quiet", { for: `write-${this.number}` });
    this.send = h("button.primary", { type: "submit" }, icon("send"), h("span", {}, "Send"));
    this.working = h("span.working", { role: "status" });
    const hint = h("p.hint", {}, h("span", {}, "For example: "), h("button.chip", { type: "button", onclick: () => this.type(BEGINNING) }, BEGINNING), this.working);
    this.composer = h("form.composer", { onsubmit: (event) => this.write(event) }, this.inputLabel, h("div.write", {}, this.input, this.send), hint);
    this.closed = h("p.closed", { hidden: true });
    this.talk = h("div.talk", {}, this.placeHead, this.scroller, this.notice, this.composer, this.closed);
    this.body = h("div.pane-body", {}, h("nav.places", { "aria-label": "Places" }, this.places), this.talk);
    this.cover = h("div.cover", { hidden: true });
    this.root = h("section.pane", {}, this.head, this.body, this.cover);
    this.input.addEventListener("input", () => this.typed());
    this.input.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); this.composer.requestSubmit(); }
    });
    this.scroller.addEventListener("scroll", () => this.scrolls.set(this.spot, this.atEnd() ? "end" : this.scroller.scrollTop));
  }

  /** Fetches what somebody has in front of them (null: nobody). Person and screen change together. */
  async load(wanted) {
    const query = wanted?.place ? `?place=${encodeURIComponent(wanted.place)}` : "";
    const screen = wanted && await ask(address(wanted.platform, "people", wanted.handle, "screen") + query);
    const same = (part) => this.who?.[part] === wanted?.[part];
    if (!(same("platform") && same("handle") && same("place"))) {
      this.complain("");
      this.opened = null;
    }
    this.who = wanted;
    this.screen = screen;
  }

  render(world) {
    this.world = world;
    const { person, places, place: chosen } = this.screen;
    this.platform = world.platforms.find((one) => one.key === this.who.platform);
    this.root.dataset.platform = this.who.platform;
    this.root.setAttribute("aria-label", `What ${person.name} sees on ${platformName(this.who.platform)}`);
    this.renderHead(person);
    const rows = placeRows(places);
    keyed(this.places, rows, (one) => one.key, (one) => JSON.stringify([one, one.id === chosen, this.who, this.app.route.with]), (one) => this.placeRow(one));
    this.place = places.find((one) => one.id === chosen);
    if (this.shown !== this.spot) this.places.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest", inline: "nearest" });
    this.renderPlace();
    this.renderForm();
    this.markRead();
  }

  renderHead(person) {
    const sign = JSON.stringify([person, this.who, whereabouts(person, this.world), Boolean(this.app.route.with), this.app.peopleSign]);
    if (this.head.sign === sign) return;
    const open = this.head.querySelector("details")?.open ?? false;
    const focused = this.head.contains(document.activeElement) && document.activeElement.dataset.control;
    this.head.sign = sign;
    const facts = [platformName(this.who.platform), `@${person.handle}`, whereabouts(person, this.world)].filter(Boolean).join(" · ");
    const more = h("details.pop", { open },
      h("summary.button.plain", { "data-control": "more" }, icon("more"), quiet(`About ${person.name}`)),
      h("div.card", {},
        h("dl", {}, about(person).map(([term, words]) => [h("dt", {}, term), h("dd", {}, words)])),
        h("button", { type: "button", onclick: () => this.act({ do: person.present ? "leave" : "rejoin" }) }, person.present ? `Leave ${this.platform.title}` : `Come back to ${this.platform.title}`)));
    this.head.replaceChildren(...[
      this.number === 0 && h("a.back.button.plain", { href: `#/${this.who.platform}` }, icon("back"), quiet("Back to the people")),
      avatar(person.name),
      h("div.title", {}, h("h2", {}, h("bdi", {}, person.name), !person.present && h("span.badge", {}, "has left")), h("p", {}, facts)),
      this.number === 0 ? this.app.compareButton() : this.app.comparePicker(), more,
    ].filter(Boolean));
    if (focused) this.head.querySelector(`[data-control="${focused}"]`)?.focus();
  }

  placeRow(one) {
    if (one.title) return h("li.group", {}, one.title);
    const current = one.id === this.screen.place;
    return h("li", {}, h(`a.place${one.unread ? ".unread" : ""}${one.archived ? ".archived" : ""}`,
      { href: this.app.hrefFor(this.number, { ...this.who, place: one.id }), "aria-current": current && "page", "data-place": one.id },
      icon(KINDS[one.kind].icon), h("bdi", {}, shortName(one)),
      one.archived && h("small", {}, "archived"), one.unread > 0 && !current && h("span.count-dot", {}, String(one.unread), quiet(" unread"))));
  }

  renderPlace() {
    const place = this.place;
    const isHome = place?.kind === "home";
    const moved = this.shown !== this.spot;
    const stay = moved ? this.scrolls.get(this.spot) ?? "end" : this.atEnd() ? "end" : this.scroller.scrollTop;
    this.renderPlaceHead(place);
    this.homeTab.hidden = !isHome;
    this.messages.hidden = isHome || !place;
    keyed(this.homeTab, isHome && this.screen.home ? [this.screen.home] : [], (one) => `${this.spot} ${one.id}`, JSON.stringify, (one) => h("article.message", {}, h("div.content", {}, ...body(this, one))));
    if (!isHome) {
      this.messages.setAttribute("aria-label", `Messages in ${place?.name ?? ""}`);
      const rows = withDays(this.screen.messages, this.zone);
      keyed(this.messages, rows, (one) => `${this.spot} ${one.key}`, JSON.stringify, (one) => row(this, one));
    }
    const nothing = isHome ? !this.screen.home : this.screen.messages.length === 0;
    this.empty.hidden = !nothing;
    this.empty.textContent = !place ? "There is nothing this person can read here." : emptyWords(place, this.screen.person.name);
    this.renderComposer(place, moved);
    this.shown = this.spot;
    this.scroller.scrollTop = stay === "end" ? this.scroller.scrollHeight : stay;
    if (isHome && this.opened !== this.spot) {
      this.opened = this.spot;
      this.act({ do: "open_home" });
    }
  }

  renderPlaceHead(place) {
    const sign = JSON.stringify(place && [place.name, place.topic, place.members, place.kind, place.archived]);
    if (this.placeHead.sign === sign) return;
    this.placeHead.sign = sign;
    if (!place) return this.placeHead.replaceChildren();
    const readers = place.kind === "direct" ? "" : place.members.length ? `Readable by ${list(place.members)} only` : "";
    this.placeHead.replaceChildren(...[
      h("h3", {}, icon(KINDS[place.kind].icon), h("bdi", {}, shortName(place))),
      place.topic && h("p", { title: place.topic }, place.topic), readers && h("p.readers", {}, readers)].filter(Boolean));
  }

  renderComposer(place, moved) {
    const { person } = this.screen;
    const closed = !person.present ? `${person.name} has left and can only look back.` : place?.archived ? "This channel is archived: it can be read, not written in." : "";
    const home = place?.kind === "home";
    this.closed.hidden = !closed || home;
    this.closed.textContent = closed;
    this.composer.hidden = Boolean(closed) || home || !place;
    this.inputLabel.textContent = `Write as ${person.name}`;
    this.working.textContent = !this.platform.bot_connected ? "No bot is connected, so nothing will answer." : this.platform.pending ? "The bot is working…" : "";
    if (!moved) return;
    this.input.value = this.drafts.get(this.spot) ?? "";
    this.grow();
  }

  renderForm() {
    const { form } = this.screen;
    const owner = `${this.who.platform}/${this.who.handle}`;
    if (!form) {
      if (this.form?.owner === owner) this.app.formDrafts.delete(owner);
      return this.closeForm();
    }
    const shape = JSON.stringify([owner, form.id, form.key, form.title, form.html, form.controls, form.submit, form.close, form.fields.map((one) => [one.key, one.label, one.hint, one.required, one.kind])]);
    const errors = JSON.stringify(form.errors);
    if (this.form?.shape !== shape) {
      const before = this.form?.owner === owner && this.form.id === form.id && this.form.key === form.key ? this.form.dialog : null;
      const scrolled = before?.querySelector(".sheet-body").scrollTop ?? 0;
      const held = before?.contains(document.activeElement) && document.activeElement.dataset.control;
      this.closeForm();
      const name = `${form.id} ${form.key}`;
      const kept = this.app.formDrafts.get(owner);
      const draft = kept?.name === name ? kept : { name, values: {} };
      this.app.formDrafts.set(owner, draft);
      this.form = { owner, id: form.id, key: form.key, shape, errors: "{}", ...formDialog(this, form, draft.values) };
      const here = document.activeElement;
      this.focusBefore = this.root.contains(here) ? here : null;
      const mayFocus = this.mayFocus();
      this.root.append(this.form.dialog);
      this.form.dialog.show();
      this.cover.hidden = false;
      this.body.inert = true;
      // Opening a dialog moves the focus into it; somebody typing elsewhere must not be interrupted.
      const again = held && [...this.form.dialog.querySelectorAll("[data-control]")].find((one) => one.dataset.control === held);
      if (mayFocus) (again || this.form).focus();
      else here.focus();
      this.form.dialog.querySelector(".sheet-body").scrollTop = scrolled;
    }
    const waited = this.form.sentAt && (!this.platform.pending || performance.now() - this.form.sentAt >= SENDING_MS);
    if (this.form.errors !== errors || waited) {
      this.form.errors = errors;
      this.form.sentAt = 0;
      this.form.answered(form.errors, this.mayFocus());
    }
  }

  closeForm() {
    if (!this.form) return;
    const had = this.form.dialog.contains(document.activeElement);
    this.form.dialog.remove();
    this.form = null;
    this.cover.hidden = true;
    this.body.inert = false;
    if (had) (this.focusBefore?.isConnected ? this.focusBefore : this.input).focus();
  }

  /** Whether the focus may be moved into this pane: it is here already, or nowhere. */
  mayFocus() {
    const here = document.activeElement;
    return !here || here === document.body || this.root.contains(here);
  }

  /** Does something as this person. True if it was done; with `quietly`, null if done and the error if not. */
  async act(action, quietly = false) {
    const owner = this.who;
    try {
      await tell(address(owner.platform, "people", owner.handle, "act"), action);
      this.complain("");
      if (action.do === "submit" && this.form) {
        this.form.sentAt = performance.now();
        setTimeout(() => this.app.refresh(), SENDING_MS);
      }
      this.app.refresh();
      return quietly ? null : true;
    } catch (error) {
      if (quietly) return error;
      this.complain(sentence(error));
      this.app.refresh();
      return false;
    }
  }

  complain(words) {
    this.notice.hidden = !words;
    if (words) this.notice.replaceChildren(icon("alert"), h("span", {}, words), h("button.plain", { type: "button", "aria-label": "Dismiss", onclick: () => this.complain("") }, icon("close")));
    else this.notice.replaceChildren();
  }

  async write(event) {
    event.preventDefault();
    const text = this.input.value.trim();
    const { spot, place } = this;
    if (!text) return this.input.focus();
    this.send.disabled = true;
    const done = await this.act(text.startsWith("/") ? { do: "command", place: place.id, text } : { do: "say", place: place.id, text });
    this.send.disabled = false;
    if (!done) return;
    this.drafts.delete(spot);
    if (this.spot !== spot) return;
    this.input.value = "";
    this.grow();
    this.scrolls.set(spot, "end");
    this.scroller.scrollTop = this.scroller.scrollHeight;
  }

  type(text) {
    this.input.value = text;
    this.typed();
    this.input.focus();
  }

  typed() {
    this.drafts.set(this.spot, this.input.value);
    this.grow();
  }

  grow() {
    this.input.style.height = "auto";
    this.input.style.height = `${Math.min(this.input.scrollHeight + 2, 180)}px`;
  }

  atEnd() {
    return this.scroller.scrollHeight - this.scroller.scrollTop - this.scroller.clientHeight < 40;
  }

  /** Tells the sandbox what is on screen; a page in the background has shown nothing. */
  async markRead() {
    const last = this.screen.messages.at(-1);
    if (document.hidden || !this.place?.unread || !last) return;
    await tell(address(this.who.platform, "people", this.who.handle, "places", this.place.id, "read"), { up_to: last.id }).catch(() => {});
  }
}

/** Places under their headings. */
function placeRows(places) {
  return Object.entries(KINDS).flatMap(([kind, { title }]) => {
    const some = places.filter((place) => place.kind === kind).map((place) => ({ ...place, key: place.id }));
    return some.length && title ? [{ key: `group ${kind}`, title }, ...some] : some;
  });
}

function emptyWords(place, name) {
  if (place.kind === "home") return "The bot has not filled this tab yet.";
  if (place.kind === "direct") return `Nothing yet. What the bot writes to ${name} privately appears here.`;
  return "Nothing has been written here yet.";
}

function about(person) {
  const rights = person.owner ? "Owner" : person.admin ? "Administrator" : "Member";
  return [["Role", rights], ["E-mail", person.email ?? "none"], ["Time zone", person.zone.replaceAll("_", " ")], ["Language", person.locale], ["Id", person.id]];
}
