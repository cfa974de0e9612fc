// The service's clock, asked as NTP does: an answer that is soon back tells it best.

export class ServiceClock {
  #best = null;

  async ask() {
    const sent = performance.now();
    const answer = await fetch("stream.mjpg", { method: "HEAD" });
    const trip = performance.now() - sent;
    const ahead = 1000 * answer.headers.get("X-Time") - sent - trip / 2;

    // Farther off than both can err: one of the clocks was set, or drifted.
    if (answer.headers.has("X-Time")
      && (!this.#best || trip <= this.#best.trip || Math.abs(ahead - this.#best.ahead) > (trip + this.#best.trip) / 2)) {
      this.#best = { trip, ahead };
    }
  }

  /** Milliseconds since a moment, in the service's seconds; 0 while its clock is not known. */
  since(moment) {
    return this.#best ? Math.max(1, performance.now() + this.#best.ahead - 1000 * moment) : 0;
  }
}
