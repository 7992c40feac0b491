/* The box of a heading ticks the rows of the page; without this file the box is not there. */

const boxes = (form) => [...form.querySelectorAll('input[type="checkbox"][name="d"]')];

const settle = (all) => {
  const rows = boxes(all.form);
  const ticked = rows.filter((box) => box.checked).length;
  const told = all.form.querySelector("[data-ticked]");
  if (told) told.textContent = ticked ? String(ticked) : "";
  all.checked = rows.length > 0 && ticked === rows.length;
  all.indeterminate = ticked > 0 && ticked < rows.length;
};

export const startTicks = (root) => {
  root.querySelectorAll("[data-tick-all]").forEach((all) => {
    if (!all.form) return;
    all.hidden = false;
    all.addEventListener("change", () => { boxes(all.form).forEach((box) => { box.checked = all.checked; }); settle(all); });
    all.form.addEventListener("change", () => settle(all));
    settle(all);
  });
};
