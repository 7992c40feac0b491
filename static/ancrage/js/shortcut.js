/* The « / » key leads to the search; single keys can be switched off, for every browser of a person (WCAG 2.1.4). */

export const keysAct = () => document.body.dataset.singleKeys !== "off";
/** Whether a key that was pressed is one to act on: alone, and not typed into something. */
export const isSingleKey = (event) => keysAct() && !event.ctrlKey && !event.metaKey && !event.altKey
  && !event.defaultPrevented && !event.target.closest("input, textarea, select, [contenteditable]");

export const showShortcut = () => document.documentElement.classList.toggle("no-shortcut", !keysAct());

document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || !isSingleKey(event)) return;
  const search = document.querySelector("[data-search]");
  if (!search) return;
  event.preventDefault();
  search.focus();
  search.select();
});
