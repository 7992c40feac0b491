/* Rows: j and k go from one person to the next, letters press what the row shows, a row that could not be sent is sent
   again. Every act is a link or a button of the page: without this file they are reached and pressed one by one. */

import { announce } from "./announce.js";
import { isSingleKey, keysAct } from "./shortcut.js";

const ROW = "[data-row]";
const rows = () => [...document.querySelectorAll(ROW)].filter((row) => row.offsetParent !== null);
const mainOf = (row) => row.querySelector("[data-row-main]");
let last = "";

const rowHere = () => document.activeElement?.closest(ROW) || document.getElementById(last);
const goTo = (row) => {
  const link = row && mainOf(row);
  if (!link) return;
  link.focus({ focusVisible: true });
  row.scrollIntoView({ block: "nearest" });
};
const step = (by) => {
  const all = rows();
  const here = all.indexOf(rowHere());
  goTo(all[here < 0 ? 0 : Math.min(Math.max(here + by, 0), all.length - 1)]);
};

const press = (key) => {
  const row = rowHere();
  const target = row?.querySelector(`[data-key="${key}"]`);
  if (!target) return false;
  const menu = target.closest("details");
  if (target.matches("summary") && menu) {
    menu.open = !menu.open;
    if (menu.open) menu.querySelector(".acts-item:not(.narrow-only)")?.focus();
  } else target.click();
  return true;
};
const unfold = () => {
  const more = rowHere()?.querySelector(".desk-open");
  if (more) more.open = !more.open;
  return Boolean(more);
};
const help = () => {
  const dialog = document.querySelector("[data-keys-help]");
  if (!dialog || dialog.open) return false;
  dialog.showModal();
  return true;
};

const KEYS = {
  j: () => { step(1); return true; },
  k: () => { step(-1); return true; },
  o: unfold,
  "?": help,
};

document.addEventListener("keydown", (event) => {
  if (!isSingleKey(event) || !document.querySelector("[data-rows]") || document.querySelector("dialog[open]")) return;
  const done = KEYS[event.key] ? KEYS[event.key]() : /^[csrnxz]$/.test(event.key) && press(event.key);
  if (done) event.preventDefault();
});
document.addEventListener("focusin", (event) => {
  const row = event.target.closest(ROW);
  if (row) last = row.id;
});
document.addEventListener("click", (event) => { if (event.target.closest("[data-keys-open]")) help(); });

// The button that was pressed goes with its row: the focus takes the place of what answers.
document.addEventListener("htmx:afterSettle", (event) => {
  const part = event.detail.elt;
  if (!part.matches?.(`${ROW}, .rail-list > li`) || part.contains(document.activeElement)) return;
  // What is swapped beside does not answer.
  const from = event.detail.requestConfig?.elt.closest("tr, li");
  if (from && from.tagName !== part.tagName) return;
  if (document.activeElement && document.activeElement !== document.body) return;
  const asked = part.querySelector(".acts-form input:not([type=hidden]), .acts-form textarea");
  (asked || part.querySelector(".btn-undo") || mainOf(part) || part.querySelector("a, button"))?.focus();
});

// No network: nothing was written, and the same press is sent again with the same key: it is one act.
const lost = new WeakMap();
document.addEventListener("htmx:sendError", (event) => {
  const form = event.detail.elt.closest("form");
  const row = form?.closest(`${ROW}, .rail-list > li`);
  const words = document.querySelector("template[data-row-offline]");
  if (!row || !words || row.matches(".desk-off")) return;
  lost.set(row, event.detail.requestConfig.triggeringEvent?.submitter || form.querySelector("[type=submit]"));
  row.classList.add("desk-off");
  const told = words.content.cloneNode(true);
  announce(told.textContent.trim());
  form.after(told);
  row.querySelector("[data-row-again]").focus();
});
document.addEventListener("click", (event) => {
  if (!event.target.closest("[data-row-again]")) return;
  const row = event.target.closest(".desk-off");
  row.classList.remove("desk-off");
  row.querySelector(".desk-lost").remove();
  const button = lost.get(row);
  button?.form.requestSubmit(button);
});

const bar = document.querySelector("[data-keys]");
if (bar) bar.hidden = !keysAct();
