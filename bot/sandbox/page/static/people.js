// The left column: platforms, people, and adding somebody.

import { address, avatar, h, icon, keyed, moment, quiet, sentence, tell } from "./dom.js";

const at = (id) => document.getElementById(id);
const NAMES = { discord: "Discord", slack: "Slack" };

/** What people call a platform. */
export const platformName = (key) => NAMES[key] ?? key;

/** Wires search and "Add a person". */
export function wirePeople(app) {
  at("find").addEventListener("input", () => showPeople(app));
  at("join").prepend(icon("plus"));
  at("join").addEventListener("click", () => openJoin(app));
}

/** Shows tabs, connection and people of the chosen platform. */
export function showPeople(app) {
  const { world, route, people } = app;
  const platform = world.platforms.find((one) => one.key === route.platform);
  keyed(at("tabs"), world.platforms, (one) => one.key, (one) => `${one.title} ${one.key === route.platform}`, (one) =>
    h(`a.tab`, { href: `#/${one.key}`, "data-platform": one.key, "aria-current": one.key === route.platform && "true" },
      h("span", {}, platformName(one.key)), h("small", {}, one.title)));
  document.body.dataset.platform = route.platform;
  showLink(platform);
  const wanted = at("find").value.trim().toLocaleLowerCase();
  const found = people.filter((one) => `${one.name} ${one.handle}`.toLocaleLowerCase().includes(wanted));
  const sign = (one) => JSON.stringify([one.name, one.present, one.admin, one.owner, one.unread > 0 && one.unread, one.handle === route.handle, app.withLink(one)]);
  keyed(at("people"), found, (one) => `${route.platform}/${one.handle}`, sign, (one) => person(app, one));
  at("nobody").hidden = found.length > 0;
  at("nobody").textContent = people.length ? `Nobody here is called “${at("find").value.trim()}”.` : "Nobody is here yet. Add a person to begin.";
}

function showLink(platform) {
  const state = at("link-state");
  const words = !platform?.bot_connected ? "No bot is connected" : platform.pending ? "Bot is working…" : "Bot connected";
  state.className = `link-state ${platform?.bot_connected ? "on" : "off"}`;
  if (state.textContent !== words) state.textContent = words;
}

function person(app, one) {
  const chosen = one.handle === app.route.handle;
  const role = !one.present ? "has left" : one.owner ? "owner" : one.admin ? "admin" : "";
  return h("li", {},
    h(`a.person${one.present ? "" : ".gone"}`, { href: app.withLink(one), "aria-current": chosen && "page", "data-handle": one.handle },
      avatar(one.name),
      h("span.who", {}, h("bdi", {}, one.name), role && h("small", {}, role)),
      one.unread > 0 && h("span.dot", {}, quiet(`${one.unread} unread`))));
}

const FIELDS = [
  { name: "name", label: "Name", hint: "As others see it.", required: true, maxlength: 80 },
  { name: "handle", label: "Handle", hint: "Short, in lower case; scripts use it.", required: true, pattern: "[a-z0-9._\\-]+", maxlength: 32 },
  { name: "email", label: "E-mail", hint: "Slack shows it to bots; Discord never does.", type: "email" },
  { name: "zone", label: "Time zone", hint: "For example America/New_York.", required: true },
];

/** The form that adds somebody to the chosen platform; a true modal, because it belongs to no person. */
function openJoin(app) {
  const key = app.route.platform;
  const trouble = h("p.trouble", { role: "alert", hidden: true });
  const dialog = h("dialog.card.join-form", { "aria-labelledby": "join-title" });
  const inputs = FIELDS.map(({ name, label, hint, type = "text", ...rest }) =>
    h("div.field", {},
      h("label", { for: `join-${name}` }, label, rest.required ? h("span.must", { "aria-hidden": "true" }, " *") : h("small", {}, " optional")),
      h("input", { id: `join-${name}`, name, type, autocomplete: "off", "aria-describedby": `join-${name}-hint`, value: name === "zone" ? app.world.zone : "", ...rest }),
      h("p.hint", { id: `join-${name}-hint` }, hint)));
  const submit = async (event) => {
    event.preventDefault();
    const given = Object.fromEntries(new FormData(event.target));
    try {
      const added = await tell(address(key, "people"), { ...given, email: given.email || null });
      dialog.close();
      location.hash = `#/${key}/${encodeURIComponent(added.handle)}`;
    } catch (error) {
      trouble.hidden = false;
      trouble.textContent = sentence(error);
    }
    app.refresh();
  };
  dialog.append(h("form", { onsubmit: submit },
    h("h2", { id: "join-title" }, `Add a person to ${platformName(key)}`),
    trouble, inputs,
    h("div.actions", {}, h("button", { type: "button", onclick: () => dialog.close() }, "Cancel"), h("button.primary", { type: "submit" }, "Add"))));
  const [nameInput, handleInput] = dialog.querySelectorAll("input");
  let typed = false;
  handleInput.addEventListener("input", () => { typed = true; });
  nameInput.addEventListener("input", () => {
    if (!typed) handleInput.value = nameInput.value.trim().split(/\s+/)[0].normalize("NFD").toLowerCase().replace(/[^a-z0-9]/g, "");
  });
  dialog.addEventListener("close", () => { dialog.remove(); at("join").focus(); });
  document.body.append(dialog);
  dialog.showModal();
}

/** Where and when a person is, in words. */
export function whereabouts(one, world) {
  const local = moment(world.now_ms, one.zone, "time");
  return one.zone === world.zone ? "" : `${local} in ${one.zone.split("/").at(-1).replaceAll("_", " ")}`;
}
