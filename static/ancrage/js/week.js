/* Loaded by the page of the week. Arrows go from slot to slot, « d » or the pointer moves an appointment or changes how
   long it lasts, and what it would clash with is told before it is let go. The move itself is the form of the page;
   whatever is unlikely is asked about there. Without this file each appointment has « Reporter ». */

import { announce } from "./announce.js";
import { isSingleKey, keysAct } from "./shortcut.js";

const STEP = 15;
const DAY = 24 * 60;
const week = document.querySelector("[data-week]");
const form = document.querySelector("[data-move-form]");
const bar = document.querySelector("[data-week-keys]");

const days = () => [...week.querySelectorAll("[data-day]")];
const slots = (day) => [...day.querySelectorAll("[data-slot]")];
const hour = (minutes) => `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
const say = (words, values) => words.replace(/%\((\w+)\)s/g, (_whole, name) => values[name]);

// What is being moved: its row, the day and minutes that it would have; nothing otherwise.
let moving = null;

const put = () => {
  const { item, day, start, minutes } = moving;
  const list = day.querySelector(".wk-list");
  if (item.parentElement !== list) list.append(item);
  item.className = item.className.replace(/\b(at|past|for|and|lane|of)-\d+/g, "").replace("is-short", "");
  const long = Math.max(minutes, STEP);
  item.classList.add(`at-${Math.floor(start / 60)}`, `past-${Math.floor(start % 60 / 5) * 5}`, "lane-0", "of-1");
  item.classList.add(`for-${Math.floor(long / 60)}`, `and-${Math.floor(long % 60 / 5) * 5}`);
  item.querySelector(".ev-hour").textContent = hour(start);
};
const clashOf = ({ item, day, start, minutes }) => {
  if (day.dataset.off) return day.dataset.off;
  if (day.dataset.day < week.dataset.today) return week.dataset.past;
  const other = [...day.querySelectorAll("[data-start]")].find((one) => one !== item
    && !one.classList.contains("ev-done")
    && Number(one.dataset.start) < start + minutes && start < Number(one.dataset.start) + Number(one.dataset.minutes));
  return other ? say(week.dataset.over, { other: other.dataset.name }) : "";
};
const tell = () => {
  const { item, day, start, minutes } = moving;
  const values = { name: item.dataset.name, day: day.dataset.words, start: hour(start), end: hour(Math.min(start + minutes, DAY - 1)) };
  const why = clashOf(moving);
  item.classList.toggle("is-bad", Boolean(why));
  announce(`${why ? `${say(week.dataset.clash, { why })} ` : ""}${say(week.dataset.moved, values)}`);
};
const begin = (item) => {
  if (moving || !item?.dataset.move) return false;
  const day = item.closest("[data-day]");
  moving = { item, day, start: Number(item.dataset.start), minutes: Number(item.dataset.minutes), list: item.parentElement, before: item.nextElementSibling, classes: item.className, from: { day } };
  item.classList.add("is-moving");
  return true;
};
const leave = () => {
  const { item, list, before, classes } = moving;
  moving = null;
  item.className = classes;
  list.insertBefore(item, before);
  item.querySelector(".ev-hour").textContent = hour(Number(item.dataset.start));
  item.querySelector("[data-slot]").focus();
  announce(week.dataset.left);
};
const drop = () => {
  const { item, day, start, minutes, from } = moving;
  if (day === from.day && start === Number(item.dataset.start) && minutes === Number(item.dataset.minutes)) return leave();
  form.action = item.dataset.move;
  form.elements.next_on.value = day.dataset.day;
  form.elements.next_at.value = hour(start);
  form.elements.minutes.value = minutes;
  return form.requestSubmit();
};
const clamp = (value, low, high) => Math.min(Math.max(value, low), high);
const shift = (by, minutes = 0, length = 0) => {
  const all = days();
  moving.day = all[clamp(all.indexOf(moving.day) + by, 0, all.length - 1)];
  moving.start = clamp(moving.start + minutes, Number(week.dataset.from) * 60, Number(week.dataset.to) * 60 - STEP);
  moving.minutes = clamp(moving.minutes + length, STEP, 600);
  const { item } = moving;
  put();
  item.querySelector("[data-slot]").focus();
  tell();
};

const enter = () => {
  const first = week.querySelector(".is-today [data-slot]") || week.querySelector("[data-slot]");
  first?.focus();
  return Boolean(first);
};
const go = (by) => {
  const day = document.activeElement?.closest("[data-day]");
  const all = days();
  if (!day) return enter();
  const place = slots(day).indexOf(document.activeElement.closest(".ev")?.querySelector("[data-slot]"));
  for (let at = all.indexOf(day) + by; all[at]; at += by) {
    const there = slots(all[at]);
    if (there.length) { there[clamp(place, 0, there.length - 1)].focus(); return true; }
  }
  return true;
};
const step = (by) => {
  const day = document.activeElement?.closest("[data-day]");
  if (!day) return enter();
  const all = slots(day);
  const here = all.indexOf(document.activeElement.closest(".ev")?.querySelector("[data-slot]"));
  all[clamp(here + by, 0, all.length - 1)]?.focus();
  return true;
};
const plan = () => {
  const here = document.activeElement?.closest(".ev")?.querySelector("[data-free]");
  here?.click();
  return Boolean(here);
};

const MOVES = {
  ArrowLeft: () => shift(-1),
  ArrowRight: () => shift(1),
  ArrowUp: (event) => (event.shiftKey ? shift(0, 0, -STEP) : shift(0, -STEP)),
  ArrowDown: (event) => (event.shiftKey ? shift(0, 0, STEP) : shift(0, STEP)),
  Enter: drop,
  Escape: leave,
};
const KEYS = {
  ArrowLeft: () => go(-1),
  ArrowRight: () => go(1),
  ArrowUp: () => step(-1),
  ArrowDown: () => step(1),
  f: plan,
  z: () => {
    const back = document.querySelector("[data-undo]");
    back?.click();
    return Boolean(back);
  },
  d: () => {
    if (!begin(document.activeElement?.closest(".ev"))) return false;
    tell();
    return true;
  },
};

const drag = (event) => {
  const item = event.target.closest("[data-move]");
  if (!item || event.button || event.pointerType === "touch" || event.target.closest(".ev-menu")) return;
  const pulls = Boolean(event.target.closest("[data-pull]"));
  const list = item.parentElement;
  const perMinute = list.getBoundingClientRect().height / ((Number(week.dataset.to) - Number(week.dataset.from)) * 60);
  const origin = { x: event.clientX, y: event.clientY, start: Number(item.dataset.start), minutes: Number(item.dataset.minutes) };
  const move = (now) => {
    if (!moving && Math.hypot(now.clientX - origin.x, now.clientY - origin.y) < 6) return;
    if (!moving && !begin(item)) return;
    const by = Math.round((now.clientY - origin.y) / perMinute / STEP) * STEP;
    if (pulls) moving.minutes = clamp(origin.minutes + by, STEP, 600);
    else {
      const under = days().find((day) => { const box = day.getBoundingClientRect(); return now.clientX >= box.left && now.clientX < box.right; });
      moving.day = under || moving.day;
      moving.start = clamp(origin.start + by, Number(week.dataset.from) * 60, Number(week.dataset.to) * 60 - STEP);
    }
    put();
    item.classList.toggle("is-bad", Boolean(clashOf(moving)));
  };
  const end = (last) => {
    document.removeEventListener("pointermove", move);
    document.removeEventListener("pointerup", end);
    document.removeEventListener("pointercancel", end);
    if (!moving) return;
    // The press that ends a move opens no page.
    document.addEventListener("click", (click) => { click.preventDefault(); click.stopPropagation(); }, { capture: true, once: true });
    if (last.type === "pointercancel") leave();
    else { tell(); drop(); }
  };
  document.addEventListener("pointermove", move);
  document.addEventListener("pointerup", end);
  document.addEventListener("pointercancel", end);
};

if (week && form) {
  if (bar) bar.hidden = !keysAct();
  document.addEventListener("keydown", (event) => {
    if (moving) {
      const act = MOVES[event.key];
      if (!act) return;
      event.preventDefault();
      act(event);
      return;
    }
    if (!isSingleKey(event) || event.shiftKey || document.querySelector("dialog[open]")) return;
    // Elsewhere an arrow is that of a field or a menu, or scrolls; where nothing is held, left and right scroll nothing.
    const held = document.activeElement;
    const sideways = held === document.body && /^Arrow(Left|Right)$/.test(event.key);
    if (event.key.startsWith("Arrow") && !sideways && !held?.closest("[data-week]")) return;
    if (KEYS[event.key]?.()) event.preventDefault();
  });
  week.addEventListener("pointerdown", drag);
  week.addEventListener("dragstart", (event) => event.preventDefault());
}
