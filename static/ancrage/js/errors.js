/* Errors of a form: the summary takes the focus; its links lead to the field itself. */

export const focusSummary = (root) => {
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
