/* Paper shows what the screen folds. */

let unfolded = [];
window.addEventListener("beforeprint", () => {
  unfolded = [...document.querySelectorAll("details[data-print-open]:not([open])")];
  unfolded.forEach((details) => { details.open = true; });
});
window.addEventListener("afterprint", () => unfolded.forEach((details) => { details.open = false; }));
document.addEventListener("click", (event) => { if (event.target.closest("[data-print]")) window.print(); });
