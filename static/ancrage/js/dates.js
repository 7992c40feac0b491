/* Dates: a calendar beside the text, the weekday in words, shortcuts. */

const parse = (typed) => {
  const found = /^\s*(\d{1,2})[./\- ](\d{1,2})[./\- ](\d{4})\s*$/.exec(typed);
  if (!found) return null;
  const day = new Date(Number(found[3]), Number(found[2]) - 1, Number(found[1]));
  return day.getMonth() === Number(found[2]) - 1 ? day : null;
};
const pad = (number) => String(number).padStart(2, "0");
const french = (day) => `${pad(day.getDate())}/${pad(day.getMonth() + 1)}/${day.getFullYear()}`;
const iso = (day) => `${day.getFullYear()}-${pad(day.getMonth() + 1)}-${pad(day.getDate())}`;

const enhanceDate = (input) => {
  if (input.dataset.enhanced) return;
  input.dataset.enhanced = "yes";
  const words = document.body.dataset;
  const label = input.labels?.[0];
  if (label && !label.id) label.id = `${input.id}_label`;
  const describe = (helper) => { if (label) helper.setAttribute("aria-describedby", label.id); };
  const line = document.createElement("div");
  line.className = "date-line";
  input.replaceWith(line);
  line.append(input);

  const weekday = document.createElement("span");
  weekday.className = "date-weekday";
  const tell = () => {
    const day = parse(input.value);
    weekday.textContent = day ? day.toLocaleDateString(document.documentElement.lang || "fr-BE", { weekday: "long" }) : "";
  };

  const write = (value) => {
    input.value = value;
    input.dispatchEvent(new Event("input", { bubbles: true }));
    input.dispatchEvent(new Event("change", { bubbles: true }));
  };

  const button = document.createElement("button");
  button.type = "button";
  button.className = "btn btn-quiet date-open";
  button.setAttribute("aria-label", words.calendar);
  describe(button);
  const drawing = document.getElementById("calendar-drawing");
  if (drawing) button.append(drawing.content.cloneNode(true));
  // The browser's own calendar opens over an input that nobody sees or reaches: the button speaks for it.
  const native = document.createElement("input");
  native.type = "date";
  native.className = "date-native";
  native.tabIndex = -1;
  native.setAttribute("aria-hidden", "true");
  const place = document.createElement("span");
  place.className = "date-place";
  place.append(native, button);
  if (typeof native.showPicker === "function" && !input.disabled && !input.readOnly) {
    line.append(place);
    button.addEventListener("click", () => {
      const day = parse(input.value);
      native.value = day ? iso(day) : "";
      native.showPicker();
    });
    native.addEventListener("change", () => {
      const [year, month, date] = native.value.split("-").map(Number);
      if (year) write(french(new Date(year, month - 1, date)));
      input.focus();
    });
  }

  if (input.dataset.shortcuts) {
    const tools = document.createElement("span");
    tools.className = "date-tools";
    input.dataset.shortcuts.split(";").forEach((pair) => {
      const [text, value] = pair.split("=");
      const chip = document.createElement("button");
      chip.type = "button";
      chip.className = "chip";
      chip.textContent = text;
      describe(chip);
      chip.addEventListener("click", () => { write(value); input.focus(); });
      tools.append(chip);
    });
    line.append(tools);
  }
  line.append(weekday);
  input.addEventListener("input", tell);
  input.addEventListener("change", tell);
  tell();
};

export const enhance = (root) => root.querySelectorAll("input[data-date-field]").forEach(enhanceDate);
