// Two lines over the last minute: latency in milliseconds.

const SPAN_MS = 60000;
const LABEL_SPACE = 30;

export class LatencyChart {
  #canvas;
  #points = [];

  constructor(canvas) {
    this.#canvas = canvas;
    new ResizeObserver(() => this.draw()).observe(canvas);
  }

  /** Begins again, for another camera. */
  clear() {
    this.#points = [];
  }

  add(delivery, inference) {
    const now = performance.now();
    this.#points.push({ at: now, delivery, inference });
    while (this.#points.length > 0 && now - this.#points[0].at > SPAN_MS + 2000) {
      this.#points.shift();
    }
    this.draw();
  }

  draw() {
    const canvas = this.#canvas;
    const ratio = devicePixelRatio;
    const width = canvas.clientWidth;
    const height = canvas.clientHeight;
    if (width === 0) {
      return;
    }
    canvas.width = Math.round(width * ratio);
    canvas.height = Math.round(height * ratio);
    const context = canvas.getContext("2d");
    context.scale(ratio, ratio);

    const style = getComputedStyle(canvas);
    const colour = name => style.getPropertyValue(name);
    const top = niceCeiling(Math.max(10, ...this.#points.map(point => Math.max(point.delivery || 0, point.inference || 0))));
    const y = value => height - 4 - (value / top) * (height - 14);
    context.font = `11px ${style.fontFamily}`;
    context.textBaseline = "middle";
    for (const value of [0, top / 2, top]) {
      context.strokeStyle = colour("--line");
      context.lineWidth = 1;
      context.beginPath();
      context.moveTo(LABEL_SPACE, Math.round(y(value)) + .5);
      context.lineTo(width, Math.round(y(value)) + .5);
      context.stroke();
      context.fillStyle = colour("--muted");
      context.fillText(String(value), 0, y(value));
    }
    this.#line(context, width, y, "inference", colour("--inference"), [2, 3]);
    this.#line(context, width, y, "delivery", colour("--delivery"), []);
  }

  #line(context, width, y, key, colour, dash) {
    const now = performance.now();
    context.strokeStyle = colour;
    context.lineWidth = 2;
    context.lineJoin = "round";
    context.setLineDash(dash);
    context.beginPath();
    let drawing = false;
    for (const point of this.#points) {
      const x = width - ((now - point.at) / SPAN_MS) * (width - LABEL_SPACE);
      if (!(point[key] > 0) || x < LABEL_SPACE) {
        drawing = false;
        continue;
      }
      context[drawing ? "lineTo" : "moveTo"](x, y(point[key]));
      drawing = true;
    }
    context.stroke();
  }
}

function niceCeiling(value) {
  const step = 10 ** Math.floor(Math.log10(value));
  return [1, 2, 4, 6, 10].map(factor => factor * step).find(limit => limit >= value);
}
