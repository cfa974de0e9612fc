// Settings: shows those in force, and changes them. What other pages change arrives the same way.

const KEY = "faceedge-key";

export class Settings {
  #mode = document.querySelectorAll("input[name=mode]");
  #threshold = document.getElementById("threshold");
  #thresholdValue = document.getElementById("threshold-value");
  #title = document.getElementById("title-field");
  #background = document.getElementById("background-field");
  #notify;

  constructor(notify) {
    this.#notify = notify;
    for (const input of this.#mode) {
      input.addEventListener("change", () => this.#change({ mode: input.value }));
    }
    this.#threshold.addEventListener("input", () => this.#showThreshold(this.#threshold.value));
    this.#threshold.addEventListener("change", () => this.#change({ threshold: Number(this.#threshold.value) }));
    document.getElementById("appearance-form").addEventListener("submit", event => {
      event.preventDefault();
      this.#change({ title: this.#title.value, background: this.#background.value });
    });
    document.getElementById("appearance-reset").addEventListener("click", () => this.#change({ title: null, background: null }));
  }

  current = { mode: "face" };

  show(settings) {
    this.current = settings;
    document.title = settings.title;
    document.getElementById("title").textContent = settings.title;
    const root = document.documentElement;
    if (settings.background) {
      root.style.setProperty("--bg", settings.background);
      root.style.setProperty("--fg", settings.text);
      root.dataset.tint = settings.text === "#000000" ? "light" : "dark";
    } else {
      root.style.removeProperty("--bg");
      root.style.removeProperty("--fg");
      delete root.dataset.tint;
    }
    for (const input of this.#mode) {
      input.checked = input.value === settings.mode;
    }
    if (document.activeElement !== this.#threshold) {
      this.#threshold.value = settings.threshold;
    }
    this.#showThreshold(settings.threshold);
    if (!document.getElementById("appearance-form").contains(document.activeElement)) {
      this.#title.value = settings.title;
      this.#background.value = settings.background ?? toHex(getComputedStyle(document.body).backgroundColor);
    }
  }

  #showThreshold(value) {
    this.#thresholdValue.textContent = Number(value).toFixed(2);
  }

  async #change(change) {
    try {
      const answer = await this.#put(change);
      if (answer.ok) {
        this.show(await answer.json());
        return;
      }
      const problem = await answer.json().catch(() => ({}));
      this.#notify(problem.errors ? Object.values(problem.errors).flat().join(" ") : problem.detail ?? "The change was refused.");
    } catch {
      this.#notify("The service does not answer; nothing was changed.");
    }
    this.show(this.current);
  }

  async #put(change) {
    const send = () => {
      const key = sessionStorage.getItem(KEY);
      return fetch("api/v1/settings", {
        method: "PUT",
        headers: { "Content-Type": "application/json", ...(key ? { "X-Api-Key": key } : {}) },
        body: JSON.stringify(change),
      });
    };
    let answer = await send();
    while (answer.status === 401) {
      const key = await askForKey();
      if (!key) {
        break;
      }
      sessionStorage.setItem(KEY, key);
      answer = await send();
    }
    return answer;
  }
}

function askForKey() {
  sessionStorage.removeItem(KEY);
  const dialog = document.getElementById("key-dialog");
  const field = document.getElementById("key-field");
  field.value = "";
  dialog.returnValue = "cancel";
  dialog.showModal();
  return new Promise(resolve => dialog.addEventListener(
    "close", () => resolve(dialog.returnValue === "use" ? field.value : null), { once: true }));
}

function toHex(colour) {
  const parts = colour.match(/\d+/g) ?? [0, 0, 0];
  return "#" + parts.slice(0, 3).map(part => Number(part).toString(16).padStart(2, "0")).join("");
}
