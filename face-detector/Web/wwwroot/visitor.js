// The visitor's own camera: pictures go to the service one at a time, and the boxes come back for this page alone.

import { Tile } from "./tiles.js";

const MAX_WIDTH = 960;
const JPEG_QUALITY = 0.75;
const TOO_MANY_REQUESTS = 429;

export class VisitorCamera {
  tile = null;
  inference = 0;
  deliveryLatency = 0;
  #settings;
  #stopped;
  #stream = null;
  #socket = null;
  #plain = false;
  #video = document.createElement("video");
  #still = document.createElement("canvas");
  #sentAt = 0;

  constructor(settings, stopped) {
    this.#settings = settings;
    this.#stopped = stopped;
    this.#video.muted = true;
    this.#video.playsInline = true;
  }

  get on() {
    return this.tile !== null;
  }

  /** Asks for the camera and starts; throws an error with a message for the visitor. */
  async start() {
    if (!navigator.mediaDevices?.getUserMedia) {
      throw new Error("Browsers lend their camera only to pages over https or on localhost.");
    }
    try {
      this.#stream = await navigator.mediaDevices.getUserMedia({ video: { width: { ideal: 1280 } }, audio: false });
    } catch (error) {
      throw new Error(error.name === "NotAllowedError" ? "The camera was not allowed." : "No camera could be opened on this device.");
    }
    this.#stream.getVideoTracks()[0].addEventListener("ended", () => this.stop());
    this.#video.srcObject = this.#stream;
    await this.#video.play();
    this.tile = new Tile("This device");
    this.tile.describe("live", "This device · seen by you alone", 0);
    const address = new URL("api/v1/camera", document.baseURI);
    address.protocol = address.protocol.replace("http", "ws");
    const socket = new WebSocket(address);
    this.#socket = socket;
    let opened = false;
    socket.onopen = () => { opened = true; this.#send(); };
    socket.onmessage = message => this.#show(JSON.parse(message.data));
    socket.onclose = () => {
      if (this.#socket !== socket) {
        return;
      }
      if (opened) {
        this.stop("The connection for this device’s camera was lost.");
      } else {
        // No WebSocket comes through: each picture is a request of its own.
        this.#plain = true;
        this.#send();
      }
    };
  }

  stop(reason) {
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
    socket?.close();
    this.tile = null;
    this.#stopped(reason);
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
      } else if (blob && this.#socket?.readyState === WebSocket.OPEN) {
        this.#socket.send(blob);
      }
    }, "image/jpeg", JPEG_QUALITY);
  }

  async #post(blob) {
    try {
      const answer = await fetch("api/v1/detect", { method: "POST", headers: { "Content-Type": "image/jpeg" }, body: blob });
      if (answer.status === TOO_MANY_REQUESTS) {
        setTimeout(() => this.#send(), 1000 * Number(answer.headers.get("Retry-After") ?? 1));
        return;
      }
      const result = await answer.json();
      this.#show(answer.ok ? result : { error: result.detail });
    } catch {
      this.stop("The connection for this device’s camera was lost.");
    }
  }

  #show(answer) {
    if (!this.on) {
      return;
    }
    const faces = answer.faces ?? [];
    this.tile.draw(this.#still, faces.length);
    this.tile.outline(this.#settings.current.mode === "eyes" ? faces.flatMap(face => face.eyes) : faces);
    this.tile.describe("live", answer.error ?? "This device · seen by you alone", faces.length);
    this.inference = answer.milliseconds?.inference ?? 0;
    this.deliveryLatency = performance.now() - this.#sentAt;
    if (this.#video.requestVideoFrameCallback) {
      this.#video.requestVideoFrameCallback(() => this.#send());
    } else {
      requestAnimationFrame(() => this.#send());
    }
  }
}
