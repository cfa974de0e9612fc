// One message to whoever is at the page: in words for visitors, with what an engineer needs behind "Details".

const SHOWN_MS = 15000;

const byId = id => document.getElementById(id);

export class Notice {
  #timer = 0;

  constructor() {
    byId("notice-close").addEventListener("click", () => this.hide());
  }

  /**
   * @param text For visitors.
   * @param reason For engineers; null where there is no more to say.
   * @param stay Until it is closed.
   */
  show(text, reason = null, stay = false) {
    byId("notice").hidden = false;
    byId("notice-text").textContent = text;
    byId("notice-reason").textContent = reason ?? "";
    byId("notice-details").hidden = !reason;
    byId("notice-details").open = false;
    clearTimeout(this.#timer);
    if (!stay) {
      this.#timer = setTimeout(() => this.#fade(), SHOWN_MS);
    }
  }

  hide() {
    clearTimeout(this.#timer);
    byId("notice").hidden = true;
  }

  /** Not while somebody reads it. */
  #fade() {
    if (byId("notice").matches(":hover, :focus-within") || byId("notice-details").open) {
      this.#timer = setTimeout(() => this.#fade(), SHOWN_MS);
    } else {
      this.hide();
    }
  }
}
