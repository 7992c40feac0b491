/* A warning before typed words are lost. */

const dirty = new Set();

document.addEventListener("input", (event) => {
  const form = event.target.closest("form[data-guard]");
  if (form && (form.method || "").toLowerCase() === "post") dirty.add(form);
});

// What was sent to write down a firm on the way is in the page again, and nowhere else.
document.querySelectorAll("form[data-guard] :is(.choosing-sheet, .choosing-made)").forEach((part) => dirty.add(part.closest("form")));

// Once submission.js has let it go: a press that it holds back says nothing of what was typed.
document.addEventListener("submit", (event) => {
  if (!event.defaultPrevented) dirty.delete(event.target);
});

window.addEventListener("beforeunload", (event) => {
  const waiting = [...dirty].some((form) => form.isConnected && !form.hasAttribute("data-saved"));
  if (waiting) event.preventDefault();
});
