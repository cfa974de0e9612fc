// The page's one connection: events as text, pictures as binary messages. Comes back by itself after any outage, and goes on over plain
// HTTP where no WebSocket comes through.

import { PlainHttp } from "./plain.js";

const HEADER_LENGTH = 20;
const FIRST_RETRY_MS = 300;
const LAST_RETRY_MS = 4000;

// A service that has said nothing for so long is gone, though the connection may not know it yet; it speaks twice a second.
const SILENCE_MS = 6000;

const FORBIDDEN = 403;
const UPGRADE_REQUIRED = 426;

export class LiveConnection extends EventTarget {
  #socket = null;
  #plain = null;
  #watched = [];
  #retry = FIRST_RETRY_MS;
  #silence = 0;
  #silent = null;

  start() {
    this.#connect();
  }

  /** Chooses the cameras whose pictures are sent; none while the page cannot be seen. */
  watch(names) {
    this.#watched = names;
    if (this.#socket?.readyState === WebSocket.OPEN) {
      this.#socket.send(JSON.stringify({ watch: names }));
    }
    this.#plain?.watch(names);
  }

  /** Tells the service that a picture is on the screen: it may send the next, and learns how long this one took. */
  acknowledge({ camera, sequence }) {
    if (this.#socket?.readyState === WebSocket.OPEN) {
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
    const socket = new WebSocket(address);
    this.#socket = socket;
    socket.binaryType = "arraybuffer";
    let opened = false;
    socket.onopen = () => {
      opened = true;
      this.#retry = FIRST_RETRY_MS;
      this.watch(this.#watched);
      this.#emit("open", null);
    };
    socket.onmessage = message => {
      this.#listen();
      if (typeof message.data === "string") {
        const { event, data } = JSON.parse(message.data);
        this.#emit(event, data);
      } else {
        this.#emit("picture", readPicture(message.data));
      }
    };
    socket.onclose = () => this.#closed(socket, opened);
    this.#listen(() => { socket.close(); this.#closed(socket, opened); });
  }

  #listen(silent) {
    this.#silent = silent ?? this.#silent;
    clearTimeout(this.#silence);
    this.#silence = setTimeout(this.#silent, SILENCE_MS);
  }

  async #closed(socket, opened) {
    if (socket !== this.#socket) {
      return;
    }
    this.#socket = null;
    clearTimeout(this.#silence);
    const { status, reason } = opened ? {} : await whyNot();
    if (status === FORBIDDEN || status === UPGRADE_REQUIRED) {
      this.#goPlain(reason);
    } else {
      this.#lost(reason);
    }
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
    plain.watch(this.#watched);
    this.#listen(() => this.#endPlain());
  }

  #endPlain() {
    clearTimeout(this.#silence);
    this.#plain?.stop();
    this.#plain = null;
    this.#lost();
  }

  #lost(reason) {
    this.#emit("lost", reason);
    setTimeout(() => this.#connect(), this.#retry * (0.5 + Math.random() / 2));
    this.#retry = Math.min(this.#retry * 2, LAST_RETRY_MS);
  }

  #emit(event, detail) {
    this.dispatchEvent(new CustomEvent(event, { detail }));
  }
}

/** What the service, or a proxy before it, says of a WebSocket that failed: the browser keeps it from the page. */
async function whyNot() {
  try {
    const answer = await fetch("api/v1/live", { method: "POST" });
    const problem = await answer.json().catch(() => null);
    return problem?.detail
      ? { status: answer.status, reason: problem.detail }
      : { reason: `A proxy answers ${answer.status} in its place` };
  } catch {
    return {};
  }
}

function readPicture(buffer) {
  const view = new DataView(buffer);
  return {
    camera: view.getUint8(0),
    faces: view.getUint16(2, true),
    sequence: view.getUint32(4, true),
    inference: view.getFloat32(12, true),
    deliveryLatency: view.getFloat32(16, true),
    jpeg: new Blob([new Uint8Array(buffer, HEADER_LENGTH)], { type: "image/jpeg" }),
  };
}
