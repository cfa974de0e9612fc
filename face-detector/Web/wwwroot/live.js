// The page's one connection: events as text, pictures as binary messages. Comes back by itself after any outage.

const HEADER_LENGTH = 20;
const FIRST_RETRY_MS = 300;
const LAST_RETRY_MS = 4000;

// A service that has said nothing for so long is gone, though the connection may not know it yet; it speaks twice a second.
const SILENCE_MS = 6000;

export class LiveConnection extends EventTarget {
  #socket = null;
  #watched = [];
  #retry = FIRST_RETRY_MS;
  #silence = 0;

  start() {
    this.#connect();
  }

  /** Chooses the cameras whose pictures are sent; none while the page cannot be seen. */
  watch(names) {
    this.#watched = names;
    if (this.#socket?.readyState === WebSocket.OPEN) {
      this.#socket.send(JSON.stringify({ watch: names }));
    }
  }

  /** Tells the service that a picture is on the screen: it may send the next, and learns how long this one took. */
  acknowledge({ camera, sequence }) {
    if (this.#socket?.readyState === WebSocket.OPEN) {
      const message = new DataView(new ArrayBuffer(5));
      message.setUint8(0, camera);
      message.setUint32(1, sequence, true);
      this.#socket.send(message);
    }
  }

  #connect() {
    const address = new URL("api/v1/live", document.baseURI);
    address.protocol = address.protocol.replace("http", "ws");
    const socket = new WebSocket(address);
    this.#socket = socket;
    socket.binaryType = "arraybuffer";
    socket.onopen = () => {
      this.#retry = FIRST_RETRY_MS;
      this.watch(this.#watched);
      this.dispatchEvent(new Event("open"));
    };
    socket.onmessage = message => {
      this.#listen();
      if (typeof message.data === "string") {
        const { event, data } = JSON.parse(message.data);
        this.dispatchEvent(new CustomEvent(event, { detail: data }));
      } else {
        this.dispatchEvent(new CustomEvent("picture", { detail: readPicture(message.data) }));
      }
    };
    socket.onclose = () => this.#lost(socket);
    this.#listen();
  }

  #listen() {
    clearTimeout(this.#silence);
    const socket = this.#socket;
    this.#silence = setTimeout(() => { socket.close(); this.#lost(socket); }, SILENCE_MS);
  }

  #lost(socket) {
    if (socket !== this.#socket) {
      return;
    }
    this.#socket = null;
    clearTimeout(this.#silence);
    this.dispatchEvent(new Event("lost"));
    setTimeout(() => this.#connect(), this.#retry * (0.5 + Math.random() / 2));
    this.#retry = Math.min(this.#retry * 2, LAST_RETRY_MS);
  }
}

function readPicture(buffer) {
  const view = new DataView(buffer);
  return {
    camera: view.getUint8(0),
    faces: view.getUint16(2, true),
    sequence: view.getUint32(4, true),
    inference: view.getFloat32(12, true),
    glassToGlass: view.getFloat32(16, true),
    jpeg: new Blob([new Uint8Array(buffer, HEADER_LENGTH)], { type: "image/jpeg" }),
  };
}
