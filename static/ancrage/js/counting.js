/* A text that is too long is told while one writes, and never cut. */

const french = new Intl.NumberFormat("fr-BE");

const told = (field) => {
  const known = document.getElementById(`${field.id}_trop`);
  if (known) return known;
  const line = document.createElement("p");
  line.id = `${field.id}_trop`;
  line.className = "too-long";
  line.setAttribute("role", "status");
  field.after(line);
  field.setAttribute("aria-describedby", `${field.getAttribute("aria-describedby") || ""} ${line.id}`.trim());
  return line;
};

const count = (field) => {
  // A line break is sent as two characters, and kept as one.
  const over = field.value.length - Number(field.dataset.most);
  if (over <= 0 && !document.getElementById(`${field.id}_trop`)) return;
  const words = document.body.dataset;
  told(field).textContent = over > 0 ? `${french.format(over)} ${over > 1 ? words.tooMany : words.oneTooMany}` : "";
  if (over > 0) field.setAttribute("aria-invalid", "true");
  else if (!field.classList.contains("is-invalid")) field.removeAttribute("aria-invalid");
};

document.addEventListener("input", (event) => {
  if (event.target.matches("[data-most]")) count(event.target);
});
