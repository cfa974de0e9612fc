// The view for a screen on a wall: the cameras, and below them count, state and clock, large enough to be read from three metres.

import { byId, clockOf, dayOf, say } from "./words.js";

const IDLE_MS = 3000;

export class Wall {
  #view;
  #lock = null;
  #idle = 0;

  constructor(view) {
    this.#view = view;
    byId("wall").addEventListener("click", () => this.#open());
    byId("wall-leave").addEventListener("click", () => view.showWall(false));
    for (const type of ["pointermove", "pointerdown", "keydown"]) {
      addEventListener(type, () => this.#wake(), { passive: true });
    }
    document.addEventListener("visibilitychange", () => this.#keepAwake());
  }

  /** Follows the view. */
  show() {
    const { wall } = this.#view;
    const { activeElement } = document;
    document.body.toggleAttribute("data-wall", wall);
    byId("wall-bar").hidden = !wall;
    byId("bar").hidden = wall;
    for (const id of ["top", "controls", "more"]) {
      byId(id).inert = wall;
    }
    if (!wall && document.fullscreenElement) {
      document.exitFullscreen();
    }
    if (activeElement === byId("wall") && wall) {
      byId("wall-leave").focus();
    } else if (activeElement === byId("wall-leave") && !wall) {
      byId("wall").focus();
    }
    this.#keepAwake();
    this.#wake();
  }

  /** @param faces The count, as the page shows it. */
  tell({ faces, label, state, text, title }) {
    const now = new Date();
    for (const [id, words] of Object.entries({
      "wall-faces": faces, "wall-label": label, "wall-text": text, "wall-title": title, clock: clockOf(now), date: dayOf(now),
    })) {
      say(byId(id), words);
    }
    byId("clock").dateTime = now.toTimeString().slice(0, 5);
    byId("wall-status").dataset.state = state;
  }

  /** A browser that offers no full screen shows the same within its window. */
  #open() {
    document.documentElement.requestFullscreen?.().catch(() => { });
    this.#view.showWall(true);
  }

  #wake() {
    document.body.toggleAttribute("data-idle", false);
    clearTimeout(this.#idle);
    if (this.#view.wall) {
      this.#idle = setTimeout(() => document.body.toggleAttribute("data-idle", true), IDLE_MS);
    }
  }

  /** Browsers grant it to pages over https or on localhost; elsewhere the screen's own setting decides. */
  async #keepAwake() {
    if (this.#view.wall && document.visibilityState === "visible") {
      this.#lock ??= await navigator.wakeLock?.request("screen").catch(() => null) ?? null;
      this.#lock?.addEventListener("release", () => { this.#lock = null; }, { once: true });
    } else {
      this.#lock?.release();
    }
  }
}
