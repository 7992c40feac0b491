/* A warning before typed words are lost. */

const dirty = new Set();

document.addEventListener("input", (event) => {
  const form = event.target.closest("form[data-guard]");
  if (form && (form.method || "").toLowerCase() === "post") dirty.add(form);
});

// A second press, which submission.js holds back, says nothing of what was typed since the first.
document.addEventListener("submit", (event) => {
  if (event.target.dataset.sending !== "yes") dirty.delete(event.target);
});

window.addEventListener("beforeunload", (event) => {
  const waiting = [...dirty].some((form) => form.isConnected && !form.hasAttribute("data-saved"));
  if (waiting) event.preventDefault();
});
