// One message to whoever is at the page: in words for visitors, with what an engineer needs behind "Details". It stays until it is closed
// or over.

import { byId } from "./words.js";

export class Notice {
  #before = null;

  constructor() {
    byId("notice-close").addEventListener("click", () => { this.hide(); this.#before.focus({ preventScroll: true }); });
  }

  /**
   * @param text For visitors.
   * @param reason For engineers; null where there is no more to say.
   */
  show(text, reason = null) {
    const { activeElement } = document;
    this.#before = byId("notice").contains(activeElement) ? this.#before : activeElement;
    byId("notice").hidden = false;
    byId("notice-text").textContent = text;
    byId("notice-reason").textContent = reason;
    byId("notice-details").hidden = !reason;
    byId("notice-details").open = false;
  }

  hide() {
    byId("notice").hidden = true;
  }
}
