/* Who is written of: those of the day, and anybody else whom one carries, found by a few letters without network. */

import { button, made, part, show } from "./parts.js";

const SHOWN = 8;
const plain = (text) => text.normalize("NFD").replace(/[\u0300-\u036f.\s-]/g, "").toLowerCase();

/* Each word typed begins a part of the name; initials may be typed in one go. */
const answers = (row, typed) => {
  const parts = row.name.split(/[\s-]+/).map(plain);
  return plain(row.name).startsWith(plain(typed))
    || typed.trim().split(/\s+/).every((word) => parts.some((one) => one.startsWith(plain(word))));
};

const line = (row, choose) => {
  const item = made("li", "", "road-row");
  const press = button("", () => choose(row), "road-who");
  press.append(made("b", `${row.at} ${row.name}`.trim()), made("span", [row.hint, row.address].filter(Boolean).join(", "), "muted small"));
  item.append(press);
  if (row.phone) {
    const call = made("a", row.phone, "road-call");
    call.href = `tel:${row.phone.replaceAll(" ", "")}`;
    item.append(call);
  }
  return item;
};

export const showDay = (day, choose) => {
  part("rows").replaceChildren(...day.rows.map((row) => line(row, choose)));
  show("empty", !day.rows.length);
  const search = part("search");
  const people = day.people ?? [];
  const find = () => {
    const found = people.filter((row) => answers(row, search.value));
    part("people").replaceChildren(...found.slice(0, SHOWN).map((row) => line(row, choose)));
    show("nobody", !found.length);
    show("more", found.length > SHOWN);
  };
  search.oninput = find;
  find();
  show("others", people.length > 0);
};
