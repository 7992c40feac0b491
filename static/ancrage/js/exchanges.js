/* Parts of a page that htmx replaces: say what changed, keep the focus where it was. */

import { announce } from "./announce.js";
import { enhanceChoices } from "./choosing.js";
import { enhance } from "./dates.js";
import { focusSummary } from "./errors.js";

document.addEventListener("htmx:beforeRequest", (event) => {
  if (!event.defaultPrevented) event.detail.target.setAttribute("aria-busy", "true");
});
document.addEventListener("htmx:afterRequest", (event) => event.detail.target.removeAttribute("aria-busy"));
document.addEventListener("htmx:afterSettle", (event) => {
  const part = event.detail.elt;
  enhance(part);
  enhanceChoices(part);
  if (focusSummary(part)) return;
  const spoken = part.matches("[data-announce]") ? part : part.querySelector("[data-announce]");
  if (spoken) announce(spoken.dataset.announce || spoken.textContent.trim());
});
const trouble = () => announce(document.body.dataset.trouble);
document.addEventListener("htmx:sendError", trouble);
document.addEventListener("htmx:responseError", trouble);
