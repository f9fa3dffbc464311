// A person's open form. It covers that person's part of the page and nothing else: the clock and the other
// people stay in reach, because "what if the deadline passes while I am writing" is worth trying.

import { clean, h, icon, sentence } from "./dom.js";
import { control, range } from "./control.js";

/** More choices than this become a drop-down list instead of radio buttons. */
const MANY = 8;

/** The form's own buttons and menus. They act at once; a refusal is told in the form, which covers the rest. */
function controls(pane, form, tell, values) {
  const act = async (action) => {
    // What stands in the fields by then goes along.
    if (form.fields.length) await pane.act({ do: "enter", values: values() }, true);
    const refusal = await pane.act(action, true);
    tell(refusal === null ? "" : sentence(refusal));
    return refusal === null;
  };
  const host = { act, menus: pane.menus, number: pane.number };
  return h("div.controls", { role: "group", "aria-label": "Choices" }, form.controls.map((one) => control(host, form, one)));
}

/**
 * Builds the dialog. A form without a word to send it only tells something. `draft` (field key -> values)
 * keeps what was typed, also when the form is rebuilt.
 */
export function formDialog(pane, form, draft) {
  const prefix = `form-${pane.number}`;
  const trouble = h("p.trouble", { role: "alert", hidden: true });
  const fields = form.fields.map((one, index) => field(one, `${prefix}-${index}`, draft));
  const send = form.submit && h("button.primary", { type: "submit" }, form.submit);
  const leave = h(form.submit ? "button" : "button.primary", { type: "button", onclick: () => close() }, form.close);
  const tell = (words) => { trouble.hidden = !words; trouble.textContent = words; };
  const close = () => pane.act({ do: "close_form" });
  const values = () => Object.fromEntries(form.fields.map((one) => [one.key, (draft[one.key] ?? one.value).filter((value) => value !== "")]));
  const submit = async (event) => {
    event.preventDefault();
    if (!send) return;
    const missing = fields.filter((one) => !one.check());
    if (missing.length) return missing[0].focus();
    sending(true);
    const refusal = await pane.act({ do: "submit", values: values() }, true);
    if (refusal !== null) {
      sending(false);
      tell(sentence(refusal));
    }
  };
  const sending = (busy) => {
    tell("");
    if (!send) return;
    send.disabled = busy;
    send.textContent = busy ? "Sending…" : form.submit;
  };
  const dialog = h(send ? "dialog.sheet" : "dialog.sheet.told", { "aria-labelledby": `${prefix}-title` },
    h("form", { novalidate: true, onsubmit: submit },
      h("header", {}, h("h2", { id: `${prefix}-title` }, form.title), h("button.plain", { type: "button", "aria-label": send ? "Close without sending" : "Close", onclick: close }, icon("close"))),
      h("div.sheet-body", {},
        form.html && h("div.words", {}, clean(form.html)), trouble,
        form.fields.some((one) => one.required) && h("p.hint", {}, h("span.must", {}, "*"), " must be answered"),
        fields.map((one) => one.element),
        form.controls.length > 0 && controls(pane, form, tell, values)),
      h("div.actions", {}, leave, send)));
  dialog.addEventListener("keydown", (event) => {
    if (event.key === "Escape") { event.preventDefault(); close(); }
  });
  return {
    dialog,
    /** Ends "Sending…" and shows what the bot objected to. */
    answered(errors, mayFocus) {
      sending(false);
      fields.forEach((one, index) => one.object(errors[form.fields[index].key] ?? ""));
      if (mayFocus) fields.find((one, index) => errors[form.fields[index].key])?.focus();
    },
    focus: () => (fields[0] || send || leave).focus(),
  };
}

/** One field: its element, a check before sending, and a place for an objection. */
function field(one, id, draft) {
  const now = draft[one.key] ?? one.value;
  const change = (values) => { draft[one.key] = values; object(""); };
  const input = ENTRIES[one.kind.kind](one, id, now, change);
  const wrong = h("p.wrong", { id: `${id}-wrong`, hidden: true });
  const hint = h("p.hint", { id: `${id}-hint` }, one.hint, one.hint && input.note ? " " : "", input.note ?? "");
  const label = [one.label, one.required && h("span.must", { "aria-hidden": "true" }, " *")].filter(Boolean);
  const described = [one.hint || input.note ? `${id}-hint` : "", `${id}-wrong`].filter(Boolean).join(" ");
  const grouped = input.group;
  input.target.setAttribute("aria-describedby", described);
  if (one.required && !grouped) input.target.setAttribute("aria-required", "true");
  const element = grouped
    ? h("fieldset.field", { "data-field": one.key, "aria-describedby": described }, h("legend", {}, label, one.required && h("span.quiet", {}, " must be answered")), hint, input.element, input.foot, wrong)
    : h("div.field", { "data-field": one.key }, h("label", { for: id }, label), hint, input.element, input.foot, wrong);
  function object(text) {
    wrong.textContent = text;
    wrong.hidden = !text;
    element.classList.toggle("bad", Boolean(text));
    if (!grouped) input.target.setAttribute("aria-invalid", String(Boolean(text)));
  }
  const check = () => {
    const values = (draft[one.key] ?? one.value).filter((value) => value.trim() !== "");
    const text = values.length === 0 ? (one.required ? "Please answer this." : "") : input.objection?.(values) ?? "";
    object(text);
    return !text;
  };
  return { element, check, object, focus: () => input.target.focus() };
}

const ENTRIES = {
  text(one, id, now, change) {
    const { multiline, min, max } = one.kind;
    const count = h("p.count", { id: `${id}-count` });
    const length = (text) => [...text].length;
    const recount = (text) => {
      count.textContent = `${length(text).toLocaleString("en-US")} of ${max.toLocaleString("en-US")} characters`;
      count.classList.toggle("over", length(text) > max);
    };
    const oninput = (event) => { change([event.target.value]); recount(event.target.value); };
    const target = h(multiline ? "textarea" : "input", { id, name: one.key, type: multiline ? null : "text", rows: multiline ? 4 : null, autocomplete: "off", value: now[0] ?? "", oninput });
    recount(now[0] ?? "");
    const objection = ([text]) => {
      if (length(text) > max) return `This is ${length(text) - max} characters too long.`;
      return length(text) < min ? `Please write at least ${min} characters.` : "";
    };
    return { element: target, target, foot: count, note: min > 1 ? `At least ${min} characters.` : null, objection };
  },
  choice(one, id, now, change) {
    const { options, min, max } = one.kind;
    if (max > 1) return ticks(one, id, now, change);
    if (options.length > MANY) {
      const target = h("select", { id, name: one.key, onchange: (event) => change(event.target.value ? [event.target.value] : []) },
        h("option", { value: "" }, min > 0 ? "Please choose" : "No answer"),
        options.map(([value, label]) => h("option", { value }, label)));
      target.value = now[0] ?? "";
      return { element: target, target };
    }
    const radios = options.map(([value, label]) =>
      h("label.option", {}, h("input", { type: "radio", name: id, value, checked: now.includes(value), onchange: () => change([value]) }), label));
    return { group: true, element: h("div.options", {}, radios), target: radios[0]?.firstElementChild ?? h("span") };
  },
  date: (one, id, now, change) => plain("date", one, id, now, change),
  time: (one, id, now, change) => plain("time", one, id, now, change),
  moment: (one, id, now, change) => plain("datetime-local", one, id, now, change),
};

function plain(type, one, id, now, change) {
  const target = h("input", { id, name: one.key, type, value: now[0] ?? "", oninput: (event) => change([event.target.value]) });
  return { element: target, target };
}

function ticks(one, id, now, change) {
  const { options, min, max } = one.kind;
  const chosen = new Set(now);
  const count = h("p.count", { role: "status" });
  const recount = () => {
    count.textContent = `${chosen.size} chosen`;
    count.classList.toggle("over", chosen.size > max);
  };
  const toggle = (event) => {
    if (event.target.checked) chosen.add(event.target.value);
    else chosen.delete(event.target.value);
    change(options.map(([value]) => value).filter((value) => chosen.has(value)));
    recount();
  };
  recount();
  const boxes = options.map(([value, label]) => h("label.option", {}, h("input", { type: "checkbox", name: id, value, checked: chosen.has(value), onchange: toggle }), label));
  const limit = max >= options.length && min <= 1 ? "Choose all that apply." : range(min, max).replace("c", "C") + ".";
  const objection = (values) => (values.length < min || values.length > max ? `Please ${range(min, max)}.` : "");
  return { group: true, element: h("div.options.several", {}, boxes), target: boxes[0]?.firstElementChild ?? h("span"), foot: count, note: limit, objection };
}
