// One message as one person sees it: author, words, files, controls, and what only that person can tell.

import { address, avatar, clean, h, icon, list, moment, quiet } from "./dom.js";
import { control } from "./control.js";

/** Messages of one author within this time stand under one heading. */
const TOGETHER_MS = 5 * 60_000;

/** Messages with day separators between them, ready for `keyed`. */
export function withDays(messages, zone) {
  const rows = [];
  let before = null;
  for (const message of messages) {
    const day = moment(message.at_ms, zone, "day");
    const newDay = !before || moment(before.at_ms, zone, "day") !== day;
    if (newDay) rows.push({ key: `day ${day}`, day: moment(message.at_ms, zone, "weekday") });
    const continued = !newDay && before.author === message.author && before.ephemeral === message.ephemeral
      && !before.failure && !message.failure && message.at_ms - before.at_ms < TOGETHER_MS;
    rows.push({ key: `message ${message.id}`, message, continued });
    before = message;
  }
  return rows;
}

/** A row of the conversation. `pane` says who looks and does what is pressed. */
export function row(pane, { day, message, continued }) {
  if (day) return h("li.day", {}, h("span", {}, day));
  if (message.failure) return h("li.message.failure", { "data-message": message.id }, icon("alert"), h("div.words", {}, clean(message.html)));
  const kinds = [continued && "continued", message.ephemeral && "ephemeral", message.by_bot && "bot"].filter(Boolean);
  return h(["li.message", ...kinds].join("."), { "data-message": message.id },
    continued ? h("span.gutter", {}) : message.by_bot ? h("span.avatar.app", { "aria-hidden": "true" }, icon("chat")) : avatar(message.author),
    h("div.content", {},
      continued ? quiet(`${message.author}, ${moment(message.at_ms, pane.zone, "time")}:`) : heading(pane, message),
      ...body(pane, message)));
}

/** The words, files and controls of a message or of the home tab. */
export function body(pane, message) {
  return [
    words(pane, message),
    message.files.map((file) => attachment(pane, file)),
    message.controls.length > 0 && h("div.controls", { role: "group", "aria-label": "Answers" }, message.controls.map((one) => control(pane, message, one))),
    message.pings.length > 0 && h("p.pings", {}, `Notifies ${list(message.pings)}`),
    message.ephemeral && h("p.only-you", {}, icon("eye"), "Only you can see this"),
  ].flat().filter(Boolean);
}

/** The words; "edited" stands at the end of the last line. */
function words(pane, message) {
  const element = h("div.words", {}, clean(message.html));
  if (message.edited_ms) {
    const last = element.lastElementChild?.tagName === "P" ? element.lastElementChild : element;
    last.append(h("small.edited", { title: moment(message.edited_ms, pane.zone, "full") }, "edited"));
  }
  return element;
}

function heading(pane, message) {
  const time = h("time", { datetime: new Date(message.at_ms).toISOString(), title: moment(message.at_ms, pane.zone, "full") }, moment(message.at_ms, pane.zone, "time"));
  return h("p.author", {}, h("b", {}, h("bdi", {}, message.author)), message.by_bot && h("span.badge", {}, "app"), time);
}

function attachment(pane, file) {
  const href = address(pane.who.platform, "people", pane.who.handle, "files", file.id);
  const picture = /\.(png|jpe?g|gif|webp)$/i.test(file.name);
  const about = [!picture && file.alt, size(file.size)].filter(Boolean).join(" · ");
  const link = h("a.file", { href, download: file.name }, icon("file"), h("span", {}, h("b", {}, file.name), h("small", {}, about)));
  if (!picture) return link;
  return h("figure", {}, h("img", { src: href, alt: file.alt ?? file.name, loading: "lazy" }), h("figcaption", {}, link));
}

function size(bytes) {
  if (bytes < 1000) return `${bytes} bytes`;
  return bytes < 1_000_000 ? `${Math.round(bytes / 1000)} KB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
