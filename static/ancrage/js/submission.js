/* One submission per press. */

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.dataset.sending === "yes") {
    event.preventDefault();
    return;
  }
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
