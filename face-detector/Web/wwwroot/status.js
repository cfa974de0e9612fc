// How the site fares, in one sentence for visitors.

import { momentOf } from "./words.js";

// Delivery beyond this is no longer what one sees happen.
const LATE_MS = 1000;

// A camera that sends so few frames a second does not show movement.
const FLUENT = 1.5;

// Of the frames that a camera sends, so few are searched, or reach this screen, when something is slow.
const FEW = 0.5;

/**
 * @param connected Whether the service answers now.
 * @param known Whether it has answered before.
 * @param refused In words why it does not serve this page; null where it only does not answer.
 * @param visitor Whether the device's own camera is shown.
 * @param cameras All cameras.
 * @returns The state ("connecting", "live", "noSignal"), the sentence, and a short one for a wall.
 */
export function conditionOf(site) {
  const condition = judge(site);
  return { brief: condition.text, ...condition };
}

function judge({ connected, known, refused, visitor, cameras }) {
  if (!connected) {
    return known || refused
      ? { state: "noSignal", text: refused ?? "The site does not answer; trying again" }
      : { state: "connecting", text: "Connecting" };
  }
  if (visitor) {
    return { state: "live", text: "Live: this device’s camera. Its pictures are shown to nobody else and not kept" };
  }
  const out = cameras.filter(camera => camera.state === "noSignal");
  if (out.length > 0) {
    return {
      state: "noSignal",
      brief: out.length === 1 ? `No frames from ${out[0].name}` : `No frames from ${out.length} of ${cameras.length} cameras`,
      text: out.length === 1 ? `No frames from ${out[0].name} since ${momentOf(out[0].since)}`
        : out.length === cameras.length ? "No frames from any camera"
        : `No frames from ${out.map(camera => camera.name).join(", ")}`,
    };
  }
  const waiting = cameras.filter(camera => camera.state === "connecting");
  if (cameras.length === 0 || waiting.length > 0) {
    return { state: "connecting", text: `Waiting for ${waiting.map(camera => camera.name).join(", ") || "the cameras"}` };
  }
  return { state: "live", text: "Live" };
}

/**
 * What is slow, and where: the camera, the search, or the line to this screen. Null where nothing is.
 * @param shown Pairs of a camera and its tile.
 */
export function slownessOf(shown) {
  const live = shown.filter(({ camera }) => camera.state === "live");
  if (live.some(({ camera, tile }) => tile.settled && tile.rate === 0 && camera.processedPerSecond >= 1)) {
    return "The line to this screen is slow: no frames come through.";
  }
  const [late] = live.map(({ tile }) => tile).sort((one, other) => other.deliveryLatency - one.deliveryLatency);
  const thinned = live.some(({ camera, tile }) => tile.rate > 0 && camera.processedPerSecond > 1 && tile.rate < FEW * camera.processedPerSecond);
  if (late?.deliveryLatency > LATE_MS) {
    const slow = late.siteLatency > late.deliveryLatency / 2 ? "The site’s computer is busy" : "The line to this screen is slow";
    return `${slow}: frames come ${(late.deliveryLatency / 1000).toFixed(1)} s late${thinned ? ", and not all of them" : ""}.`;
  }
  const searched = live.find(({ camera }) => camera.framesPerSecond > FLUENT && camera.processedPerSecond < FEW * camera.framesPerSecond);
  if (searched) {
    const { name, processedPerSecond, framesPerSecond } = searched.camera;
    return `The site’s computer searches ${processedPerSecond.toFixed(0)} of ${framesPerSecond.toFixed(0)} frames a second from ${name}.`;
  }
  const slow = live.find(({ camera }) => camera.framesPerSecond > 0 && camera.framesPerSecond < FLUENT);
  if (slow) {
    const seconds = 1 / slow.camera.framesPerSecond;
    return `The camera${live.length > 1 ? ` “${slow.camera.name}”` : ""} sends one frame ${seconds < 1.5 ? "a second" : `in ${seconds.toFixed(0)} seconds`}.`;
  }
  return null;
}
