// Enlarges a part of the frames of one camera: by buttons, keys, a double click, a pinch, the wheel with Ctrl; moved by dragging or by the arrow keys.

const STEP = 1.5;
const MOST = 6;
const MOVE = 0.12;

export class Zoom {
  #view;
  #canvas;
  #changed;
  #scale = 1;
  // Where the frame's middle is, in parts of the view.
  #x = 0;
  #y = 0;
  #pointers = new Map();
  on = false;

  /** @param changed Called with the scale whenever it changes. */
  constructor(view, canvas, changed) {
    this.#view = view;
    this.#canvas = canvas;
    this.#changed = changed;
    view.addEventListener("dblclick", event => this.#at(event, this.#scale > 1 ? 1 / MOST : 2));
    view.addEventListener("wheel", event => this.#wheel(event), { passive: false });

    // Two fingers are this camera's, not the page's: else the browser would scroll, and cancel them.
    view.addEventListener("touchstart", event => { if (this.on && event.touches.length > 1) { event.preventDefault(); } }, { passive: false });
    view.addEventListener("pointerdown", event => this.#down(event));
    view.addEventListener("pointermove", event => this.#move(event));
    for (const type of ["pointerup", "pointercancel", "lostpointercapture"]) {
      view.addEventListener(type, event => this.#pointers.delete(event.pointerId));
    }
  }

  enlarge() {
    this.#by(STEP, 0, 0);
  }

  reduce() {
    this.#by(1 / STEP, 0, 0);
  }

  reset() {
    this.#by(1 / MOST, 0, 0);
  }

  /** True when the key meant something here. */
  press(key) {
    switch (key) {
      case "+": case "=": this.enlarge(); return true;
      case "-": this.reduce(); return true;
      case "0": this.reset(); return true;
    }
    const [x, y] = { ArrowLeft: [1, 0], ArrowRight: [-1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }[key] ?? [0, 0];
    if (this.#scale === 1 || (x === 0 && y === 0)) {
      return false;
    }
    this.#shift(x * MOVE, y * MOVE);
    return true;
  }

  #wheel(event) {
    if (this.on && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      this.#at(event, Math.exp(-event.deltaY / 200));
    }
  }

  #down(event) {
    if (this.on && (this.#scale > 1 || event.pointerType === "touch")) {
      this.#pointers.set(event.pointerId, event);
      this.#view.setPointerCapture(event.pointerId);
    }
  }

  #move(event) {
    const before = this.#pointers.get(event.pointerId);
    if (!before) {
      return;
    }
    this.#pointers.set(event.pointerId, event);
    const other = [...this.#pointers.values()].find(pointer => pointer.pointerId !== event.pointerId);
    if (other) {
      this.#at(other, distance(event, other) / Math.max(1, distance(before, other)));
    } else {
      this.#shift((event.clientX - before.clientX) / this.#view.clientWidth, (event.clientY - before.clientY) / this.#view.clientHeight);
    }
  }

  #at({ clientX, clientY }, factor) {
    const place = this.#view.getBoundingClientRect();
    this.#by(factor, (clientX - place.left) / place.width - 0.5, (clientY - place.top) / place.height - 0.5);
  }

  /** Keeps the point at (x, y), in parts of the view from its middle, where it is. */
  #by(factor, x, y) {
    if (!this.on && factor > 1) {
      return;
    }
    const scale = Math.min(MOST, Math.max(1, this.#scale * factor));
    this.#x = x - (x - this.#x) * scale / this.#scale;
    this.#y = y - (y - this.#y) * scale / this.#scale;
    this.#scale = scale;
    this.#shift(0, 0);
  }

  #shift(x, y) {
    const most = (this.#scale - 1) / 2;
    this.#x = Math.min(most, Math.max(-most, this.#x + x));
    this.#y = Math.min(most, Math.max(-most, this.#y + y));
    this.#canvas.style.transform = this.#scale === 1
      ? "" : `translate(${this.#x * 100}%, ${this.#y * 100}%) scale(${this.#scale})`;
    this.#view.toggleAttribute("data-zoomed", this.#scale > 1);
    this.#changed(this.#scale);
  }
}

function distance(one, other) {
  return Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY);
}
