/* Smoothness only: every page works without these files. No framework, no inline code. */

import { announce } from "./announce.js";
import { enhanceChoices } from "./choosing.js";
import "./counting.js";
import { enhance } from "./dates.js";
import { focusSummary } from "./errors.js";
import "./exchanges.js";
import "./menus.js";
import "./printing.js";
import { showOrigin, showPlace } from "./origin.js";
import "./numbers.js";
import "./palette.js";
import "./rows.js";
import { showShortcut } from "./shortcut.js";
import { showCurrentTab } from "./tabs.js";
import { startTicks } from "./ticks.js";
// In this order: what was typed is let go once the submission really goes.
import "./submission.js";
import "./unsaved.js";

const start = () => {
  showShortcut();
  showOrigin();
  showPlace();
  showCurrentTab(document);
  enhance(document);
  enhanceChoices(document);
  startTicks(document);
  if (focusSummary(document)) return;
  const message = document.querySelector("[data-message]");
  if (message && message.getAttribute("role") === "status") announce(message.textContent.trim());
};

start();
