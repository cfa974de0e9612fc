// Over plain HTTP the page measures its line itself. Rungs and rules are those of Rung.cs and PageLine.cs, which say why.

// Wide, quality, weight, and at most so many frames a second.
const RUNGS = [
  [null, null, 1],
  [960, null, 0.66],
  [640, null, 0.39],
  [640, 60, 0.27],
  [480, 60, 0.18],
  [480, 30, 0.12],
  [480, 30, 0.12, 10],
  [480, 30, 0.12, 6],
  [480, 30, 0.12, 4],
  [480, 30, 0.12, 2],
].map(([width, quality, weight, fps = null]) => ({ width, quality, weight, fps }));

const FIRST = 4;
const OVERLOAD = 0.9;
const BEARABLE = 0.8;
const ROOM = 0.6;
const MEMORY = 0.75;
const JUDGED = 3;
const FIRST_HOLD_MS = 1000;
const LONGEST_HOLD_MS = 60000;
const SETTLED_MS = 10000;

export class Ladder {
  #rung = FIRST;
  #slow = false;
  #kilobitsPerSecond = 0;
  #hold = 0;
  #climbed = false;
  #startedAt = performance.now();
  #changedAt = this.#startedAt;
  #endedAt = 0;
  #busy = 0;
  #bytes = 0;
  #frameBytes = 0;
  #frames = 0;

  get rung() {
    return RUNGS[this.#rung];
  }

  get state() {
    const { width, fps } = this.rung;
    return { slow: this.#slow, maxWidth: width, framesPerSecond: fps, kilobitsPerSecond: this.#kilobitsPerSecond };
  }

  /**
   * Takes the measure of a frame that is on the screen now.
   * @param began When its first byte was here, or could have been taken.
   * @param offered Frames a second of each camera.
   * @returns Whether there is something new: another rung, or that the top is out of reach.
   */
  measure(bytes, began, offered) {
    const now = performance.now();
    this.#busy = this.#busy * MEMORY + now - Math.max(began, this.#endedAt);
    this.#bytes = this.#bytes * MEMORY + bytes;
    this.#endedAt = now;
    this.#frames++;
    this.#frameBytes = this.#frames === 1 ? bytes : this.#frameBytes * MEMORY + bytes * (1 - MEMORY);
    if (this.#frames >= JUDGED && this.#rung < RUNGS.length - 1 && this.#load(this.#rung, offered) > OVERLOAD) {
      this.#descend(offered, now);
      return true;
    }
    if (this.#rung > 0 && now - this.#changedAt >= this.#hold && this.#load(this.#rung - 1, offered) <= ROOM) {
      this.#climbed = true;
      this.#slow &&= this.#rung > 1;
      this.#change(this.#rung - 1, now);
      return true;
    }
    if (!this.#slow && this.#rung > 0 && now - this.#startedAt > SETTLED_MS) {
      this.#callSlow();
      return true;
    }
    return false;
  }

  /** What share of the line's time the frames of a rung take. */
  #load(rung, offered) {
    const { weight, fps } = RUNGS[rung];
    const perSecond = offered.reduce((sum, camera) => sum + Math.min(camera, fps ?? camera), 0);
    return this.#busy / 1000 / this.#bytes * this.#frameBytes * weight / this.rung.weight * perSecond;
  }

  #descend(offered, now) {
    const failed = this.#climbed && this.#hold > 0 && now - this.#changedAt < SETTLED_MS;
    let rung = this.#rung + 1;
    while (!failed && rung < RUNGS.length - 1 && this.#load(rung, offered) > BEARABLE) {
      rung++;
    }
    this.#hold = failed ? Math.min(this.#hold * 2, LONGEST_HOLD_MS) : FIRST_HOLD_MS;
    this.#climbed = false;
    this.#callSlow();
    this.#change(rung, now);
  }

  #callSlow() {
    this.#slow = true;
    this.#kilobitsPerSecond = 8 * this.#bytes / this.#busy;
  }

  #change(rung, now) {
    this.#frameBytes *= RUNGS[rung].weight / this.rung.weight;
    this.#changedAt = now;
    this.#frames = 0;
    this.#rung = rung;
  }
}
