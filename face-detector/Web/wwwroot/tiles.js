// One tile a camera: its frames on a canvas, its name, what is found and what is wrong. The last one stays whatever happens.

import { byId, facesIn, momentOf, say, stampOf } from "./words.js";
import { Zoom } from "./zoom.js";

const RATE_MS = 4000;

// A frame that was made narrower has the shape of the camera's but for a rounded pixel.
const SAME_SHAPE = 0.01;

export class Tile {
  name;
  element = byId("tile").content.firstElementChild.cloneNode(true);
  canvas = this.element.querySelector("canvas");
  /** Chooses this camera, and goes back to all of them. */
  link = this.element.querySelector(".pick");
  drawn = 0;
  faces = 0;
  /** Frames drawn a second. */
  rate = 0;
  /** From the frame's arrival at the service to its drawing here, in milliseconds; 0 where it is not measured. */
  deliveryLatency = 0;
  #caption = {};
  #context = this.canvas.getContext("2d", { alpha: false });
  #zoom;
  #history = [];
  #shape = 16 / 9;
  #reshaped;

  /** @param reshaped Called when frames of another shape come. */
  constructor(name, reshaped) {
    this.name = name;
    this.#reshaped = reshaped;
    const find = selector => this.element.querySelector(selector);
    for (const part of ["name", "told", "count", "pace"]) {
      this.#caption[part] = find(`.${part}`);
    }
    this.#caption.name.textContent = name;
    this.canvas.setAttribute("aria-label", `Live: ${name}`);
    const out = find(".zoom-out");
    const enlarge = find(".zoom-in");
    this.#zoom = new Zoom(find(".view"), this.canvas, scale => { out.disabled = scale === 1; });
    out.disabled = true;
    out.addEventListener("click", () => this.#zoom.reduce());
    enlarge.addEventListener("click", () => this.#zoom.enlarge());
    this.element.addEventListener("keydown", event => {
      if (this.#zoom.on && !event.ctrlKey && !event.metaKey && !event.altKey && this.#zoom.press(event.key)) {
        event.preventDefault();
      }
    });
    const save = find(".save");
    save.href = `cameras/${encodeURIComponent(name)}/snapshot.jpg`;
    save.addEventListener("click", () => { save.download = `${name}-${stampOf(new Date())}.jpg`; });
  }

  /** Width over height. */
  get shape() {
    return this.#shape;
  }

  get live() {
    return this.element.dataset.state === "live";
  }

  /** Alone in view: it can be zoomed and saved. */
  set alone(alone) {
    this.element.toggleAttribute("data-alone", alone);
    this.#zoom.on = alone;
    if (!alone) {
      this.#zoom.reset();
    }
  }

  /** A frame's size in pixels, which the service tells before the first frame comes. */
  expect(width, height) {
    if (width > 0 && height > 0 && Math.abs(width / height / this.#shape - 1) > SAME_SHAPE) {
      this.#shape = width / height;
      this.#reshaped();
    }
  }

  /** Draws a decoded frame, in its own size. */
  draw(frame) {
    if (this.canvas.width !== frame.width || this.canvas.height !== frame.height) {
      this.canvas.width = frame.width;
      this.canvas.height = frame.height;
      this.expect(frame.width, frame.height);
    }
    this.#context.drawImage(frame, 0, 0);
    this.drawn++;
  }

  outline(boxes) {
    this.#context.strokeStyle = "#00e640";
    this.#context.lineWidth = Math.max(2, Math.min(this.canvas.width, this.canvas.height) / 240);
    for (const box of boxes) {
      this.#context.strokeRect(box.x, box.y, box.width, box.height);
    }
  }

  /** Counts the frames of the last seconds; call it regularly. */
  measure(now) {
    this.#history.push({ now, drawn: this.drawn });
    while (now - this.#history[1]?.now >= RATE_MS) {
      this.#history.shift();
    }
    const first = this.#history[0];
    this.rate = now > first.now ? (this.drawn - first.drawn) / ((now - first.now) / 1000) : 0;
  }

  /** Begins to count anew: no frames came while it was not watched. */
  forget() {
    this.#history = [];
    this.rate = 0;
  }

  /** Whether it was measured for long enough to judge by. */
  get settled() {
    return this.#history.length > 0 && this.#history.at(-1).now - this.#history[0].now >= RATE_MS;
  }

  /** @param told What is to be said beside the name; the time in it must stay readable. */
  describe({ state, told, faces, mode }) {
    this.element.dataset.state = state;
    this.faces = faces;
    say(this.#caption.told, told ?? "");
    say(this.#caption.count, state === "live" ? facesIn(faces, mode) : "");
    say(this.#caption.pace, state === "live" && this.rate > 0 ? `${this.rate < 1 ? this.rate.toFixed(1) : this.rate.toFixed(0)}/s` : "");
  }

  lose(lost) {
    this.element.toggleAttribute("data-lost", lost);
  }
}

/** What a camera's tile says of it. */
export function told(camera) {
  return camera.state === "noSignal" ? `no signal since ${momentOf(camera.since)}` : camera.state === "connecting" ? "connecting" : "";
}
