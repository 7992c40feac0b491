/* Words said instead of typed, by the browser where it can; whoever made it may hear them. */

import { part, show, words } from "./parts.js";

const Recognition = window.SpeechRecognition ?? window.webkitSpeechRecognition;
let listening = null;

export const insert = (area, text) => {
  const before = area.value.slice(0, area.selectionStart);
  const after = area.value.slice(area.selectionEnd);
  area.setRangeText(
    `${before && !/\s$/.test(before) ? " " : ""}${text}${after && !/^\s/.test(after) ? " " : ""}`,
    area.selectionStart, area.selectionEnd, "end",
  );
};

export const stopDictation = () => listening?.stop();

export const offerDictation = (area, allowed) => {
  const press = part("dictate");
  const offered = Boolean(allowed && Recognition);
  press.toggleAttribute("hidden", !offered);
  show("voice", offered);
  if (!offered) return;
  press.onclick = () => {
    if (listening) return stopDictation();
    const heard = new Recognition();
    heard.lang = { fr: "fr-BE", nl: "nl-BE", de: "de-DE" }[document.documentElement.lang.slice(0, 2)] ?? "fr-BE";
    heard.continuous = true;
    heard.onresult = (event) => {
      for (const result of [...event.results].slice(event.resultIndex)) if (result.isFinal) insert(area, result[0].transcript.trim());
    };
    heard.onerror = () => { part("state").textContent = words("not_heard"); };
    heard.onend = () => {
      listening = null;
      press.setAttribute("aria-pressed", "false");
    };
    listening = heard;
    press.setAttribute("aria-pressed", "true");
    return heard.start();
  };
};
