/* Phrases of one's own go where the caret is; without this file they are there to be copied. */

const insert = (area, words) => {
  const before = area.value.slice(0, area.selectionStart);
  const after = area.value.slice(area.selectionEnd);
  const text = `${before && !/\s$/.test(before) ? " " : ""}${words}${after && !/^\s/.test(after) ? " " : ""}`;
  area.setRangeText(text, area.selectionStart, area.selectionEnd, "end");
  area.focus();
  area.dispatchEvent(new Event("input", { bubbles: true }));
};

document.querySelectorAll("[data-phrases] span[data-phrase]").forEach((phrase) => {
  const area = document.getElementById(phrase.parentElement.dataset.phrases);
  if (!area) return;
  const button = document.createElement("button");
  button.type = "button";
  button.className = phrase.className;
  button.textContent = phrase.textContent;
  button.addEventListener("click", () => insert(area, button.textContent));
  phrase.replaceWith(button);
});
