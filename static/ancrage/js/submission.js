/* One submission per press, and none into a network that does not answer: the page stays, with its words. */

// Long enough for a slow telephone, short enough for somebody who waits.
const PATIENCE = 6000;
const reached = new WeakSet();

const release = (form) => {
  delete form.dataset.sending;
  form.querySelectorAll("[aria-busy='true']").forEach((button) => {
    button.removeAttribute("aria-busy");
    button.removeAttribute("aria-disabled");
  });
};

const answers = async () => {
  const stop = new AbortController();
  const timer = window.setTimeout(() => stop.abort(), PATIENCE);
  try {
    return (await fetch("/livez", { cache: "no-store", signal: stop.signal })).ok;
  } catch {
    return false;
  } finally {
    window.clearTimeout(timer);
  }
};

const say = (form, words) => {
  let line = form.querySelector(".no-network");
  if (!line) {
    line = document.createElement("p");
    line.className = "no-network";
    line.setAttribute("role", "alert");
    (form.querySelector(".form-actions") || form).append(line);
  }
  line.textContent = words;
  line.hidden = !words;
};

// Words are lost by a plain submission that meets no server: the browser puts its own page in their place.
const sendWhenReached = async (form, button) => {
  const there = await answers();
  release(form);
  if (!form.isConnected) return;
  if (!there) {
    say(form, document.body.dataset.noNetwork);
    return;
  }
  say(form, "");
  reached.add(form);
  if (button?.isConnected) form.requestSubmit(button);
  else form.requestSubmit();
};

const busy = (form, button) => {
  form.dataset.sending = "yes";
  // After this turn, so that the button's own name and value are sent with the form.
  window.setTimeout(() => {
    if (!button || form.dataset.sending !== "yes") return;
    button.setAttribute("aria-busy", "true");
    button.setAttribute("aria-disabled", "true");
  }, 0);
};

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.dataset.sending === "yes") {
    event.preventDefault();
    return;
  }
  if (form.matches("[hx-post], [hx-get], [hx-put]")) return;
  if ((form.method || "").toLowerCase() !== "post") return;
  busy(form, event.submitter);
  if (!form.matches("[data-guard]")) return;
  if (reached.delete(form)) return;
  event.preventDefault();
  sendWhenReached(form, event.submitter);
});

window.addEventListener("online", () => {
  document.querySelectorAll(".no-network:not([hidden])").forEach((line) => {
    line.textContent = document.body.dataset.networkBack;
  });
});

window.addEventListener("pageshow", () => {
  document.querySelectorAll("form[data-sending]").forEach(release);
  document.querySelectorAll("button[aria-busy='true']").forEach((button) => {
    button.removeAttribute("aria-busy");
    button.removeAttribute("aria-disabled");
  });
});
