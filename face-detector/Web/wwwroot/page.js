// Puts the page together: connection, tiles, figures and settings.

import { LatencyChart } from "./chart.js";
import { LiveConnection } from "./live.js";
import { Settings } from "./settings.js";
import { Tile, timeOf } from "./tiles.js";
import { VisitorCamera } from "./visitor.js";

const FIGURES_MS = 500;
const NOTICE_MS = 7000;

const byId = id => document.getElementById(id);
const live = new LiveConnection();
const settings = new Settings(notify);
const chart = new LatencyChart(byId("chart"));
const visitor = new VisitorCamera(settings, reason => { layOut(); if (reason) { notify(reason); } });

let cameras = [];
let tiles = [];
let alone = null;
let connected = false;
let latest = { inference: 0, deliveryLatency: 0 };
let counted = { at: performance.now(), drawn: 0 };

live.addEventListener("open", event => {
  connected = true;
  for (const tile of tiles) { tile.lose(false); }
  showLimitation(event.detail);
});
live.addEventListener("lost", event => {
  connected = false;
  for (const tile of tiles) { tile.lose(true); }
  showStatus("noSignal", event.detail ? `${event.detail}; trying again` : "The service does not answer; trying again");
});
live.addEventListener("settings", event => settings.show(event.detail));
live.addEventListener("cameras", event => showCameras(event.detail));
live.addEventListener("picture", event => showPicture(event.detail));
document.addEventListener("visibilitychange", watch);
byId("all-cameras").addEventListener("click", () => { alone = null; layOut(); });
byId("fullscreen").addEventListener("click", () => byId("stage").requestFullscreen?.().catch(() => notify("This browser does not offer full screen.")));
byId("device-camera").addEventListener("click", toggleVisitor);
setInterval(showFigures, FIGURES_MS);
live.start();
showInfo();

async function showPicture(picture) {
  const tile = tiles[picture.camera];
  try {
    const bitmap = await createImageBitmap(picture.jpeg);
    tile?.draw(bitmap, picture.faces);
    bitmap.close();
  } catch {
    // A picture that cannot be decoded: the one before stays.
  }
  live.acknowledge(picture);
  if (shown().includes(tile)) {
    latest = picture;
  }
}

function showCameras(list) {
  const renewed = list.map(camera => camera.name).join() !== cameras.map(camera => camera.name).join();
  cameras = list;
  if (renewed) {
    tiles = list.map(camera => new Tile(camera.name, list.length > 1 ? pick : null));
    alone = null;
    layOut();
  }
  list.forEach((camera, i) => {
    tiles[i].describe(camera.state, describe(camera), camera.faces);
    if (camera.state !== "live") { tiles[i].faces = 0; }
  });
  if (connected && !visitor.on) {
    showCondition();
  }
}

function describe(camera) {
  return camera.state === "noSignal" ? `${camera.name} · no signal since ${timeOf(camera.since)}`
    : camera.state === "connecting" ? `${camera.name} · connecting` : camera.name;
}

function showCondition() {
  const out = cameras.filter(camera => camera.state !== "live");
  if (out.length === 0) {
    showStatus("live", cameras.length === 1 ? `Live · ${sourceOf(cameras[0])}` : `Live · ${cameras.length} cameras`);
  } else {
    const reason = out[0].reason ? `: ${out[0].reason}` : "";
    showStatus(out[0].state, `${describe(out[0])}${reason}${out.length > 1 ? `, and ${out.length - 1} more` : ""}`);
  }
}

function sourceOf(camera) {
  return camera.source.startsWith("demo:") ? "a drawn scene; set RTSP_URL to watch a camera" : camera.source;
}

function showStatus(state, text) {
  byId("status").dataset.state = state;
  if (byId("status-text").textContent !== text) {
    byId("status-text").textContent = text;
  }
}

/** Why the page runs over plain HTTP; null where it need not. */
function showLimitation(reason) {
  byId("limitation").hidden = !reason;
  byId("limitation").textContent = reason ? `Over plain HTTP, with fewer frames, because no WebSocket comes through. ${reason}` : "";
}

function shown() {
  return visitor.on ? [visitor.tile] : alone ? [alone] : tiles;
}

function pick(tile) {
  alone = alone === tile ? null : tile;
  layOut();
}

function layOut() {
  const now = shown();
  const grid = byId("tiles");
  grid.replaceChildren(...now.map(tile => tile.element));
  grid.dataset.count = now.length;
  grid.style.setProperty("--columns", Math.ceil(Math.sqrt(now.length)));
  byId("all-cameras").hidden = visitor.on || alone === null;
  const button = byId("device-camera");
  button.setAttribute("aria-pressed", String(visitor.on));
  button.textContent = visitor.on ? "Back to the site’s camera" : "Use this device’s camera";
  latest = { inference: 0, deliveryLatency: 0 };
  counted = { at: performance.now(), drawn: sum(now, tile => tile.drawn) };
  watch();
}

function watch() {
  const names = document.hidden || visitor.on ? [] : shown().map(tile => tile.name);
  live.watch(names);
}

async function toggleVisitor() {
  if (visitor.on) {
    visitor.stop();
    return;
  }
  try {
    await visitor.start();
    showStatus("live", "Live · this device’s camera; the pictures are shown to nobody else and not kept");
    layOut();
  } catch (error) {
    notify(error.message);
  }
}

function showFigures() {
  const now = performance.now();
  const drawn = sum(shown(), tile => tile.drawn);
  const rate = Math.max(0, drawn - counted.drawn) / ((now - counted.at) / 1000);
  if (now - counted.at > 2 * FIGURES_MS) {
    counted = { at: now, drawn };
  }
  const { inference, deliveryLatency } = visitor.on ? visitor : latest;
  const moving = rate > 0;
  byId("faces").textContent = moving || visitor.on ? sum(shown(), tile => tile.faces) : "–";
  byId("rate").textContent = (rate / Math.max(1, shown().length)).toFixed(1);
  byId("inference").textContent = moving && inference > 0 ? inference.toFixed(1) : "–";
  byId("glass").textContent = moving && deliveryLatency > 0 ? deliveryLatency.toFixed(0) : "–";
  chart.add(moving ? deliveryLatency : NaN, moving ? inference : NaN);
  byId("chart").setAttribute("aria-label",
    `Latency over the last minute; now ${byId("glass").textContent} ms delivery latency, ${byId("inference").textContent} ms inference`);
}

async function showInfo() {
  try {
    const info = await (await fetch("api/v1/info")).json();
    byId("site").textContent = info.site;
    byId("environment").textContent = info.environment;
    byId("environment").dataset.kind = info.environment.toLowerCase();
    const model = info.model ? `model ${info.model.name}` : "no model";
    byId("about").textContent =
      [`FaceEdge ${info.version}`, info.commit?.slice(0, 8), model, info.backend, info.architecture].filter(Boolean).join(" · ");
    if (info.modelNote) { notify(info.modelNote, true); }
  } catch {
    setTimeout(showInfo, 2000);
  }
}

function notify(text, stay) {
  const notice = byId("notice");
  notice.textContent = text;
  notice.hidden = false;
  clearTimeout(notify.timer);
  if (!stay) { notify.timer = setTimeout(() => { notice.hidden = true; }, NOTICE_MS); }
}

function sum(list, of) {
  return list.reduce((total, item) => total + of(item), 0);
}
