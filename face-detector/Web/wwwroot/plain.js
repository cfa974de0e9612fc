// What the page falls back to where no WebSocket comes through: server-sent events, and the cameras' MJPEG streams.

import { ServiceClock } from "./clock.js";
import { Ladder } from "./ladder.js";

// A browser grants a host six connections over HTTP/1.1. One is for events, and one stays free for requests.
const MAX_STREAMS = 4;

// The widths that the service has, besides the camera's own.
const WIDTHS = [480, 640, 960];

const RETRY_MS = 1000;
const SNAPSHOT_PAUSE_MS = 200;
const CLOCK_PAUSE_MS = 10000;

// Of a part, with the boundary before it; every byte is a letter.
const HEADERS = /^.*?content-length: *(\d+).*?x-timestamp: *([\d.]+).*?x-time: *([\d.]+).*?\r\n\r\n/is;
const LONGEST_HEADERS = 500;
const BYTES = new TextDecoder("latin1");

export class PlainHttp {
  #emit;
  #events = null;
  #inference = new Map();
  #watched = [];
  #offered = new Map();
  #width = null;
  #ladder = new Ladder();
  #told = false;
  #clock = new ServiceClock();
  #over = new AbortController();
  #readers = null;
  #drawn = new Map();

  /** @param emit Told of "open" and "lost", and with their data of "settings", "cameras", "line" and "frame". */
  constructor(emit) {
    this.#emit = emit;
  }

  start() {
    const events = new EventSource("api/v1/events");
    this.#events = events;
    repeat(this.#over.signal, CLOCK_PAUSE_MS, () => this.#clock.ask());
    events.onopen = () => this.#emit("open");
    events.onerror = () => this.#emit("lost");
    events.addEventListener("settings", event => this.#emit("settings", JSON.parse(event.data)));
    events.addEventListener("cameras", event => {
      const first = this.#offered.size === 0;
      const cameras = JSON.parse(event.data);
      this.#offered = new Map(cameras.map(camera => [camera.name, camera.processedPerSecond ?? 0]));
      this.#emit("cameras", cameras);
      if (first) { this.#read(); }
    });
    events.addEventListener("detections", event => {
      const { camera, milliseconds } = JSON.parse(event.data);
      this.#inference.set(camera, milliseconds.inference);
    });
  }

  stop() {
    this.#over.abort();
    this.#events?.close();
    this.#readers?.abort();
  }

  watch(names, width) {
    if (names.join() !== this.#watched.join() || width !== this.#width) {
      this.#watched = names;
      this.#width = width;
      this.#read();
    }
  }

  /** The frame is on the screen: the next one is read. */
  acknowledge(camera) {
    this.#drawn.get(camera)?.();
    this.#drawn.delete(camera);
  }

  #read() {
    this.#readers?.abort();
    this.#readers = new AbortController();
    const { signal } = this.#readers;
    const names = this.#watched.filter(name => this.#offered.has(name));
    if (names.length > MAX_STREAMS) {
      repeat(signal, SNAPSHOT_PAUSE_MS, () => this.#snapshots(names, signal));
    } else {
      for (const name of names) {
        repeat(signal, RETRY_MS, () => this.#stream(name, signal));
      }
    }
  }

  /** What is asked of a camera: no wider than it is shown, and no more than the line carries. */
  #query({ fps, ...frame }, stream) {
    const shown = this.#width && WIDTHS.find(step => step >= this.#width);
    const wanted = { width: Math.min(shown || Infinity, frame.width ?? Infinity), quality: frame.quality, fps: stream && fps };
    return new URLSearchParams(Object.entries(wanted).filter(([, value]) => value && value < Infinity));
  }

  async #stream(name, signal) {
    const answer = await ask(name, `stream.mjpg?${this.#query(this.#ladder.rung, true)}`, signal);
    for await (const part of parts(answer.body.getReader())) {
      await this.#show(name, part, signal);
    }
  }

  /** More cameras than streams: their newest frames, one camera after the other. */
  async #snapshots(names, signal) {
    for (const name of names) {
      const answer = await ask(name, `snapshot.jpg?${this.#query(this.#ladder.rung, false)}`, signal).catch(() => null);
      signal.throwIfAborted();
      if (answer) {
        const began = performance.now();
        const [timestamp, time] = ["X-Timestamp", "X-Time"].map(header => answer.headers.get(header));
        await this.#show(name, { jpeg: await answer.arrayBuffer(), began, timestamp, time }, signal);
      }
    }
  }

  async #show(name, { jpeg, began, timestamp, time }, signal) {
    const clock = this.#clock;
    const camera = [...this.#offered.keys()].indexOf(name);
    const { promise, resolve, reject } = Promise.withResolvers();
    this.#drawn.set(camera, resolve);
    signal.addEventListener("abort", reject);
    this.#emit("frame", {
      camera,
      inference: this.#inference.get(name) ?? 0,
      jpeg: new Blob([jpeg], { type: "image/jpeg" }),
      siteLatency: 1000 * (time - timestamp),
      get deliveryLatency() { return clock.since(timestamp); },
    });
    try {
      await promise;
    } finally {
      signal.removeEventListener("abort", reject);
    }
    if (this.#ladder.measure(jpeg.byteLength, began, this.#watched.map(name => this.#offered.get(name) ?? 0))) {
      this.#step();
    }
  }

  /** Other frames from here on: what was on its way is thrown away with the old streams. */
  #step() {
    const { state } = this.#ladder;
    if (state.slow || this.#told) {
      this.#told = state.slow;
      this.#emit("line", state);
    }
    this.#read();
  }
}

async function ask(name, what, signal) {
  const answer = await fetch(`cameras/${encodeURIComponent(name)}/${what}`, { signal });
  if (!answer.ok) {
    throw new Error(`${what} of ${name}: ${answer.status}`);
  }
  return answer;
}

/** Goes on until it is aborted; what fails is tried again after a pause. */
async function repeat(signal, pause, action) {
  while (!signal.aborted) {
    await action().catch(() => { });
    await new Promise(resolve => setTimeout(resolve, pause));
  }
}

/** The bodies of a multipart stream whose parts tell their length, each with its headers' times and when it began to come. */
async function* parts(reader) {
  let bytes = new Uint8Array(0);
  let began = 0;
  try {
    while (true) {
      const [headers, length, timestamp, time] = HEADERS.exec(BYTES.decode(bytes.subarray(0, LONGEST_HEADERS))) ?? [];
      const end = headers?.length + Number(length);
      if (bytes.length >= end) {
        yield { jpeg: bytes.slice(headers.length, end), began, timestamp, time };
        bytes = bytes.slice(end);
        began = performance.now();
        continue;
      }
      const { value, done } = await reader.read();
      if (done) {
        return;
      }
      began = headers ? began : performance.now();
      const longer = new Uint8Array(bytes.length + value.length);
      longer.set(bytes);
      longer.set(value, bytes.length);
      bytes = longer;
    }
  } finally {
    reader.cancel().catch(() => { });
  }
}
