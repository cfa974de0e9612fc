// Settings: shows those in force, and changes them. What other pages change arrives the same way.

import { withKey } from "./key.js";
import { byId } from "./words.js";

const FORBIDDEN = 403;

// What frames show of people, from all to nothing.
const STRICTNESS = ["none", "blur", "boxes"];

// What the service refuses, in words for visitors; its own are for programs.
const REFUSALS = {
  400: "That value is not taken. Nothing was changed.",
  403: "Changes are not taken from here, but only at the site itself. Nothing was changed.",
  privacy: "To show more of people, this site’s key is needed. Nothing was changed.",
  429: "Too many tries. Nothing was changed; try again in a minute.",
};

export class Settings extends EventTarget {
  current = { mode: "face" };
  #mode = document.querySelectorAll("input[name=mode]");
  #threshold = byId("threshold");
  #privacy = byId("privacy");
  #moving = false;
  #title = new Field(byId("title-field"));
  #own = new Field(byId("background-own"), "checked");
  #background = new Field(byId("background-field"));
  #notice;
  /** Who runs the site, named where a change is refused. */
  contact = null;

  constructor(notice) {
    super();
    this.#notice = notice;
    for (const input of this.#mode) {
      input.addEventListener("change", () => this.#change({ mode: input.value }));
    }
    this.#threshold.addEventListener("input", () => { this.#moving = true; this.#showThreshold(this.#threshold.value); });
    this.#threshold.addEventListener("change", () => this.#change({ threshold: Number(this.#threshold.value) }));
    this.#privacy.addEventListener("change", () => this.#change({ privacy: this.#privacy.value }));
    byId("appearance-form").addEventListener("submit", event => { event.preventDefault(); this.#apply(); });
    byId("appearance-reset").addEventListener("click", () => this.#change({ title: null, background: null }));
    byId("background-field").addEventListener("input", () => { byId("background-own").checked = true; });
  }

  show(settings) {
    this.current = settings;
    document.title = settings.title;
    byId("title").textContent = settings.title;
    const root = document.documentElement;
    root.style.setProperty("--bg", settings.background);
    root.style.setProperty("--fg", settings.background && settings.text);
    root.toggleAttribute("data-tint", settings.background !== null);
    if (settings.background) {
      root.dataset.tint = settings.text === "#000000" ? "light" : "dark";
    }
    for (const input of this.#mode) {
      input.checked = input.value === settings.mode;
    }
    this.#privacy.value = settings.privacy ?? "none";
    if (!this.#moving) {
      this.#threshold.value = settings.threshold;
      this.#showThreshold(settings.threshold);
    }
    this.#title.show(settings.title);
    this.#own.show(settings.background !== null);
    this.#background.show(settings.background ?? toHex(getComputedStyle(document.body).backgroundColor));
    this.dispatchEvent(new Event("change"));
  }

  #showThreshold(value) {
    const text = `${Math.round(value * 100)} %`;
    byId("threshold-value").textContent = text;
    this.#threshold.setAttribute("aria-valuetext", text);
  }

  /** Sends what was edited, and nothing else: the rest is not this visitor's to fix for everybody. */
  #apply() {
    const change = {};
    if (this.#title.edited) {
      change.title = this.#title.value;
    }
    if (this.#own.edited || (this.#own.value && this.#background.edited)) {
      change.background = this.#own.value ? this.#background.value : null;
    }
    if (Object.keys(change).length > 0) {
      this.#change(change);
    }
  }

  #loosens({ privacy }) {
    return privacy !== undefined && STRICTNESS.indexOf(privacy) < STRICTNESS.indexOf(this.current.privacy);
  }

  async #change(change) {
    let settings = this.current;
    try {
      const answer = await withKey(key => put(change, key));
      if (answer?.ok) {
        settings = await answer.json();
        this.#notice.hide();
      } else if (answer) {
        const problem = await answer.json().catch(() => ({}));
        const reason = problem.errors ? Object.values(problem.errors).flat().join(" ") : problem.detail;
        const forbidden = answer.status === FORBIDDEN;
        const contact = forbidden && this.contact ? ` This site is run by ${this.contact}.` : "";
        const refusal = REFUSALS[forbidden && this.#loosens(change) ? "privacy" : answer.status] ?? "The change was refused.";
        this.#notice.show(refusal + contact, reason);
      }
    } catch {
      this.#notice.show("The site does not answer. Nothing was changed.");
    }

    // Whatever the answer was, the controls show what holds: the next change must not bring back a refused one.
    this.#moving = false;
    for (const field of [this.#title, this.#own, this.#background]) {
      field.forget();
    }
    this.show(settings);
  }
}

/** A field of the form: what others change shows in it, unless it is being edited. */
class Field {
  #input;
  #key;
  #shown;

  constructor(input, key = "value") {
    this.#input = input;
    this.#key = key;
    this.#shown = this.value;
  }

  get value() {
    return this.#input[this.#key];
  }

  get edited() {
    return this.value !== this.#shown;
  }

  forget() {
    this.#shown = this.value;
  }

  show(value) {
    if (!this.edited) {
      this.#input[this.#key] = value;
      this.#shown = this.value;
    }
  }
}

function put(change, key) {
  return fetch("api/v1/settings", {
    method: "PUT",
    headers: { "Content-Type": "application/json", ...(key ? { "X-Api-Key": key } : {}) },
    body: JSON.stringify(change),
  });
}

function toHex(colour) {
  const parts = colour.match(/\d+/g) ?? [0, 0, 0];
  return "#" + parts.slice(0, 3).map(part => Number(part).toString(16).padStart(2, "0")).join("");
}
