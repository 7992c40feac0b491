/* A case leads back to the page that it was opened from, filters, place and all; each tab of the browser has its own. */

const FILE = /^\/dossiers\/[0-9a-f-]{36}\//;
const CAME_FROM = "ancrage-came-from";
const PLACE = "ancrage-place";
const inFile = (path) => FILE.test(path);

const leave = (event) => {
  const link = event.target.closest("a[href]");
  if (!link || inFile(window.location.pathname)) return;
  if (link.origin !== window.location.origin || !inFile(link.pathname)) return;
  const heading = document.querySelector("h1");
  const from = { url: window.location.pathname + window.location.search, words: heading ? heading.textContent.trim() : "", y: window.scrollY };
  // A browser may refuse to keep anything: the link then leads to the list, as it stands in the page.
  try { window.sessionStorage.setItem(CAME_FROM, JSON.stringify(from)); } catch { /* the plain link */ }
};
document.addEventListener("click", leave);

const came = () => {
  try { return JSON.parse(window.sessionStorage.getItem(CAME_FROM)); } catch { return null; }
};

// A link opens a page at its top: whoever goes back by it wants the line that they left.
export const showPlace = () => {
  try {
    const place = JSON.parse(window.sessionStorage.getItem(PLACE));
    window.sessionStorage.removeItem(PLACE);
    if (place && place.url === window.location.pathname + window.location.search) window.scrollTo(0, place.y);
  } catch { /* the top of the page */ }
};

export const showOrigin = () => {
  const link = document.querySelector("[data-origin]");
  const from = link && came();
  if (!from || !from.words || !from.url.startsWith("/") || from.url.startsWith("//")) return;
  link.href = from.url;
  link.querySelector("[data-origin-words]").textContent = from.words;
  link.addEventListener("click", () => {
    try { window.sessionStorage.setItem(PLACE, JSON.stringify({ url: from.url, y: from.y || 0 })); } catch { /* its top */ }
  });
};
