/* Loaded by the page of a contact. A draft is sent when words changed, and never once its form is on its way. */

const kept = new WeakMap();
const sent = new WeakMap();

const words = (form) => {
  const typed = new FormData(form);
  ["csrfmiddlewaretoken", "ouverture", "submission_id"].forEach((name) => typed.delete(name));
  return new URLSearchParams(typed).toString();
};
const formOf = (event) => event.detail.elt.closest("form");
const isDraft = (event) => event.detail.elt.matches("[data-draft]");

document.querySelectorAll("[data-draft]").forEach((line) => {
  const form = line.closest("form");
  if (form && line.dataset.draft !== "unsaved") kept.set(form, words(form));
});

document.addEventListener("htmx:beforeRequest", (event) => {
  if (!isDraft(event)) return;
  const form = formOf(event);
  if (form.dataset.sending === "yes" || kept.get(form) === words(form)) event.preventDefault();
  else sent.set(form, words(form));
});
document.addEventListener("htmx:afterRequest", (event) => {
  if (isDraft(event) && event.detail.successful) kept.set(formOf(event), sent.get(formOf(event)));
});
document.addEventListener("submit", (event) => {
  if (event.defaultPrevented) return;
  const line = event.target.querySelector("[data-draft]");
  if (line) window.htmx.trigger(line, "htmx:abort");
});
