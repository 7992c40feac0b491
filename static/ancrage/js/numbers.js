/* What identifies somebody, typed into the filter of a list, is sent to the search: no address ever holds it. */

const CONTROL = 97;

const isEnterprise = (digits) => digits.length === 10 && /^[01]/.test(digits) && CONTROL - (Number(digits.slice(0, 8)) % CONTROL) === Number(digits.slice(8));

const isPersonal = (typed) => {
  if (/^\S+@\S+$/.test(typed)) return true;
  const digits = typed.replace(/\D/g, "");
  if (digits.length === 11) return true;
  return /^[\d\s./\-_()+]+$/.test(typed) && digits.length >= 9 && /^[+(]?[0+]/.test(typed) && !isEnterprise(digits);
};

document.addEventListener("submit", (event) => {
  const field = event.target.method === "get" && event.target.querySelector('input[name="q"]');
  const search = document.getElementById("palette-form");
  if (!field || !search || !isPersonal(field.value.trim())) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  search.elements.q.value = field.value.trim();
  field.value = "";
  search.submit();
}, true);
