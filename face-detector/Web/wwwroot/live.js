// The page's one connection: events as text, frames as binary messages. Comes back by itself after any outage, and goes on over plain
// HTTP where no WebSocket comes through.

import { PlainHttp } from "./plain.js";

const HEADER_LENGTH = 20;
const FIRST_RETRY_MS = 300;
const LAST_RETRY_MS = 4000;

// A service that has said nothing for so long is gone, though the connection may not know it yet; it speaks twice a second.
const SILENCE_MS = 6000;

const OPEN = 1;
const UNAUTHORIZED = 401;
const SERVICE_UNAVAILABLE = 503;

export class LiveConnection extends EventTarget {
  #socket = null;
  #plain = null;
  #watched = [];
  #width = null;
  #retry = FIRST_RETRY_MS;
  #refused = null;
  #silence = 0;
  #silent = null;

  start() {
    this.#connect();
  }

  /**
   * Chooses the cameras whose frames are sent; none while the page cannot be seen.
   * @param width How wide they are shown, in pixels of the screen; null where all that there is is wanted.
   */
  watch(names, width) {
    if (names.join() === this.#watched.join() && width === this.#width) {
      return;
    }
    this.#watched = names;
    this.#width = width;
    this.#choose();
  }

  #choose() {
    if (this.#socket?.readyState === OPEN) {
      this.#socket.send(JSON.stringify({ watch: this.#watched, width: this.#width }));
    }
    this.#plain?.watch(this.#watched, this.#width);
  }

  /** Tells the service that a frame is on the screen: it may send the next, and learns how long this one took. */
  acknowledge({ camera, sequence }) {
    if (this.#socket?.readyState === OPEN) {
      const message = new DataView(new ArrayBuffer(5));
      message.setUint8(0, camera);
      message.setUint32(1, sequence, true);
      this.#socket.send(message);
    }
    this.#plain?.acknowledge(camera);
  }

  #connect() {
    const address = new URL("api/v1/live", document.baseURI);
    address.protocol = address.protocol.replace("http", "ws");
    let socket;
    try {
      socket = new WebSocket(address);
    } catch (error) {
      this.#goPlain(`This browser opens none: ${error.message}.`);
      return;
    }
    this.#socket = socket;
    socket.binaryType = "arraybuffer";

    // A connection over which nothing comes is none, though it was opened: a proxy may take it and pass nothing on.
    let spoke = false;
    socket.onopen = () => this.#choose();
    socket.onmessage = message => {
      if (!spoke) {
        spoke = true;
        this.#retry = FIRST_RETRY_MS;
        this.#emit("open", null);
      }
      this.#listen();
      if (typeof message.data === "string") {
        const { event, data } = JSON.parse(message.data);
        this.#emit(event, data);
      } else {
        this.#emit("frame", readFrame(message.data));
      }
    };
    socket.onclose = () => this.#closed(socket, spoke);
    this.#listen(() => { socket.close(); this.#closed(socket, spoke); });
  }

  #listen(silent) {
    this.#silent = silent ?? this.#silent;
    clearTimeout(this.#silence);
    this.#silence = setTimeout(this.#silent, SILENCE_MS);
  }

  async #closed(socket, spoke) {
    if (socket !== this.#socket) {
      return;
    }
    this.#socket = null;
    clearTimeout(this.#silence);
    const { plain, refused, reason } = spoke ? {} : await whyNot();
    if (plain && !this.#refused) {
      this.#goPlain(reason);
    } else {
      // A place that is free now is for a WebSocket first.
      this.#lost(refused, reason);
    }
    this.#refused = refused;
  }

  /** HTTP works and WebSocket does not. When this ends too, the next attempt begins with a WebSocket again. */
  #goPlain(reason) {
    const plain = new PlainHttp((event, data) => {
      if (plain !== this.#plain) {
        return;
      }
      if (event === "open") {
        this.#retry = FIRST_RETRY_MS;
        this.#emit("open", reason);
      } else if (event === "lost") {
        this.#endPlain();
      } else {
        this.#listen();
        this.#emit(event, data);
      }
    });
    this.#plain = plain;
    plain.start();
    this.#choose();
    this.#listen(() => this.#endPlain());
  }

  #endPlain() {
    clearTimeout(this.#silence);
    this.#plain?.stop();
    this.#plain = null;
    this.#lost();
  }

  #lost(refused = null, reason = null) {
    this.#emit("lost", { refused, reason });
    setTimeout(() => this.#connect(), this.#retry * (0.5 + Math.random() / 2));
    this.#retry = Math.min(this.#retry * 2, LAST_RETRY_MS);
  }

  #emit(event, detail) {
    this.dispatchEvent(new CustomEvent(event, { detail }));
  }
}

/**
 * What the service, or a proxy before it, says of a WebSocket that failed: the browser keeps it from the page.
 * @returns Whether plain HTTP comes through; for visitors, why the service does not serve them; for engineers, the reason.
 */
async function whyNot() {
  try {
    const answer = await ask("api/v1/live", "POST");
    const problem = await answer.json().catch(() => null);
    const reason = problem?.detail ?? `A proxy answers ${answer.status} in its place.`;
    if (problem?.detail && answer.status === UNAUTHORIZED) {
      // The sign-in has ended: in place of the page comes the one that asks for the key.
      location.reload();
      return { refused: "Sign in again", reason };
    }
    if (problem?.detail && answer.status === SERVICE_UNAVAILABLE) {
      return { refused: "As many people watch as this site allows; trying again", reason };
    }
    return { plain: (await ask("api/v1/settings", "GET")).ok, reason };
  } catch {
    return {};
  }
}

export function ask(address, method) {
  return fetch(address, { method, signal: AbortSignal.timeout(SILENCE_MS) });
}

function readFrame(buffer) {
  const view = new DataView(buffer);
  return {
    camera: view.getUint8(0),
    sequence: view.getUint32(4, true),
    siteLatency: view.getFloat32(8, true),
    inference: view.getFloat32(12, true),
    deliveryLatency: view.getFloat32(16, true),
    jpeg: new Blob([new Uint8Array(buffer, HEADER_LENGTH)], { type: "image/jpeg" }),
  };
}
