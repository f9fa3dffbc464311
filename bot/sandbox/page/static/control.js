// Buttons and menus of a message. A menu never acts on the way to a choice: one of several is taken by
// pressing it, several by pressing "Choose".

import { h, icon } from "./dom.js";

/** From so many options on, a menu has a search field. */
const MANY = 10;

/** One control, wired to act for the pane's person. */
export function control(pane, message, one) {
  if (one.kind === "link") {
    return /^https?:/i.test(one.url) ? h("a.button", { href: one.url, target: "_blank", rel: "noopener noreferrer" }, one.label) : h("span.button", { "aria-disabled": "true" }, one.label);
  }
  return one.kind === "button" ? button(pane, message, one) : menu(pane, message, one);
}

function button(pane, message, one) {
  const press = async (event) => {
    const pressed = event.currentTarget;
    pressed.setAttribute("aria-busy", "true");
    await pane.act({ do: "press", message: message.id, key: one.key || one.label });
    pressed.removeAttribute("aria-busy");
  };
  const style = { primary: ".primary", success: ".success", danger: ".danger" }[one.style] ?? "";
  return h(`button${style}`, { type: "button", disabled: one.disabled, "data-control": one.key, onclick: press }, one.label);
}

function menu(pane, message, one) {
  const name = `${message.id} ${one.key}`;
  const state = pane.menus.get(name) ?? { open: false, chosen: new Set(one.chosen), filter: "" };
  const several = one.max > 1;
  const labels = one.options.filter(([value]) => one.chosen.includes(value)).map(([, label]) => label);
  const id = `menu-${pane.number}-${name.replace(/\W/g, "-")}`;
  const remember = () => pane.menus.set(name, state);

  const opener = h("button.opener", { type: "button", disabled: one.disabled, "aria-expanded": String(state.open), "aria-controls": id, "data-control": one.key },
    h("span", {}, labels.length ? labels.join(", ") : one.label), icon("down"));
  if (labels.length) opener.setAttribute("aria-label", `${one.label}: ${labels.join(", ")}`);
  const panel = h("div.menu-panel", { id, hidden: !state.open, role: "group", "aria-label": one.label });
  const open = (wanted) => {
    state.open = wanted;
    panel.hidden = !wanted;
    opener.setAttribute("aria-expanded", String(wanted));
    remember();
    if (!wanted) return opener.focus();
    panel.scrollIntoView({ block: "nearest" });
    panel.querySelector("input, button")?.focus();
  };
  const choose = async (values) => {
    panel.setAttribute("aria-busy", "true");
    pane.menus.delete(name);
    const done = await pane.act({ do: "choose", message: message.id, key: one.key || one.label, values });
    panel.removeAttribute("aria-busy");
    if (done) {
      state.open = false;
      panel.hidden = true;
      opener.setAttribute("aria-expanded", "false");
    }
  };
  opener.addEventListener("click", () => open(!state.open));
  panel.addEventListener("keydown", (event) => {
    if (event.key === "Escape") { event.stopPropagation(); open(false); }
    if (event.key === "ArrowDown" || event.key === "ArrowUp") step(panel, event);
  });

  const options = h("div.options", {}, one.options.map(([value, label]) =>
    several ? tick(value, label) : h("button.option", { type: "button", "aria-pressed": String(one.chosen.includes(value)), onclick: () => choose([value]) }, label)));
  const count = h("p.hint", { role: "status" });
  const send = h("button.primary", { type: "button", onclick: () => choose(one.options.map(([value]) => value).filter((value) => state.chosen.has(value))) }, "Choose");
  const recount = () => {
    count.textContent = `${state.chosen.size} chosen · ${range(one.min, one.max)}`;
    send.disabled = state.chosen.size < one.min || state.chosen.size > one.max;
  };
  function tick(value, label) {
    const toggle = (event) => {
      if (event.target.checked) state.chosen.add(value);
      else state.chosen.delete(value);
      remember();
      recount();
    };
    return h("label.option", {}, h("input", { type: "checkbox", value, checked: state.chosen.has(value), onchange: toggle }), label);
  }
  if (one.options.length > MANY) panel.append(search(options, state, remember));
  panel.append(options);
  if (several) {
    recount();
    panel.append(h("div.actions", {}, count, send));
  }
  return h("div.menu", {}, opener, panel);
}

function search(options, state, remember) {
  const filter = () => {
    for (const option of options.children) option.hidden = !option.textContent.toLocaleLowerCase().includes(state.filter.toLocaleLowerCase());
  };
  const input = h("input", { type: "search", placeholder: "Search", "aria-label": "Search the choices", value: state.filter });
  input.addEventListener("input", () => { state.filter = input.value; remember(); filter(); });
  filter();
  return input;
}

/** Arrow keys walk through the choices. */
function step(panel, event) {
  const stops = [...panel.querySelectorAll("input, button")].filter((stop) => !stop.disabled && !stop.closest("[hidden]"));
  const next = stops[stops.indexOf(document.activeElement) + (event.key === "ArrowDown" ? 1 : -1)];
  if (!next) return;
  event.preventDefault();
  next.focus();
}

/** "choose 1 to 3". */
export function range(min, max) {
  if (min === max) return `choose ${max}`;
  return min > 0 ? `choose ${min} to ${max}` : `choose up to ${max}`;
}
