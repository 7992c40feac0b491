/* The « / » shortcut leads to the search; it can be switched off (WCAG 2.1.4). */

const SHORTCUT = "ancrage-shortcut";
// A browser may refuse to keep anything: the choice then lasts as long as the page.
let refused = "";
const recall = () => { try { return window.localStorage.getItem(SHORTCUT); } catch { return refused; } };
const keep = (value) => { try { window.localStorage.setItem(SHORTCUT, value); } catch { refused = value; } };
const shortcutOn = () => recall() !== "off";
export const showShortcut = () => {
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
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || !shortcutOn()) return;
  if (event.target.closest("input, textarea, select, [contenteditable]")) return;
  const search = document.querySelector("[data-search]");
  if (!search) return;
  event.preventDefault();
  search.focus();
  search.select();
});
