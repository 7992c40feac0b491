/* The page of the road: the day from the device, contacts that wait, and their sending when the network is back. */

import { keyOf, seal, unseal } from "./seal.js";
import { all, put, remove, wipe } from "./store.js";

const page = document.querySelector("[data-road]");
const form = page.querySelector("form");
const part = (name) => page.querySelector(`[data-part="${name}"]`);
const words = (name) => page.querySelector("[data-words]").content.querySelector(`[data-word="${name}"]`).textContent.trim();
const keys = new Map();
let session = null;
let chosen = null;
let writing = null;

const show = (name, shown) => part(name).toggleAttribute("hidden", !shown);
const made = (tag, text, className) => {
  const element = document.createElement(tag);
  element.textContent = text ?? "";
  if (className) element.className = className;
  return element;
};
const button = (name, act) => {
  const pressed = made("button", words(name), "btn btn-quiet btn-sm");
  pressed.type = "button";
  pressed.addEventListener("click", act);
  return pressed;
};

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

const choose = (row, keep = false) => {
  chosen = row;
  if (!keep) {
    writing = null;
    form.reset();
    const channel = form.querySelector(`[name=channel][value="${row.channel}"]`);
    if (channel) channel.checked = true;
    const minutes = form.querySelector(`[name=minutes][value="${row.minutes}"]`);
    if (minutes) minutes.checked = true;
  }
  part("who").textContent = row.name;
  show("form", true);
  form.elements.summary.focus();
};

const showDay = (day) => {
  const list = part("rows");
  list.replaceChildren();
  day.rows.forEach((row) => {
    const line = made("li", "", "road-row");
    const press = made("button", `${row.at} ${row.name}`.trim(), "btn btn-secondary");
    press.type = "button";
    press.addEventListener("click", () => choose({ ...row, on: day.on }));
    line.append(press);
    if (row.phone) {
      const call = made("a", row.phone);
      call.href = `tel:${row.phone.replaceAll(" ", "")}`;
      line.append(call);
    }
    if (row.address) line.append(made("span", row.address, "muted small"));
    list.append(line);
  });
  show("empty", !day.rows.length);
  if (location.pathname !== page.dataset.page) {
    const row = day.rows.find((one) => location.pathname.includes(one.case));
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

const conflict = (entry) => {
  const table = made("table", "", "road-beside");
  const head = table.createTHead().insertRow();
  ["field", "theirs", "typed"].forEach((name) => {
    const cell = made("th", words(name));
    cell.scope = "col";
    head.append(cell);
  });
  const body = table.createTBody();
  entry.told.forEach((line) => {
    const row = body.insertRow();
    const label = made("th", line.label);
    label.scope = "row";
    row.append(label);
    [line.theirs, line.typed].forEach((text) => { row.insertCell().textContent = text; });
  });
  return table;
};

const reread = (entry) => {
  choose(entry.row, true);
  writing = entry.id;
  ["channel", "minutes"].forEach((name) => {
    const found = form.querySelector(`[name=${name}][value="${entry.fields[name]}"]`);
    if (found) found.checked = true;
  });
  form.elements.outcome.checked = entry.fields.outcome === form.elements.outcome.value;
  form.elements.summary.value = entry.fields.summary;
};

const showQueue = async () => {
  const sealed = await all("entries");
  const list = part("queue");
  const lines = [];
  let locked = 0;
  for (const one of sealed) {
    const entry = await opened(one);
    if (!entry) { locked += 1; continue; }
    const line = made("li", "", "road-row");
    line.append(made("b", entry.row.name), made("span", words(entry.state), "muted small"), made("p", entry.fields.summary));
    (entry.errors ?? []).forEach((error) => line.append(made("p", error, "road-error")));
    if (entry.state === "conflict") {
      line.append(conflict(entry));
      line.append(button("both", async () => {
        await store({ ...entry, state: "waiting", row: { ...entry.row, seen: entry.now }, told: null });
        await flush();
      }));
      line.append(button("drop", async () => { await remove("entries", entry.id); await showQueue(); }));
    } else if (entry.state === "refused") {
      line.append(button("drop_refused", async () => { await remove("entries", entry.id); await showQueue(); }));
    }
    line.append(button("again", () => reread(entry)));
    lines.push(line);
  }
  list.replaceChildren(...lines);
  part("count").textContent = words(sealed.length === 1 ? "one" : "several").replace("{n}", sealed.length);
  show("waiting", sealed.length > 0);
  show("locked", locked > 0);
};

const send = async (entry) => {
  const { row, fields } = entry;
  const data = new URLSearchParams({ ...fields, case: row.case, appointment: row.appointment, on: row.on, submission_id: entry.id });
  Object.entries(row.seen).forEach(([name, value]) => data.set(`seen_${name}`, value));
  const answer = await fetch(page.dataset.send, { method: "POST", body: data, headers: { "X-CSRFToken": session.csrf } });
  const json = answer.headers.get("Content-Type")?.startsWith("application/json") && !answer.redirected;
  if (!json) return false;
  const told = await answer.json();
  if (told.state === "recorded") await remove("entries", entry.id);
  else await store({ ...entry, state: told.state, errors: told.errors ?? [], told: told.told, now: told.now });
  return true;
};

/* One tab at a time; the server keeps each key once whatever happens. */
const flush = () => navigator.locks.request("ancrage-route", async () => {
  if (session?.csrf) {
    for (const sealed of await all("entries")) {
      const entry = await opened(sealed);
      if (entry?.state !== "waiting") continue;
      try {
        if (!(await send(entry))) break;
      } catch {
        show("offline", true);
        break;
      }
    }
  }
  await showQueue();
});

const start = async () => {
  let told = null;
  try {
    told = await asked();
    show("offline", false);
    show("logged_out", told === null);
    if (told === null) {
      sessionStorage.clear();
      keys.clear();
      session = null;
      ["form", "day"].forEach((name) => show(name, false));
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
    if (rows.some((row) => row.owner !== told.owner)) await wipe();
    const { rows: _rows, ...light } = told;
    session = light;
    sessionStorage.setItem("session", JSON.stringify({ ...light, csrf: "" }));
    const day = { on: told.on, rows: told.rows };
    await put("day", { id: "day", mark: session.mark, owner: session.owner, ...(await seal(await keyFor(session.mark), day)) });
    showDay(day);
    show("day", true);
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
  if (day) showDay(day);
  await showQueue();
};

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  if (!chosen || !session || session.until <= Date.now()) return show("no_key", true);
  const fields = Object.fromEntries(new FormData(form));
  const entry = { id: writing ?? crypto.randomUUID(), row: chosen, fields, state: "waiting" };
  await store(entry);
  form.reset();
  chosen = writing = null;
  show("form", false);
  part("state").textContent = words("kept");
  const ready = await navigator.serviceWorker?.getRegistration();
  await ready?.sync?.register("route").catch(() => {});
  return flush();
});

window.addEventListener("online", start);
window.addEventListener("offline", () => show("offline", true));
document.addEventListener("visibilitychange", () => { if (!document.hidden) start(); });
navigator.serviceWorker?.addEventListener("message", (event) => { if (event.data === "route") start(); });
start();
