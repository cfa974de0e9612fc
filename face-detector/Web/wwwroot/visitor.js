// The visitor's own camera: frames go to the service one at a time, and the boxes come back for this page alone.

import { Tile } from "./tiles.js";

const MAX_WIDTH = 960;
const JPEG_QUALITY = 0.75;
const OPEN = 1;
const TOO_MANY_REQUESTS = 429;
const RETRY_MS = 1000;
const NAME = "This device";

export class VisitorCamera extends EventTarget {
  tile = null;
  inference = 0;
  #settings;
  #stream = null;
  #socket = null;
  #retry = 0;
  #plain = false;
  #video = document.createElement("video");
  #still = document.createElement("canvas");
  #sentAt = 0;

  constructor(settings) {
    super();
    this.#settings = settings;
    this.#video.muted = true;
    this.#video.playsInline = true;
  }

  get on() {
    return this.tile !== null;
  }

  /** Asks for the camera and starts; throws an error with a message for the visitor. */
  async start() {
    if (!navigator.mediaDevices?.getUserMedia) {
      throw new Error("Browsers lend their camera only to pages that come by https, or from the computer itself (localhost). "
        + "Open this page by https, or on the site’s own computer.");
    }
    try {
      this.#stream = await navigator.mediaDevices.getUserMedia({ video: { width: { ideal: 1280 } }, audio: false });
    } catch (error) {
      throw new Error(whyNoCamera(error.name), { cause: error });
    }
    this.#stream.getVideoTracks()[0].addEventListener("ended", () => this.stop());
    this.#video.srcObject = this.#stream;
    await this.#video.play();
    this.tile = new Tile(NAME, () => this.#changed());
    this.#tell("live", "seen by you alone", 0);
    this.#open();
  }

  stop() {
    for (const track of this.#stream?.getTracks() ?? []) {
      track.stop();
    }
    this.#stream = null;
    if (!this.on) {
      return;
    }
    const socket = this.#socket;
    this.#socket = null;
    this.#plain = false;
    clearTimeout(this.#retry);
    socket?.close();
    this.tile = null;
    this.#changed();
  }

  #open() {
    const address = new URL("api/v1/camera", document.baseURI);
    address.protocol = address.protocol.replace("http", "ws");
    this.#plain = false;
    let socket;
    try {
      socket = new WebSocket(address);
    } catch {
      this.#goPlain();
      return;
    }
    this.#socket = socket;
    let opened = false;
    socket.onopen = () => { opened = true; this.#send(); };
    socket.onmessage = message => this.#show(JSON.parse(message.data));
    socket.onclose = () => {
      if (this.#socket !== socket) {
        return;
      }
      this.#socket = null;
      if (opened) {
        this.#lost();
      } else {
        this.#goPlain();
      }
    };
  }

  /** No WebSocket comes through: each frame is a request of its own. */
  #goPlain() {
    this.#plain = true;
    this.#send();
  }

  #lost() {
    if (this.on) {
      this.#tell("noSignal", "waiting for the site", 0);
      this.#retry = setTimeout(() => this.#open(), RETRY_MS);
    }
  }

  #send() {
    if (!this.on || this.#video.videoWidth === 0) {
      return;
    }
    const scale = Math.min(1, MAX_WIDTH / this.#video.videoWidth);
    this.#still.width = Math.round(this.#video.videoWidth * scale);
    this.#still.height = Math.round(this.#video.videoHeight * scale);
    this.#still.getContext("2d").drawImage(this.#video, 0, 0, this.#still.width, this.#still.height);
    this.#sentAt = performance.now();
    this.#still.toBlob(blob => {
      if (blob && this.#plain) {
        this.#post(blob);
      } else if (blob && this.#socket?.readyState === OPEN) {
        this.#socket.send(blob);
      }
    }, "image/jpeg", JPEG_QUALITY);
  }

  async #post(blob) {
    try {
      const answer = await fetch("api/v1/detect", { method: "POST", headers: { "Content-Type": "image/jpeg" }, body: blob });
      if (answer.status === TOO_MANY_REQUESTS) {
        this.#retry = setTimeout(() => this.#send(), 1000 * Number(answer.headers.get("Retry-After") ?? 1));
        return;
      }
      const result = await answer.json();
      this.#show(answer.ok ? result : { error: result.detail });
    } catch {
      this.#lost();
    }
  }

  #show(answer) {
    if (!this.on) {
      return;
    }
    const faces = answer.faces ?? [];
    this.tile.draw(this.#still);
    this.tile.outline(this.#settings.current.mode === "eyes" ? faces.flatMap(face => face.eyes) : faces);
    this.tile.deliveryLatency = performance.now() - this.#sentAt;
    this.inference = answer.milliseconds?.inference ?? 0;
    this.#tell("live", answer.error ? "this frame could not be searched" : "seen by you alone", faces.length);
    if (this.#video.requestVideoFrameCallback) {
      this.#video.requestVideoFrameCallback(() => this.#send());
    } else {
      requestAnimationFrame(() => this.#send());
    }
  }

  #tell(state, told, faces) {
    this.tile.describe({ state, told, faces, mode: this.#settings.current.mode });
  }

  #changed() {
    this.dispatchEvent(new Event("change"));
  }
}

function whyNoCamera(name) {
  switch (name) {
    case "NotAllowedError":
      return "The camera was not allowed. To allow it, choose the sign to the left of the address above, set Camera to Allow, and try again. "
        + "On a phone or a Mac the browser itself may have to be allowed in the system’s settings.";
    case "NotFoundError":
    case "OverconstrainedError":
      return "No camera was found on this device.";
    default:
      return "The camera could not be opened. Another program may be using it: close that, and try again.";
  }
}
