/* The palette: people, firms, jobs, pages and acts from one field, on Ctrl K or as soon as one writes in the search.
   The focus stays in the field; the arrows move the choice. What is asked and shown is the server's. */

import { isSingleKey } from "./shortcut.js";

const palette = document.querySelector("[data-palette]");
const field = palette?.querySelector("input[name=q]");
const form = palette?.querySelector("form");
// The words that what is shown answers; null while the answer is awaited.
let answered = null;
let opener = null;

const options = () => [...palette.querySelectorAll("[role=option]")];
const chosen = () => palette.querySelector("[role=option][aria-selected=true]");

const choose = (option) => {
  chosen()?.setAttribute("aria-selected", "false");
  if (!option) { field.removeAttribute("aria-activedescendant"); return; }
  option.setAttribute("aria-selected", "true");
  field.setAttribute("aria-activedescendant", option.id);
  option.scrollIntoView({ block: "nearest" });
};

const move = (step) => {
  const all = options();
  if (!all.length) return;
  const at = all.indexOf(chosen());
  choose(all[at < 0 ? (step > 0 ? 0 : all.length - 1) : (at + step + all.length) % all.length]);
};

const ask = () => window.htmx?.trigger(field, "palette");

export const openPalette = (words = "", from = document.activeElement) => {
  if (!palette || palette.open) return Boolean(palette);
  opener = from;
  field.value = words;
  answered = null;
  palette.showModal();
  field.setAttribute("aria-expanded", "true");
  field.focus();
  field.setSelectionRange(words.length, words.length);
  ask();
  return true;
};

if (palette) {
  palette.addEventListener("close", () => {
    field.setAttribute("aria-expanded", "false");
    choose(null);
    // Where one was, and nothing of what was typed is left on the page.
    palette.querySelector("[role=listbox]").replaceChildren();
    field.value = "";
    if (search) search.value = "";
    if (opener?.isConnected) opener.focus();
    opener = null;
  });

  palette.addEventListener("click", (event) => {
    // On the ground behind: the dialog itself is what was pressed, outside its own box.
    const box = palette.getBoundingClientRect();
    const outside = event.clientX < box.left || event.clientX > box.right || event.clientY < box.top || event.clientY > box.bottom;
    if (event.target.closest("[data-close]") || (event.target === palette && event.detail && outside)) palette.close();
  });

  field.addEventListener("input", () => { answered = null; choose(null); });
  field.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      move(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Escape") {
      // A search field empties itself first: one press is enough to leave.
      event.preventDefault();
      palette.close();
    } else if (event.key === "Enter") {
      event.preventDefault();
      const option = answered === field.value ? chosen() : null;
      if (option) option.click();
      // Faster than the answer, or nothing is chosen: the page of the results.
      else if (field.value.trim()) form.requestSubmit();
    }
  });

  palette.addEventListener("htmx:beforeRequest", (event) => { event.detail.xhr.asked = field.value; });
  palette.addEventListener("htmx:afterSwap", (event) => {
    answered = event.detail.xhr.asked;
    choose(field.value.trim() ? options()[0] : null);
    palette.querySelector("[data-palette-told]").textContent = palette.querySelector("[data-told]")?.textContent || "";
  });
}

document.addEventListener("keydown", (event) => {
  if (!palette || event.key.toLowerCase() !== "k" || event.altKey || event.shiftKey || !(event.ctrlKey || event.metaKey)) return;
  event.preventDefault();
  if (palette.open) palette.close(); else openPalette();
});

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-open-palette]");
  if (button && openPalette("", button)) event.preventDefault();
});

const search = palette && document.querySelector("[data-search]");
if (search) {
  // Said beforehand: writing here opens a list (WCAG 3.2.2).
  search.setAttribute("aria-haspopup", "dialog");
  search.setAttribute("aria-description", search.dataset.opensPalette);
  search.addEventListener("input", (event) => {
    if (!event.isComposing && search.value) openPalette(search.value, search);
  });
}

/* « ? » shows the keys; a page with keys of its own shows them itself. */
document.addEventListener("keydown", (event) => {
  if (event.key !== "?" || !isSingleKey(event) || document.querySelector("[data-keys-help], dialog[open]")) return;
  const help = document.querySelector("[data-keys-everywhere]");
  if (!help) return;
  event.preventDefault();
  help.showModal();
});
