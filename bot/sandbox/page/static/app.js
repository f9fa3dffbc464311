// The page as a whole: which people are shown (the address says it), and when to look again. Holds no
// truth of its own: everything comes from the control API, which scripts use as well.

import { Refused, address, ask, h, icon, sentence } from "./dom.js";
import { showClock, wireClock } from "./clock.js";
import { platformName, showPeople, wirePeople } from "./people.js";
import { Pane } from "./pane.js";

/** Between two attempts to reach a sandbox that went away. */
const RETRY_MS = 1500;

const at = (id) => document.getElementById(id);

class App {
  constructor() {
    this.world = null;
    this.people = [];
    this.formDrafts = new Map();
    this.panes = [new Pane(this, 0), new Pane(this, 1)];
    this.route = parse(location.hash);
    this.welcome = h("section.welcome", {},
      h("h1", {}, "Choose a person to see what they see"),
      h("p", {}, "Everybody here is pretend. The bot believes it is talking to the real Discord and Slack, and nothing you do leaves this machine."),
      h("ol", {},
        h("li", {}, h("b", {}, "Be somebody."), " Pick a name from the list. You see exactly what that person can see."),
        h("li", {}, h("b", {}, "Talk to the bot."), " Type ", h("code", {}, "/mentorship home"), " and press Enter. Forms and buttons work as in the real chat."),
        h("li", {}, h("b", {}, "Let time pass."), " Move the clock at the top: reminders and nudges arrive when they are due."),
        h("li", {}, h("b", {}, "Watch a pair."), " “Compare” puts a second person beside the first.")));
  }

  async start() {
    wireClock(this);
    wirePeople(this);
    addEventListener("hashchange", () => this.go());
    document.addEventListener("click", (event) => {
      for (const pop of document.querySelectorAll(".pane-head details[open]")) if (!pop.contains(event.target)) pop.open = false;
    });
    document.addEventListener("visibilitychange", () => { if (!document.hidden) this.refresh(); });
    await this.refresh();
    this.watch();
  }

  go() {
    this.route = parse(location.hash);
    return this.refresh();
  }

  /** Looks again at everything on screen; calls that come while one runs are answered by one more. */
  refresh() {
    if (this.running) {
      this.again = true;
      return this.running;
    }
    this.running = (async () => {
      do {
        this.again = false;
        await this.look();
      } while (this.again);
      this.running = null;
    })();
    return this.running;
  }

  async look() {
    try {
      this.world = await ask("/api/world");
      const known = this.world.platforms.map((platform) => platform.key);
      if (!known.includes(this.route.platform)) this.route = { ...this.route, platform: known[0], handle: null };
      const { route } = this;
      const load = (pane, who) => pane.load(who?.handle ? who : null).catch((error) => this.lost(pane, error));
      const [people] = await Promise.all([ask(address(route.platform, "people")), load(this.panes[0], route), load(this.panes[1], route.with)]);
      if (route !== this.route) return;
      this.people = people;
      this.offline(false);
      this.render();
    } catch (error) {
      this.offline(true, error);
    }
  }

  render() {
    const { world } = this;
    at("title").textContent = world.title;
    this.peopleSign = world.platforms.map((platform) => platform.people.map((one) => one.name + one.present).join()).join("|");
    showClock(world);
    showPeople(this);
    const [first, second] = this.panes;
    const main = at("main");
    const wanted = [first.screen ? first.root : this.welcome];
    if (first.screen && this.route.with) wanted.push(second.screen ? second.root : this.chooser());
    if (wanted.length !== main.children.length || wanted.some((element, index) => main.children[index] !== element)) main.replaceChildren(...wanted);
    main.classList.toggle("two", wanted.length > 1);
    document.body.classList.toggle("someone", Boolean(first.screen));
    for (const pane of this.panes) if (pane.screen) pane.render(world);
    const name = first.screen ? `${first.screen.person.name} · ${platformName(this.route.platform)} · ` : "";
    document.title = name + world.title;
    document.documentElement.dataset.ready = String(world.changes);
  }

  /** Waits for changes for as long as the page is open; a page in the background does not wait. */
  async watch() {
    for (;;) {
      if (document.hidden) await new Promise((go) => document.addEventListener("visibilitychange", go, { once: true }));
      try {
        const since = this.world?.changes ?? 0;
        const { changes, now_ms: now } = await ask(`/api/changes?since=${since}`);
        if (changes !== since || !this.world) await this.refresh();
        else if (now !== this.world.now_ms) await this.refresh();
        if (this.world?.changes === since && changes !== since) await pause();
      } catch (error) {
        this.offline(true, error);
        await pause();
        await this.refresh();
      }
    }
  }

  /** Somebody whom the address names is not there: says so and shows the rest. */
  async lost(pane, error) {
    if (!(error instanceof Refused)) throw error;
    await pane.load(null);
    this.say(error.message);
  }

  offline(yes, error) {
    document.body.classList.toggle("offline", yes);
    if (yes) this.say(sentence(error), true);
    else if (this.saidOffline) this.say("");
  }

  /** Says a sentence under the clock; an empty one takes it away. */
  say(words, offline = false) {
    this.saidOffline = offline;
    at("banner").hidden = !words;
    if (at("banner").textContent !== words) at("banner").textContent = words;
  }

  /** The address at which pane `number` shows `who`. */
  hrefFor(number, who) {
    const [first, second] = number === 0 ? [who, this.route.with] : [this.route, who];
    return write({ ...first, with: second });
  }

  /** The address that shows this person of the chosen platform in the first pane. */
  withLink(one) {
    return this.hrefFor(0, { platform: this.route.platform, handle: one.handle, place: null });
  }

  compareButton() {
    const on = Boolean(this.route.with);
    const toggle = () => { location.hash = write({ ...this.route, with: on ? null : {} }); };
    return h("button.compare", { type: "button", "aria-pressed": String(on), "data-control": "compare", onclick: toggle }, icon("columns"), h("span", {}, "Compare"));
  }

  /** The list from which the second person is chosen, with a button that ends comparing. */
  comparePicker() {
    const now = this.route.with?.handle ? `${this.route.with.platform}/${this.route.with.handle}` : "";
    const change = (event) => {
      const [platform, handle] = event.target.value.split("/");
      location.hash = write({ ...this.route, with: { platform, handle } });
    };
    const select = h("select", { "aria-label": "Second person", "data-control": "second", onchange: change },
      !now && h("option", { value: "" }, "Choose a second person"),
      this.world.platforms.map((platform) => h("optgroup", { label: platformName(platform.key) },
        platform.people.map((one) => h("option", { value: `${platform.key}/${one.handle}` }, one.name)))));
    select.value = now;
    const close = () => { location.hash = write({ ...this.route, with: null }); };
    return h("span.picker", {}, select, h("button.plain", { type: "button", "aria-label": "Stop comparing", onclick: close }, icon("close")));
  }

  chooser() {
    if (this.chooserSign !== this.peopleSign || !this.chooserRoot) {
      this.chooserSign = this.peopleSign;
      this.chooserRoot = h("section.welcome.second", {}, h("h2", {}, "Who else?"), h("p", {}, "Put a second person beside the first, for example the other half of a pair."), this.comparePicker());
    }
    return this.chooserRoot;
  }
}

const pause = () => new Promise((go) => setTimeout(go, RETRY_MS));

/** `#/discord/ana/123?with=slack/grace/C1` as a value. */
function parse(hash) {
  const [path, query = ""] = hash.replace(/^#\/?/, "").split("?");
  const second = new URLSearchParams(query).get("with");
  return { ...parsePerson(path), with: second === null ? null : parsePerson(second) };
}

function parsePerson(path) {
  const [platform = null, handle = null, place = null] = path.split("/").map((part) => (part ? safeDecode(part) : null));
  return { platform, handle, place };
}

function safeDecode(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

function write(route) {
  const person = ({ platform, handle, place }) => [platform, handle, place].filter(Boolean).map(encodeURIComponent).join("/");
  return `#/${person(route)}${route.with ? `?with=${encodeURIComponent(person(route.with))}` : ""}`;
}

new App().start();
