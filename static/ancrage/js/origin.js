/* A case leads back to the page that it was opened from, filters and all; each tab of the browser has its own. */

const FILE = /^\/dossiers\/[0-9a-f-]{36}\//;
const CAME_FROM = "ancrage-came-from";
const inFile = (path) => FILE.test(path);

const leave = (event) => {
  const link = event.target.closest("a[href]");
  if (!link || inFile(window.location.pathname)) return;
  if (link.origin !== window.location.origin || !inFile(link.pathname)) return;
  const heading = document.querySelector("h1");
  const from = { url: window.location.pathname + window.location.search, words: heading ? heading.textContent.trim() : "" };
  // A browser may refuse to keep anything: the link then leads to the list, as it stands in the page.
  try { window.sessionStorage.setItem(CAME_FROM, JSON.stringify(from)); } catch { /* the plain link */ }
};
document.addEventListener("click", leave);

const came = () => {
  try { return JSON.parse(window.sessionStorage.getItem(CAME_FROM)); } catch { return null; }
};

export const showOrigin = () => {
  const link = document.querySelector("[data-origin]");
  const from = link && came();
  if (!from || !from.words || !from.url.startsWith("/") || from.url.startsWith("//")) return;
  link.href = from.url;
  link.querySelector("[data-origin-words]").textContent = from.words;
};
