// What the page falls back to where no WebSocket comes through: server-sent events, and the cameras' MJPEG streams.

import { Ladder } from "./ladder.js";

// A browser grants a host six connections over HTTP/1.1. One is for events, and one stays free for requests.
const MAX_STREAMS = 4;

// The widths that the service has, besides the camera's own.
const WIDTHS = [480, 640, 960];

const RETRY_MS = 1000;
const SNAPSHOT_PAUSE_MS = 200;

// Of a part, with the boundary before it; every byte is a letter.
const HEADERS = /^.*?content-length: *(\d+).*?\r\n\r\n/is;
const LONGEST_HEADERS = 500;
const BYTES = new TextDecoder("latin1");

export class PlainHttp {
  #emit;
  #events = null;
  #cameras = [];
  #found = new Map();
  #watched = [];
  #offered = new Map();
  #width = null;
  #ladder = new Ladder();
  #told = false;
  #readers = null;
  #drawn = new Map();

  /** @param emit Told of "open" and "lost", and with their data of "settings", "cameras", "line" and "picture". */
  constructor(emit) {
    this.#emit = emit;
  }

  start() {
    const events = new EventSource("api/v1/events");
    this.#events = events;
    events.onopen = () => this.#emit("open");
    events.onerror = () => this.#emit("lost");
    events.addEventListener("settings", event => this.#emit("settings", JSON.parse(event.data)));
    events.addEventListener("cameras", event => {
      const first = this.#cameras.length === 0;
      const cameras = JSON.parse(event.data);
      this.#cameras = cameras.map(camera => camera.name);
      this.#offered = new Map(cameras.map(camera => [camera.name, camera.processedPerSecond ?? 0]));
      this.#emit("cameras", cameras);
      if (first) { this.#read(); }
    });
    events.addEventListener("detections", event => {
      const { camera, faces, milliseconds } = JSON.parse(event.data);
      this.#found.set(camera, { faces: faces.length, inference: milliseconds.inference });
    });
  }

  stop() {
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

  /** The picture is on the screen: the next one is read. */
  acknowledge(camera) {
    this.#drawn.get(camera)?.();
    this.#drawn.delete(camera);
  }

  #read() {
    this.#readers?.abort();
    this.#readers = new AbortController();
    const { signal } = this.#readers;
    const names = this.#watched.filter(name => this.#cameras.includes(name));
    if (names.length > MAX_STREAMS) {
      repeat(signal, SNAPSHOT_PAUSE_MS, () => this.#snapshots(names, signal));
    } else {
      for (const name of names) {
        repeat(signal, RETRY_MS, () => this.#stream(name, signal));
      }
    }
  }

  /** What is asked of a camera: no wider than it is shown, and no more than the line carries. */
  #query({ fps, ...picture }, stream) {
    const shown = this.#width && WIDTHS.find(step => step >= this.#width);
    const wanted = { width: Math.min(shown || Infinity, picture.width ?? Infinity), quality: picture.quality, fps: stream && fps };
    return new URLSearchParams(Object.entries(wanted).filter(([, value]) => value && value < Infinity));
  }

  async #stream(name, signal) {
    const answer = await ask(name, `stream.mjpg?${this.#query(this.#ladder.rung, true)}`, signal);
    for await (const { jpeg, began } of parts(answer.body.getReader())) {
      await this.#show(name, jpeg, began, signal);
    }
  }

  /** More cameras than streams: their newest pictures, one camera after the other. */
  async #snapshots(names, signal) {
    for (const name of names) {
      const answer = await ask(name, `snapshot.jpg?${this.#query(this.#ladder.rung, false)}`, signal).catch(() => null);
      signal.throwIfAborted();
      if (answer) {
        const began = performance.now();
        await this.#show(name, await answer.arrayBuffer(), began, signal);
      }
    }
  }

  async #show(name, jpeg, began, signal) {
    const camera = this.#cameras.indexOf(name);
    const { faces = 0, inference = 0 } = this.#found.get(name) ?? {};
    const { promise, resolve, reject } = Promise.withResolvers();
    this.#drawn.set(camera, resolve);
    signal.addEventListener("abort", reject);
    this.#emit("picture", { camera, faces, inference, deliveryLatency: 0, jpeg: new Blob([jpeg], { type: "image/jpeg" }) });
    try {
      await promise;
    } finally {
      signal.removeEventListener("abort", reject);
    }
    if (this.#ladder.measure(jpeg.byteLength, began, this.#watched.map(name => this.#offered.get(name) ?? 0))) {
      this.#step();
    }
  }

  /** Other pictures from here on: what was on its way is thrown away with the old streams. */
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

/** The bodies of a multipart stream whose parts tell their length, each with the moment at which it began to come. */
async function* parts(reader) {
  let bytes = new Uint8Array(0);
  let began = 0;
  try {
    while (true) {
      const [headers, length] = HEADERS.exec(BYTES.decode(bytes.subarray(0, LONGEST_HEADERS))) ?? [];
      const end = headers?.length + Number(length);
      if (bytes.length >= end) {
        yield { jpeg: bytes.slice(headers.length, end), began };
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
