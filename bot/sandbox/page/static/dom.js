// Small tools: building elements, keeping lists in step, words for times, talking to the control API.
// Never sets innerHTML: text is text, and the chats' HTML is copied element by element from a short list.

/** Builds an element: h("button.primary", {type: "button", onclick}, "Send"). Empty children are skipped. */
export function h(what, props = {}, ...children) {
  const [tag, ...classes] = what.split(".");
  const element = document.createElement(tag);
  if (classes.length) element.className = classes.join(" ");
  for (const [name, value] of Object.entries(props)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "value" || name === "checked") element[name] = value;
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false && child !== ""));
  return element;
}

const ICONS = {
  hash: "M6.5 2 5 14M11 2 9.5 14M2.5 5.500h11M2 10.500h11",
  lock: "M4 7.500h8v6H4zM5.5 7.500V5a2.5 2.5 0 0 1 5 0v2.5",
  chat: "M2.5 3h11v8h-6l-3 2.500V11h-2z",
  home: "M2.5 7.5 8 2.500l5.5 5M4 6.500v7h8v-7",
  send: "M2.5 8 13.5 3l-3 10.5-3-4.500zM7.5 9l6-6",
  close: "M3.5 3.500l9 9M12.5 3.500l-9 9",
  more: "M3 8h.01M8 8h.01M13 8h.01",
  columns: "M2.5 3h11v10h-11zM8 3v10",
  back: "M10 3 5 8l5 5",
  file: "M4 1.500h5.500L12 4.500v10H4zM9 1.500v3.500h3",
  down: "M3.5 6 8 10.5 12.5 6",
  eye: "M1.5 8C4 4 12 4 14.5 8 12 12 4 12 1.5 8zM8 6.500a1.5 1.5 0 1 1 0 3 1.5 1.5 0 0 1 0-3z",
  alert: "M8 2 1.5 13.500h13zM8 6.500v3.500M8 11.800v.01",
  plus: "M8 3v10M3 8h10",
};

/** A decorative line drawing of 16 by 16. */
export function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 16 16");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", ICONS[name]);
  svg.append(path);
  return svg;
}

/** Words for screen readers only. */
export const quiet = (text) => h("span.quiet", {}, text);

/** Shows initials on one of eight calm colours, always the same for the same name. */
export function avatar(name) {
  const letters = name.replace(/[^\p{L}\p{N}\s]/gu, "").trim().split(/\s+/).filter(Boolean);
  const initials = letters.length > 1 ? [...letters[0]][0] + [...letters.at(-1)][0] : [...(letters[0] ?? "?")].slice(0, 1).join("");
  const hue = [...name].reduce((sum, c) => (sum * 31 + c.codePointAt(0)) % 1009, 7) % 8;
  return h(`span.avatar.hue-${hue}`, { "aria-hidden": "true" }, initials.toUpperCase());
}

/**
 * Makes the children of `parent` show `items` in order. An element stays the same one while its item's key
 * and signature stay the same, so that focus, selections and open menus in it survive.
 */
export function keyed(parent, items, keyOf, signOf, build) {
  const old = new Map([...parent.children].map((element) => [element.dataset.key, element]));
  let cursor = parent.firstElementChild;
  for (const item of items) {
    const key = String(keyOf(item));
    const sign = signOf(item);
    let element = old.get(key);
    old.delete(key);
    if (!element || element.sign !== sign) {
      const fresh = build(item);
      fresh.dataset.key = key;
      fresh.sign = sign;
      if (element) {
        if (element === cursor) cursor = fresh;
        const focused = element.contains(document.activeElement) && document.activeElement.dataset.control;
        element.replaceWith(fresh);
        if (focused) [...fresh.querySelectorAll("[data-control]")].find((one) => one.dataset.control === focused)?.focus();
      }
      element = fresh;
    }
    if (element === cursor) cursor = cursor.nextElementSibling;
    else parent.insertBefore(element, cursor);
  }
  for (const element of old.values()) element.remove();
}

const ALLOWED = new Set("B I S CODE PRE A BLOCKQUOTE UL OL LI H3 P BR SMALL TIME SPAN".split(" "));
/** Elements whose content is no text for people. */
const SILENT = new Set("SCRIPT STYLE TEMPLATE".split(" "));

/** The chats' own HTML as elements: only what a message may hold, only addresses that may be followed. */
export function clean(html) {
  const result = document.createDocumentFragment();
  copy(new DOMParser().parseFromString(html, "text/html").body, result);
  return result;
}

function copy(from, to) {
  for (const node of from.childNodes) {
    if (node.nodeType === Node.TEXT_NODE) {
      to.append(node.data);
    } else if (node.nodeType === Node.ELEMENT_NODE && !SILENT.has(node.tagName)) {
      const known = ALLOWED.has(node.tagName);
      const element = known ? h(node.tagName.toLowerCase(), attributes(node)) : to;
      copy(node, element);
      if (known) to.append(element);
    }
  }
}

function attributes(node) {
  if (node.tagName === "A") {
    const href = node.getAttribute("href") ?? "";
    return /^(https?:|mailto:)/i.test(href) ? { href, target: "_blank", rel: "noopener noreferrer" } : {};
  }
  return { class: node.getAttribute("class"), start: node.tagName === "OL" && node.getAttribute("start"), datetime: node.getAttribute("datetime"), title: node.getAttribute("title") };
}

const formats = new Map();

/** A moment in words, in an IANA zone. */
export function moment(ms, zone, style) {
  const name = `${zone} ${style}`;
  if (!formats.has(name)) formats.set(name, new Intl.DateTimeFormat("en-US", { ...STYLES[style], timeZone: zone }));
  return formats.get(name).format(ms);
}

const STYLES = {
  day: { weekday: "long", year: "numeric", month: "long", day: "numeric" },
  weekday: { weekday: "long", month: "long", day: "numeric" },
  time: { hour: "numeric", minute: "2-digit" },
  short: { weekday: "short", month: "short", day: "numeric", hour: "numeric", minute: "2-digit" },
  full: { weekday: "long", year: "numeric", month: "long", day: "numeric", hour: "numeric", minute: "2-digit", second: "2-digit", timeZoneName: "short" },
  zone: { timeZoneName: "long" },
};

/** "Pacific Standard Time". */
export function zoneName(ms, zone) {
  const parts = new Intl.DateTimeFormat("en-US", { ...STYLES.zone, timeZone: zone }).formatToParts(ms);
  return parts.find((part) => part.type === "timeZoneName")?.value ?? zone;
}

/** `2025-03-01T09:00`, as a date and time field wants it. */
export function fieldTime(ms, zone) {
  const style = { year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
  const parts = new Intl.DateTimeFormat("en-CA", { ...style, timeZone: zone }).formatToParts(ms);
  const part = (type) => parts.find((one) => one.type === type).value;
  return `${part("year")}-${part("month")}-${part("day")}T${part("hour")}:${part("minute")}`;
}

/** "Ana, Grace and Li". */
export function list(names) {
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}

/** An address of the control API. */
export const address = (...parts) => "/api/" + parts.map(encodeURIComponent).join("/");

async function answered(response) {
  const body = await response.json();
  if (!response.ok) throw new Refused(body.error ?? "That did not work.");
  return body;
}

/** What the sandbox said no to; its message is a sentence for the person. */
export class Refused extends Error {}

/** GETs JSON. */
export const ask = async (path, signal) => answered(await fetch(path, { signal }));

/** POSTs JSON. */
export const tell = async (path, body) =>
  answered(await fetch(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) }));

/** A sentence for whatever went wrong. */
export const sentence = (error) => (error instanceof Refused ? error.message : "The sandbox does not answer. Is it still running?");
