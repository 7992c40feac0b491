/* Smoothness only: every page works without this file. No framework, no inline code. */
"use strict";

(() => {
  const announce = (words) => {
    const region = document.getElementById("annonces");
    if (!region || !words) return;
    region.textContent = "";
    window.setTimeout(() => { region.textContent = words; }, 120);
  };

  // --- errors: the summary takes the focus; its links lead to the field itself -----------------------------------------
  const focusSummary = (root) => {
    const summary = root.querySelector("[data-error-summary]");
    if (summary) summary.focus();
    return Boolean(summary);
  };

  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-error-summary] a[href^='#']");
    if (!link) return;
    const field = document.getElementById(link.hash.slice(1));
    if (!field) return;
    event.preventDefault();
    const labelled = field.closest("fieldset.field") || field.closest(".field") || field;
    labelled.scrollIntoView({ block: "start" });
    field.focus({ preventScroll: true });
  });

  // --- the « / » shortcut, which can be switched off (WCAG 2.1.4) --------------------------------------------------------
  const SHORTCUT = "ancrage-shortcut";
  // A browser may refuse to keep anything: the choice then lasts as long as the page.
  let refused = "";
  const recall = () => { try { return window.localStorage.getItem(SHORTCUT); } catch { return refused; } };
  const keep = (value) => { try { window.localStorage.setItem(SHORTCUT, value); } catch { refused = value; } };
  const shortcutOn = () => recall() !== "off";
  const showShortcut = () => {
    document.documentElement.classList.toggle("no-shortcut", !shortcutOn());
    document.querySelectorAll("[data-shortcut-toggle]").forEach((button) => {
      button.hidden = false;
      button.textContent = shortcutOn() ? button.dataset.wordsOff : button.dataset.wordsOn;
    });
  };

  document.addEventListener("click", (event) => {
    if (!event.target.closest("[data-shortcut-toggle]")) return;
    keep(shortcutOn() ? "off" : "on");
    showShortcut();
  });

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      const open = event.target.closest("details[data-menu][open]") || document.querySelector("details[data-menu][open]");
      if (open) {
        const inside = open.contains(document.activeElement);
        open.open = false;
        if (inside) open.querySelector("summary").focus();
      }
      return;
    }
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || !shortcutOn()) return;
    if (event.target.closest("input, textarea, select, [contenteditable]")) return;
    const search = document.querySelector("[data-search]");
    if (!search) return;
    event.preventDefault();
    search.focus();
    search.select();
  });

  // --- menus close when one looks elsewhere -------------------------------------------------------------------------------
  const closeMenus = (target) => {
    document.querySelectorAll("details[data-menu][open]").forEach((menu) => {
      if (!menu.contains(target)) menu.open = false;
    });
  };
  document.addEventListener("click", (event) => closeMenus(event.target));
  document.addEventListener("focusin", (event) => closeMenus(event.target));

  // --- one submission per press; a warning before typed words are lost ----------------------------------------------------
  const dirty = new Set();

  document.addEventListener("input", (event) => {
    const form = event.target.closest("form[data-guard]");
    if (form && (form.method || "").toLowerCase() === "post") dirty.add(form);
  });

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.dataset.sending === "yes") {
      event.preventDefault();
      return;
    }
    dirty.delete(form);
    if (form.matches("[hx-post], [hx-get], [hx-put]")) return;
    if ((form.method || "").toLowerCase() !== "post") return;
    form.dataset.sending = "yes";
    const button = event.submitter;
    // After this turn, so that the button's own name and value are sent with the form.
    window.setTimeout(() => {
      if (!button) return;
      button.setAttribute("aria-busy", "true");
      button.setAttribute("aria-disabled", "true");
    }, 0);
  });

  window.addEventListener("pageshow", () => {
    document.querySelectorAll("form[data-sending]").forEach((form) => { delete form.dataset.sending; });
    document.querySelectorAll("[aria-busy='true'][type='submit'], button[aria-busy='true']").forEach((button) => {
      button.removeAttribute("aria-busy");
      button.removeAttribute("aria-disabled");
    });
  });

  window.addEventListener("beforeunload", (event) => {
    const waiting = [...dirty].some((form) => form.isConnected && !form.hasAttribute("data-saved"));
    if (waiting) event.preventDefault();
  });

  // --- dates: a calendar beside the text, the weekday in words, shortcuts --------------------------------------------------
  const parse = (typed) => {
    const found = /^\s*(\d{1,2})[./\- ](\d{1,2})[./\- ](\d{4})\s*$/.exec(typed) ;
    if (!found) return null;
    const day = new Date(Number(found[3]), Number(found[2]) - 1, Number(found[1]));
    return day.getMonth() === Number(found[2]) - 1 ? day : null;
  };
  const pad = (number) => String(number).padStart(2, "0");
  const french = (day) => `${pad(day.getDate())}/${pad(day.getMonth() + 1)}/${day.getFullYear()}`;
  const iso = (day) => `${day.getFullYear()}-${pad(day.getMonth() + 1)}-${pad(day.getDate())}`;

  const enhanceDate = (input) => {
    if (input.dataset.enhanced) return;
    input.dataset.enhanced = "yes";
    const words = document.body.dataset;
    const label = input.labels && input.labels[0];
    if (label && !label.id) label.id = `${input.id}_label`;
    const describe = (helper) => { if (label) helper.setAttribute("aria-describedby", label.id); };
    const line = document.createElement("div");
    line.className = "date-line";
    input.replaceWith(line);
    line.append(input);

    const weekday = document.createElement("span");
    weekday.className = "date-weekday";
    const tell = () => {
      const day = parse(input.value);
      weekday.textContent = day ? day.toLocaleDateString("fr-BE", { weekday: "long" }) : "";
    };

    const write = (value) => {
      input.value = value;
      input.dispatchEvent(new Event("input", { bubbles: true }));
      input.dispatchEvent(new Event("change", { bubbles: true }));
    };

    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn btn-quiet date-open";
    button.setAttribute("aria-label", words.calendar);
    describe(button);
    const drawing = document.getElementById("calendar-drawing");
    if (drawing) button.append(drawing.content.cloneNode(true));
    // The browser's own calendar opens over an input that nobody sees or reaches: the button speaks for it.
    const native = document.createElement("input");
    native.type = "date";
    native.className = "date-native";
    native.tabIndex = -1;
    native.setAttribute("aria-hidden", "true");
    const place = document.createElement("span");
    place.className = "date-place";
    place.append(native, button);
    if (typeof native.showPicker === "function" && !input.disabled && !input.readOnly) {
      line.append(place);
      button.addEventListener("click", () => {
        const day = parse(input.value);
        native.value = day ? iso(day) : "";
        native.showPicker();
      });
      native.addEventListener("change", () => {
        const [year, month, date] = native.value.split("-").map(Number);
        if (year) write(french(new Date(year, month - 1, date)));
        input.focus();
      });
    }

    if (input.dataset.shortcuts) {
      const tools = document.createElement("span");
      tools.className = "date-tools";
      input.dataset.shortcuts.split(";").forEach((pair) => {
        const [text, value] = pair.split("=");
        const chip = document.createElement("button");
        chip.type = "button";
        chip.className = "chip";
        chip.textContent = text;
        describe(chip);
        chip.addEventListener("click", () => { write(value); input.focus(); });
        tools.append(chip);
      });
      line.append(tools);
    }
    line.append(weekday);
    input.addEventListener("input", tell);
    input.addEventListener("change", tell);
    tell();
  };

  const enhance = (root) => root.querySelectorAll("input[data-date-field]").forEach(enhanceDate);

  // --- htmx: say what changed, keep the focus where it was -----------------------------------------------------------------
  document.addEventListener("htmx:beforeRequest", (event) => event.detail.target.setAttribute("aria-busy", "true"));
  document.addEventListener("htmx:afterRequest", (event) => event.detail.target.removeAttribute("aria-busy"));
  document.addEventListener("htmx:afterSettle", (event) => {
    const part = event.detail.elt;
    enhance(part);
    if (focusSummary(part)) return;
    const spoken = part.matches("[data-announce]") ? part : part.querySelector("[data-announce]");
    if (spoken) announce(spoken.dataset.announce || spoken.textContent.trim());
  });
  const trouble = () => announce(document.body.dataset.trouble);
  document.addEventListener("htmx:sendError", trouble);
  document.addEventListener("htmx:responseError", trouble);

  // --- paper shows what the screen folds -----------------------------------------------------------------------------------
  let unfolded = [];
  window.addEventListener("beforeprint", () => {
    unfolded = [...document.querySelectorAll("details[data-print-open]:not([open])")];
    unfolded.forEach((details) => { details.open = true; });
  });
  window.addEventListener("afterprint", () => unfolded.forEach((details) => { details.open = false; }));
  document.addEventListener("click", (event) => { if (event.target.closest("[data-print]")) window.print(); });

  const start = () => {
    showShortcut();
    enhance(document);
    if (focusSummary(document)) return;
    const message = document.querySelector("[data-message]");
    if (message && message.getAttribute("role") === "status") announce(message.textContent.trim());
  };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
