/* Smoothness only: every page works without these files. No framework, no inline code. */

import { announce } from "./announce.js";
import { enhanceChoices } from "./choosing.js";
import { enhance } from "./dates.js";
import { focusSummary } from "./errors.js";
import { startDrafts } from "./drafts.js";
import "./exchanges.js";
import "./menus.js";
import "./printing.js";
import { showOrigin } from "./origin.js";
import "./palette.js";
import { showShortcut } from "./shortcut.js";
// In this order: the first submission is marked as sent once the words typed for it are let go.
import "./unsaved.js";
import "./submission.js";

const start = () => {
  showShortcut();
  showOrigin();
  enhance(document);
  enhanceChoices(document);
  startDrafts(document);
  if (focusSummary(document)) return;
  const message = document.querySelector("[data-message]");
  if (message && message.getAttribute("role") === "status") announce(message.textContent.trim());
};

start();
