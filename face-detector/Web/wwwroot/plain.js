// What the page falls back to where no WebSocket comes through: server-sent events, and the cameras' MJPEG streams.

// A browser grants a host six connections over HTTP/1.1. One is for events, and one stays free for requests.
const MAX_STREAMS = 4;

// The widths that the service has, besides the camera's own.
const WIDTHS = [480, 640, 960];

const RETRY_MS = 1000;
const SNAPSHOT_PAUSE_MS = 200;
const END_OF_HEADERS = [13, 10, 13, 10];

export class PlainHttp {
  #emit;
  #events = null;
  #cameras = [];
  #found = new Map();
  #watched = [];
  #query = "";
  #readers = null;
  #drawn = new Map();

  /** @param emit Told of "open", "lost", "settings", "cameras" and "picture", the latter three with their data. */
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
    const step = width && WIDTHS.find(step => step >= width);
    const query = step ? `?width=${step}` : "";
    if (names.join() !== this.#watched.join() || query !== this.#query) {
      this.#watched = names;
      this.#query = query;
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

  async #stream(name, signal) {
    for await (const jpeg of parts((await ask(name, `stream.mjpg${this.#query}`, signal)).body.getReader())) {
      await this.#show(name, jpeg, signal);
    }
  }

  /** More cameras than streams: their newest pictures, one camera after the other. */
  async #snapshots(names, signal) {
    for (const name of names) {
      const answer = await ask(name, `snapshot.jpg${this.#query}`, signal).catch(() => null);
      signal.throwIfAborted();
      if (answer) {
        await this.#show(name, await answer.arrayBuffer(), signal);
      }
    }
  }

  async #show(name, jpeg, signal) {
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

/** The bodies of a multipart stream whose parts tell their length. */
async function* parts(reader) {
  let bytes = new Uint8Array(0);
  let start = -1;
  let length = 0;
  try {
    while (true) {
      if (start < 0) {
        start = endOfHeaders(bytes);
        length = start < 0 ? 0 : Number(/content-length: *(\d+)/i.exec(new TextDecoder().decode(bytes.subarray(0, start)))?.[1]);
      }
      if (start >= 0 && bytes.length >= start + length) {
        yield bytes.slice(start, start + length);
        bytes = bytes.slice(start + length);
        start = -1;
        continue;
      }
      const { value, done } = await reader.read();
      if (done) {
        return;
      }
      const longer = new Uint8Array(bytes.length + value.length);
      longer.set(bytes);
      longer.set(value, bytes.length);
      bytes = longer;
    }
  } finally {
    reader.cancel().catch(() => { });
  }
}

function endOfHeaders(bytes) {
  for (let i = 0; i + END_OF_HEADERS.length <= bytes.length; i++) {
    if (END_OF_HEADERS.every((value, j) => bytes[i + j] === value)) {
      return i + END_OF_HEADERS.length;
    }
  }
  return -1;
}
