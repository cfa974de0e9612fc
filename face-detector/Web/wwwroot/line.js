// What the service says of the line to this screen: it sends what the line carries, and tells when that is less than there is.

export class Line {
  #state = null;

  constructor(live) {
    live.addEventListener("open", () => { this.#state = null; });
    live.addEventListener("line", event => { this.#state = event.detail; });
  }

  /** For visitors; null while everything comes through. */
  get words() {
    if (!this.#state?.slow) {
      return null;
    }
    const { maxWidth, framesPerSecond, kilobitsPerSecond } = this.#state;
    const less = [maxWidth && "smaller frames", framesPerSecond && `no more than ${framesPerSecond} a second`].filter(Boolean).join(", ");
    return `The line to this screen is slow (about ${rateOf(kilobitsPerSecond)}): ${less || "coarser frames"}, so that they come in time.`;
  }
}

function rateOf(kilobits) {
  return kilobits < 1000 ? `${Math.round(kilobits / 10) * 10} kbit/s` : `${(kilobits / 1000).toFixed(1)} Mbit/s`;
}
