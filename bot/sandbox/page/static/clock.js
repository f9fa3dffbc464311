// The world clock and the buttons that move it. Time goes forward only; the sandbox decides how far.

import { fieldTime, moment, sentence, tell, zoneName } from "./dom.js";

const HOUR_MS = 3_600_000;
const at = (id) => document.getElementById(id);

/** Wires the buttons. `done` is called when time has arrived or refused to, with a sentence if refused. */
export function wireClock(app) {
  const move = async (body) => {
    at("goto").open = false;
    try {
      await tell("/api/clock", body);
      app.say("");
    } catch (error) {
      app.say(sentence(error));
    }
    app.refresh();
  };
  at("hour").addEventListener("click", () => move({ advance_ms: HOUR_MS }));
  at("day").addEventListener("click", () => move({ advance_ms: 24 * HOUR_MS }));
  at("next").addEventListener("click", () => move({ to: "next" }));
  at("goto").addEventListener("toggle", () => {
    if (!at("goto").open || !app.world) return;
    const now = fieldTime(app.world.now_ms, app.world.zone);
    at("goto-when").min = now;
    at("goto-when").value = now;
    at("goto-when").focus();
  });
  at("goto").addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    at("goto").open = false;
    at("goto").querySelector("summary").focus();
  });
  document.addEventListener("click", (event) => {
    if (!at("goto").contains(event.target)) at("goto").open = false;
  });
  at("goto").querySelector("form").addEventListener("submit", (event) => {
    event.preventDefault();
    move({ to: at("goto-when").value.slice(0, 16) });
  });
}

/** Shows the world's time, the next event, and a journey under way. */
export function showClock(world) {
  const { now_ms: now, zone, next_event: next, travelling_to_ms: goal } = world;
  at("clock-day").textContent = moment(now, zone, "day");
  at("clock-time").textContent = moment(now, zone, "time");
  at("clock-time").dateTime = new Date(now).toISOString();
  at("clock-zone").textContent = zoneName(now, zone);
  at("goto-zone").textContent = `${zone.replaceAll("_", " ")}. Everything due on the way happens.`;
  const travelling = goal !== null;
  for (const id of ["hour", "day", "next"]) at(id).disabled = travelling;
  at("goto").querySelector("button").disabled = travelling;
  at("next").disabled = travelling || !next;
  // On the way nothing is known of the next event; the button keeps its words until time has arrived.
  if (!travelling) {
    at("next").querySelector(".next-label").textContent = next ? `Next event: ${moment(next.at_ms, zone, "short")}` : "Next event";
    at("next").querySelector(".next-what").textContent = next ? next.what.charAt(0).toUpperCase() + next.what.slice(1) : "Nothing is due";
    at("next").title = next?.what ?? "";
  }
  at("travel").hidden = !travelling;
  const words = travelling ? `Travelling to ${moment(goal, zone, "short")}. Everything due on the way is happening now.` : "";
  if (at("travel").textContent !== words) at("travel").textContent = words;
}
