/* A conflict: what is only to be known, then each field of a talk written twice, chosen by itself. */

import { button, made, words } from "./parts.js";

const told = (lines) => {
  const list = made("dl", "", "road-told");
  lines.forEach((line) => {
    list.append(made("dt", line.label));
    [["theirs", line.theirs], ["typed", line.typed]].forEach(([name, text]) => {
      const said = made("dd", "");
      said.append(made("span", words(name), "muted small"), made("span", text));
      list.append(said);
    });
  });
  return list;
};

const choice = (field, pick, text) => {
  const label = made("label", "", "road-pick");
  const radio = document.createElement("input");
  Object.assign(radio, { type: "radio", name: `pick_${field.name}`, value: pick, required: true });
  radio.className = "form-check-input";
  const said = made("span", "");
  said.append(made("b", words(pick), "small"), made("span", text));
  label.append(radio, said);
  return label;
};

const fieldByField = (entry, merge) => {
  const form = made("form", "", "road-fields");
  entry.same.fields.forEach((field) => {
    const group = made("fieldset", "", "field");
    group.append(made("legend", field.label, "form-label"));
    group.append(choice(field, "theirs", field.theirs || "–"), choice(field, "typed", field.typed || "–"));
    if (field.name === "summary" && field.theirs && field.typed) group.append(choice(field, "both", words("both_words")));
    form.append(group);
  });
  const send = made("button", words("merge"), "btn btn-primary");
  send.type = "submit";
  form.append(send);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    merge(Object.fromEntries(new FormData(form)));
  });
  return form;
};

/* Acts: merge with the picks, record apart, keep what the server has. */
export const conflict = (entry, { merge, apart, drop }) => {
  const box = made("div", "", "road-conflict");
  if (entry.told?.length) box.append(told(entry.told));
  if (entry.same) {
    box.append(made("p", words("same")));
    if (entry.same.fields.length) box.append(fieldByField(entry, merge));
    else box.append(button(words("merge"), () => merge({}), "btn btn-primary"));
  }
  const acts = made("p", "", "road-acts");
  acts.append(button(words("apart"), apart, "btn btn-secondary"), button(words("drop"), drop));
  box.append(acts);
  return box;
};
