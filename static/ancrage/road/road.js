/* The page of the road: the day from the device, contacts that wait, and their sending when the network is back. */

import { conflict } from "./conflict.js";
import { insert, offerDictation, stopDictation } from "./dictate.js";
import { button, made, page, part, show, words } from "./parts.js";
import { showDay } from "./people.js";
import { keyOf, seal, unseal } from "./seal.js";
import { all, put, remove, wipe } from "./store.js";

const form = page.querySelector(".road-form");
const TONES = { conflict: "road-is-conflict", refused: "road-is-refused" };
const keys = new Map();
let session = null;
let chosen = null;
let writing = null;

const asked = async (mark = "") => {
  const answer = await fetch(`${page.dataset.day}?mark=${mark}`, { cache: "no-store", headers: { Accept: "application/json" } });
  const readable = answer.ok && !answer.redirected && answer.headers.get("Content-Type")?.startsWith("application/json");
  return readable ? answer.json() : null;
};

const kept = () => {
  const found = JSON.parse(sessionStorage.getItem("session") ?? "null");
  if (found && found.until > Date.now()) return found;
  sessionStorage.removeItem("session");
  return null;
};

const keyFor = async (mark) => {
  if (!keys.has(mark)) {
    const told = mark === session?.mark ? session : await asked(mark).catch(() => null);
    if (!told?.key) return null;
    keys.set(mark, await keyOf(told.key));
  }
  return keys.get(mark);
};

/* An absence has neither minutes nor, of necessity, words; anything else has both. */
const ask = () => {
  const held = !form.elements.outcome.checked;
  form.elements.minutes.forEach((one) => { one.required = held; });
  form.elements.summary.required = held;
};

/* Either one chooses of whom, or one writes. */
const turn = (day) => {
  show("form", Boolean(chosen));
  ["day", "others"].forEach((name) => { part(name).dataset.aside = chosen ? "yes" : ""; });
  if (day !== undefined) show("day", day);
};

const leave = () => {
  stopDictation();
  form.reset();
  chosen = writing = null;
  turn();
};

const press = (name, value) => {
  const found = [...form.elements[name]].find((one) => one.value === String(value));
  if (found) found.checked = true;
  return Boolean(found);
};

const pressMinutes = (minutes) => {
  if (!minutes || press("minutes", minutes)) return;
  press("minutes", "autre");
  form.elements.minutes_autre.value = minutes;
};

const choose = (row, keep = false) => {
  chosen = row;
  if (!keep) {
    writing = null;
    form.reset();
    press("channel", row.channel || "IN_PERSON");
    pressMinutes(row.minutes);
  }
  part("avatar").textContent = row.name.split(/[\s-]+/).map((one) => one[0]).slice(0, 2).join("");
  part("who").textContent = row.name;
  part("hint").textContent = row.hint ?? "";
  ask();
  turn();
  form.elements.summary.focus();
};

const phrases = (known = []) => {
  const buttons = known.map((text) => button(text, () => {
    insert(form.elements.summary, text);
    form.elements.summary.focus();
  }, "phrase"));
  part("phrases").replaceChildren(...buttons);
};

const showToday = (day) => {
  const on = new Date(`${day.on}T12:00`);
  part("date").textContent = on.toLocaleDateString(document.documentElement.lang, { weekday: "long", day: "numeric", month: "long" });
  showDay(day, (row) => choose({ ...row, on: day.on }));
  phrases(day.phrases);
  offerDictation(form.elements.summary, day.dictation);
  turn(true);
  if (location.pathname !== page.dataset.page) {
    const row = [...day.rows, ...(day.people ?? [])].find((one) => location.pathname.includes(one.case));
    if (row && !chosen) choose({ ...row, on: day.on });
  }
};

const store = async (entry) => {
  const { id, ...content } = entry;
  const sealed = await seal(await keyFor(session.mark), content);
  await put("entries", { id, mark: session.mark, owner: session.owner, ...sealed });
};

const opened = async (sealed) => {
  const key = await keyFor(sealed.mark);
  const content = key && (await unseal(key, sealed));
  return content ? { id: sealed.id, ...content } : null;
};

const reread = (entry) => {
  choose(entry.row, true);
  writing = entry.id;
  form.reset();
  press("channel", entry.fields.channel);
  pressMinutes(entry.fields.minutes === "autre" ? entry.fields.minutes_autre : entry.fields.minutes);
  form.elements.outcome.checked = entry.fields.outcome === form.elements.outcome.value;
  form.elements.summary.value = entry.fields.summary;
  ask();
};

const channelWords = (code) => form.querySelector(`[name=channel][value="${code}"]`)?.closest("label").textContent.trim() ?? "";
const hour = (at) => new Date(at).toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });

/* « appel, 10 min, 9:12 » */
const inBrief = ({ fields, at }) => {
  const minutes = fields.minutes === "autre" ? fields.minutes_autre : fields.minutes;
  const held = fields.outcome ? words("absent") : minutes && `${minutes} min`;
  return [channelWords(fields.channel), held, at && hour(at)].filter(Boolean).join(", ");
};

const again = async (entry, more) => {
  part("queue").replaceChildren();
  await store({ ...entry, ...more, state: "waiting", row: { ...entry.row, seen: entry.now }, told: null });
  await flush();
};

const shown = (entry) => {
  const line = made("li", "", "road-row");
  line.append(made("b", entry.row.name), made("span", inBrief(entry), "muted small"));
  line.append(made("span", words(entry.state), `road-state ${TONES[entry.state] ?? ""}`), made("p", entry.fields.summary));
  (entry.errors ?? []).forEach((error) => line.append(made("p", error, "road-error")));
  const drop = async () => {
    await remove("entries", entry.id);
    part("queue").replaceChildren();
    await showQueue();
  };
  if (entry.state === "conflict") {
    line.append(conflict(entry, {
      merge: (picks) => again(entry, { picks }),
      apart: () => again(entry, { picks: null, same: null }),
      drop,
    }));
  } else if (entry.state === "refused") {
    line.append(button(words("drop_refused"), drop));
  }
  line.append(button(words("again"), () => reread(entry)));
  return line;
};

const showQueue = async () => {
  const sealed = await all("entries");
  const lines = [];
  let locked = 0;
  for (const one of sealed) {
    const entry = one.owner === (session?.owner ?? one.owner) ? await opened(one) : null;
    if (entry) lines.push(shown(entry));
    else locked += 1;
  }
  // A choice in course is not taken away by a page that comes back to the front.
  if (!part("queue").querySelector("input:checked")) part("queue").replaceChildren(...lines);
  part("count").textContent = words(sealed.length === 1 ? "one" : "several").replace("{n}", sealed.length);
  show("waiting", sealed.length > 0);
  show("locked", locked > 0);
};

/* Whose it is goes with it: the server takes nothing that another wrote in this browser. */
const send = async (entry, owner) => {
  const { row, fields } = entry;
  const data = new URLSearchParams({ ...fields, case: row.case, appointment: row.appointment, on: row.on, submission_id: entry.id, owner });
  Object.entries(row.seen).forEach(([name, value]) => data.set(`seen_${name}`, value));
  if (entry.same && entry.picks) {
    Object.entries({ ...entry.picks, same: entry.same.contact, stamp: entry.same.stamp }).forEach(([name, value]) => data.set(name, value));
  }
  const answer = await fetch(page.dataset.send, { method: "POST", body: data, headers: { "X-CSRFToken": session.csrf } });
  const json = answer.headers.get("Content-Type")?.startsWith("application/json") && !answer.redirected;
  if (!json) return false;
  const told = await answer.json();
  if (told.state === "other") return false;
  if (told.state === "recorded") await remove("entries", entry.id);
  else await store({ ...entry, state: told.state, errors: told.errors ?? [], told: told.told, same: told.same, picks: null, now: told.now });
  return true;
};

/* One tab at a time; the server keeps each key once whatever happens. */
const flush = () => navigator.locks.request("ancrage-route", async () => {
  if (session?.csrf) {
    for (const sealed of await all("entries")) {
      const entry = sealed.owner === session.owner ? await opened(sealed) : null;
      if (entry?.state !== "waiting") continue;
      try {
        if (!(await send(entry, sealed.owner))) break;
      } catch {
        show("offline", true);
        break;
      }
    }
  }
  await showQueue();
});

/* Nobody's words stay under another's eyes, those that are being typed included. */
const forget = () => {
  sessionStorage.clear();
  keys.clear();
  session = null;
  leave();
};

const start = async () => {
  let told = null;
  try {
    told = await asked();
    show("offline", false);
    show("logged_out", told === null);
    if (told === null) {
      forget();
      turn(false);
      show("others", false);
      await showQueue();
      return;
    }
  } catch {
    show("offline", true);
  }
  if (told && !told.allowed) {
    await wipe(true);
    show("forbidden", true);
    return;
  }
  if (told) {
    const rows = [...(await all("entries")), ...(await all("day"))];
    if (session && session.owner !== told.owner) forget();
    if (rows.some((row) => row.owner !== told.owner)) await wipe();
    const { rows: _rows, people: _people, phrases: _phrases, ...light } = told;
    session = light;
    sessionStorage.setItem("session", JSON.stringify({ ...light, csrf: "" }));
    const day = { on: told.on, rows: told.rows, people: told.people, phrases: told.phrases, dictation: told.dictation };
    await put("day", { id: "day", mark: session.mark, owner: session.owner, ...(await seal(await keyFor(session.mark), day)) });
    showToday(day);
    await navigator.serviceWorker?.register(page.dataset.worker, { scope: "/" });
    await flush();
    return;
  }
  session = session ? { ...session, csrf: "" } : kept();
  const [sealed] = await all("day");
  const key = session && sealed && (await keyFor(sealed.mark));
  const day = key && (await unseal(key, sealed));
  show("day", Boolean(day));
  show("no_key", !day);
  if (day) showToday(day);
  await showQueue();
};

form.addEventListener("change", ask);
part("change").addEventListener("click", leave);
form.addEventListener("submit", async (event) => {
  event.preventDefault();
  if (!chosen || !session || session.until <= Date.now()) return show("no_key", true);
  const fields = Object.fromEntries(new FormData(form));
  const at = Date.now();
  await store({ id: writing ?? crypto.randomUUID(), row: chosen, fields, at, state: "waiting" });
  leave();
  part("state").textContent = words("kept").replace("{at}", hour(at));
  const ready = await navigator.serviceWorker?.getRegistration();
  await ready?.sync?.register("route").catch(() => {});
  return flush();
});

window.addEventListener("online", start);
window.addEventListener("offline", () => show("offline", true));
document.addEventListener("visibilitychange", () => { if (!document.hidden) start(); });
navigator.serviceWorker?.addEventListener("message", (event) => { if (event.data === "route") start(); });
start();
