/* The pieces of the page of the road: its parts, its words, what is made of them. */

export const page = document.querySelector("[data-road]");
export const part = (name) => page.querySelector(`[data-part="${name}"]`);
export const show = (name, shown) => part(name).toggleAttribute("hidden", !shown);

const template = page.querySelector("[data-words]").content;
export const words = (name) => template.querySelector(`[data-word="${name}"]`).textContent.trim();

export const made = (tag, text, className) => {
  const element = document.createElement(tag);
  element.textContent = text ?? "";
  if (className) element.className = className;
  return element;
};

export const button = (text, act, className = "btn btn-quiet btn-sm") => {
  const pressed = made("button", text, className);
  pressed.type = "button";
  pressed.addEventListener("click", act);
  return pressed;
};
