// The site's key: asked for when a change needs it, and kept for this tab once the service has taken it.

import { byId } from "./words.js";

const STORED = "faceedge-key";
const UNAUTHORIZED = 401;

// As the service takes keys; others could not even be sent.
const FORM = /^[!-~]{8,256}$/;

let kept = null;

/**
 * Sends with the key that is kept, and with those that are typed until one is taken.
 * @param send Sends with a key, or with null.
 * @returns The answer; null when no key was given.
 */
export async function withKey(send) {
  let key = recall();
  let answer = await send(key);
  while (answer.status === UNAUTHORIZED) {
    keep(null);
    key = await ask(key ? "That key is not right. Try again." : "");
    if (key === null) {
      return null;
    }
    answer = await send(key);
  }
  if (key && answer.ok) {
    keep(key);
  }
  return answer;
}

function ask(fault) {
  const dialog = byId("key-dialog");
  const field = byId("key-field");
  const explain = text => {
    byId("key-error").textContent = text;
    field.toggleAttribute("aria-invalid", text !== "");
  };
  field.value = "";
  dialog.returnValue = "";
  dialog.showModal();
  explain(fault);
  const listening = new AbortController();
  const { signal } = listening;
  byId("key-cancel").addEventListener("click", () => dialog.close(), { signal });
  byId("key-form").addEventListener("submit", event => {
    field.value = field.value.trim();
    if (!FORM.test(field.value)) {
      event.preventDefault();
      explain("A key has at least 8 letters, digits and signs, none of them accented, and no spaces.");
      field.focus();
    }
  }, { signal });
  return new Promise(resolve => dialog.addEventListener("close", () => {
    listening.abort();
    resolve(dialog.returnValue === "use" ? field.value : null);
    field.value = "";
  }, { once: true }));
}

function recall() {
  try {
    kept ??= sessionStorage.getItem(STORED);
  } catch {
    // This browser keeps nothing for the page: the key is asked for again after a reload.
  }
  return kept !== null && FORM.test(kept) ? kept : null;
}

function keep(key) {
  kept = key;
  try {
    if (key === null) {
      sessionStorage.removeItem(STORED);
    } else {
      sessionStorage.setItem(STORED, key);
    }
  } catch {
    // As above.
  }
}
