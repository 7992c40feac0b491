/* Choosing one among many by typing: proposals under the field, by keyboard, by touch and by ear. Without this file,
   the button « Chercher » shows the same proposals in the page. */

import { announce } from "./announce.js";

const PAUSE = 180;
let made = 0;

const element = (name, attributes = {}, text = "") => {
  const one = document.createElement(name);
  Object.entries(attributes).forEach(([key, value]) => one.setAttribute(key, value));
  if (text) one.textContent = text;
  return one;
};

const enhanceChoosing = (box) => {
  if (box.dataset.enhanced) return;
  box.dataset.enhanced = "yes";
  made += 1;
  const input = box.querySelector("input[type=text]");
  const wordsName = input.name;
  const search = box.querySelector(".choosing-search");
  const found = box.querySelector(".choosing-found");
  const sheet = box.querySelector(".choosing-sheet");
  const make = box.querySelector(".choosing-make");
  const ticked = found?.querySelector("input[type=radio]:checked");
  const hidden = element("input", { type: "hidden", name: box.dataset.choosingName });
  const list = element("ul", { id: `choosing-${made}`, role: "listbox", class: "choosing-list" });
  const told = element("p", { class: "choosing-told" });
  const panel = element("div", { class: "choosing-panel", hidden: "" });
  panel.append(list, told);
  if (input.labels?.[0]) list.setAttribute("aria-label", input.labels[0].firstChild.textContent.trim());

  const state = { label: "", active: -1, timer: 0, request: null };
  const options = () => [...list.children];

  const keep = (value, label) => {
    hidden.value = value;
    state.label = label;
    // What is chosen is sent as its key alone; words that chose nothing are sent, so that nobody believes they did.
    if (value) input.removeAttribute("name"); else input.name = wordsName;
    box.classList.toggle("choosing-chosen", Boolean(value));
  };
  const tell = () => hidden.dispatchEvent(new Event("change", { bubbles: true }));

  const mark = (index) => {
    const all = options();
    all.forEach((one, at) => one.setAttribute("aria-selected", String(at === index)));
    state.active = index;
    if (index < 0) { input.removeAttribute("aria-activedescendant"); return; }
    input.setAttribute("aria-activedescendant", all[index].id);
    all[index].scrollIntoView({ block: "nearest" });
  };
  const close = () => {
    panel.hidden = true;
    input.setAttribute("aria-expanded", "false");
    mark(-1);
  };
  const stop = () => {
    window.clearTimeout(state.timer);
    state.request?.abort();
    state.request = null;
  };
  const create = () => {
    stop();
    close();
    if (make.href) {
      const address = new URL(make.href);
      address.searchParams.set("nom", input.value.trim());
      window.location.assign(address);
    } else make.form.requestSubmit(make);
  };
  const choose = (option) => {
    if (option.dataset.make) { create(); return; }
    stop();
    sheet?.remove();
    if (sheet) found?.remove();
    input.value = option.dataset.label;
    keep(option.dataset.value, option.dataset.label);
    close();
    tell();
    input.dispatchEvent(new CustomEvent("input", { bubbles: true, detail: "chosen" }));
  };

  const show = (answer) => {
    list.replaceChildren(...answer.proposals.map((one, at) => {
      const option = element("li", { id: `${list.id}-${at}`, role: "option", "aria-selected": "false", class: "choosing-option" });
      option.dataset.value = one.value;
      option.dataset.label = one.label;
      option.append(element("span", { class: "choosing-label" }, one.label));
      if (one.second) option.append(" ", element("span", { class: "choosing-second" }, one.second));
      return option;
    }));
    if (answer.make && make) {
      const option = element("li", { id: `${list.id}-make`, role: "option", "aria-selected": "false", class: "choosing-option choosing-create" }, answer.make);
      option.dataset.make = "yes";
      list.append(option);
    }
    list.hidden = !list.children.length;
    told.textContent = answer.proposals.length && !answer.more ? "" : answer.told;
    told.hidden = !told.textContent;
    panel.hidden = false;
    panel.scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-expanded", String(!list.hidden));
    mark(-1);
    announce([answer.told, make && answer.make].filter(Boolean).join(" "));
  };

  const ask = async () => {
    stop();
    const request = new AbortController();
    state.request = request;
    const address = new URL(box.dataset.choosing, window.location.href);
    address.searchParams.set("q", hidden.value ? "" : input.value);
    try {
      const response = await fetch(address, { signal: request.signal, headers: { Accept: "application/json" } });
      if (!response.ok || response.redirected) throw new Error(String(response.status));
      const answer = await response.json();
      if (state.request === request && document.activeElement === input) show(answer);
    } catch (error) {
      if (error.name === "AbortError") return;
      // The way without a script is still there.
      search.hidden = false;
      close();
      announce(document.body.dataset.trouble);
    }
  };

  input.addEventListener("input", (event) => {
    if (event.detail === "chosen" || (hidden.value && input.value === state.label)) return;
    if (hidden.value) { keep("", ""); tell(); }
    stop();
    if (!input.value.trim()) { close(); return; }
    state.timer = window.setTimeout(ask, PAUSE);
  });
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const count = options().length;
    const open = !panel.hidden && count > 0;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (!open) { ask(); return; }
      const step = event.key === "ArrowDown" ? 1 : -1;
      mark(state.active < 0 ? (step > 0 ? 0 : count - 1) : (state.active + step + count) % count);
    } else if (event.key === "Enter" && open) {
      event.preventDefault();
      if (state.active >= 0) choose(options()[state.active]);
      // What would write something is never pressed by itself.
      else if (options().filter((one) => !one.dataset.make).length === 1) choose(options()[0]);
    } else if (event.key === "Enter" && !hidden.value && input.value.trim()) {
      event.preventDefault();
      ask();
    } else if (event.key === "Escape") {
      if (panel.hidden && !input.value) return;
      event.preventDefault();
      event.stopPropagation();
      stop();
      if (panel.hidden) { input.value = ""; keep("", ""); tell(); } else close();
    }
  });
  input.addEventListener("click", () => { if (panel.hidden) ask(); });
  input.addEventListener("blur", () => { stop(); close(); });
  // The field keeps the focus while a proposal is pressed, so that its list does not close under the finger.
  panel.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) choose(option);
  });

  const value = ticked?.value || "";
  const label = value ? ticked.parentElement.querySelector(".choosing-label").textContent : "";
  if (sheet && found) {
    // What it may be already stays in sight beside the sheet.
    found.querySelectorAll("input").forEach((one) => {
      if (one.type === "hidden") { one.remove(); return; }
      one.name = `${list.id}-known`;
      one.addEventListener("change", () => {
        input.value = one.parentElement.querySelector(".choosing-label").textContent;
        keep(one.value, input.value);
        found.remove();
        sheet.remove();
        tell();
        input.focus();
      });
    });
  } else found?.remove();
  sheet?.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !event.target.matches("input")) return;
    event.preventDefault();
    input.form.requestSubmit(sheet.querySelector(".btn-primary"));
  });
  box.querySelector("button[aria-hidden]")?.remove();
  if (make) make.hidden = true;
  search.hidden = true;
  Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id })
    .forEach(([key, one]) => input.setAttribute(key, one));
  if (value && !input.value) input.value = label;
  keep(input.value === label ? value : "", label);
  box.append(hidden, panel);
  const written = box.querySelector(".choosing-made");
  if (written) announce(written.textContent.trim());
  if (sheet) (sheet.querySelector(".is-invalid") || sheet.querySelector("input:not([type=hidden])")).focus();
};

export const enhanceChoices = (root) => root.querySelectorAll("[data-choosing]").forEach(enhanceChoosing);
