// One tile a camera: the picture on a canvas, its name and what is wrong with it. The last picture stays whatever happens.

export class Tile {
  name;
  element = document.createElement("figure");
  canvas = document.createElement("canvas");
  drawn = 0;
  faces = 0;
  #caption = document.createElement("figcaption");
  #context;

  constructor(name, onPick) {
    this.name = name;
    this.element.className = "tile";
    this.canvas.width = 1280;
    this.canvas.height = 720;
    this.canvas.setAttribute("role", "img");
    this.#context = this.canvas.getContext("2d", { alpha: false });
    this.element.append(this.canvas, this.#caption);
    if (onPick) {
      this.pick = document.createElement("button");
      this.pick.type = "button";
      this.pick.className = "pick";
      this.pick.setAttribute("aria-label", `Show only ${name}`);
      this.pick.addEventListener("click", () => onPick(this));
      this.element.append(this.pick);
    }
    this.describe("connecting", name);
  }

  /** Draws a decoded picture, in its own size. */
  draw(picture, faces) {
    if (this.canvas.width !== picture.width || this.canvas.height !== picture.height) {
      this.canvas.width = picture.width;
      this.canvas.height = picture.height;
      this.canvas.style.aspectRatio = `${picture.width} / ${picture.height}`;
    }
    this.#context.drawImage(picture, 0, 0);
    this.drawn++;
    this.faces = faces;
  }

  outline(boxes) {
    this.#context.strokeStyle = "#00e640";
    this.#context.lineWidth = Math.max(2, Math.min(this.canvas.width, this.canvas.height) / 240);
    for (const box of boxes) {
      this.#context.strokeRect(box.x, box.y, box.width, box.height);
    }
  }

  describe(state, caption, faces) {
    this.element.dataset.state = state;
    this.#caption.textContent = caption;
    const found = state === "live" ? `, ${faces} ${faces === 1 ? "face" : "faces"} found` : "";
    this.canvas.setAttribute("aria-label", `Live picture: ${caption}${found}`);
  }

  lose(lost) {
    this.element.toggleAttribute("data-lost", lost);
  }
}

/** A time of today, or a day and a time. */
export function timeOf(moment) {
  const date = new Date(moment);
  return date.toDateString() === new Date().toDateString()
    ? date.toLocaleTimeString([], { hour12: false })
    : date.toLocaleString([], { dateStyle: "medium", timeStyle: "short", hour12: false });
}
