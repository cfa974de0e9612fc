// Figures and causes for engineers, behind "Details".

import { byId, momentOf, say } from "./words.js";

export class Details {
  #cameras = new Map();

  /** @param shown Pairs of each camera and its tile. */
  show(shown) {
    if (!byId("details").open) {
      return;
    }
    const names = shown.map(({ camera }) => camera.name);
    if (names.join() !== [...this.#cameras.keys()].join()) {
      this.#cameras = new Map(names.map(name => [name, new CameraDetails(name)]));
      byId("camera-details").replaceChildren(...[...this.#cameras.values()].map(details => details.element));
    }
    for (const { camera, tile } of shown) {
      this.#cameras.get(camera.name).show(camera, tile);
    }
  }

  describe(info) {
    const model = info.model ? `model ${info.model.name}` : "no model";
    byId("about").textContent = [
      `FaceEdge ${info.version}`, info.commit?.slice(0, 8), model, info.backend, info.architecture, `started ${momentOf(info.started)}`,
    ].filter(Boolean).join(" · ");
  }

  /** Why there is no live connection; null where there is one. */
  explain(reason) {
    byId("limitation-reason").hidden = !reason;
    say(byId("limitation-reason"), reason ?? "");
  }
}

class CameraDetails {
  element = document.createElement("section");
  #list = document.createElement("dl");
  #values = new Map();

  constructor(name) {
    const heading = document.createElement("h3");
    heading.textContent = name;
    heading.dir = "auto";
    this.element.append(heading, this.#list);
  }

  show(camera, tile) {
    const frames = [camera.framesPerSecond, camera.processedPerSecond, tile.rate].map(rate => rate.toFixed(1)).join(" · ");
    const latency = tile.deliveryLatency > 0 ? tile.deliveryLatency.toFixed(0) : "–";
    for (const [term, value] of Object.entries({
      "Source": camera.source,
      "State": `${camera.state} since ${momentOf(camera.since)}`,
      "Reason": camera.reason,
      "Note": camera.note,
      "Size": camera.width > 0 ? `${camera.width} × ${camera.height}` : null,
      "Frames/s received · searched · shown": frames,
      "Inference · detection · delivery, ms": `${camera.inferenceMilliseconds.toFixed(1)} · ${camera.detectMilliseconds.toFixed(1)} · ${latency}`,
      "Frames received · dropped": `${camera.framesReceived} · ${camera.framesDropped}`,
      "Reconnects · viewers": `${camera.reconnects} · ${camera.viewers}`,
    })) {
      this.#say(term, value);
    }
  }

  #say(term, value) {
    let shown = this.#values.get(term);
    if (!shown) {
      const row = document.createElement("div");
      const name = document.createElement("dt");
      shown = document.createElement("dd");
      shown.dir = "auto";
      name.textContent = term;
      row.append(name, shown);
      this.#list.append(row);
      this.#values.set(term, shown);
    }
    shown.parentElement.hidden = !value;
    say(shown, value ?? "");
  }
}
