// Puts the page together: connection, tiles, what is in view, figures and settings.

import { LatencyChart } from "./chart.js";
import { Counts } from "./counts.js";
import { Details } from "./details.js";
import { fit, GAP } from "./grid.js";
import { Line } from "./line.js";
import { LiveConnection } from "./live.js";
import { Notice } from "./notice.js";
import { Settings } from "./settings.js";
import { conditionOf, slownessOf } from "./status.js";
import { Tile, told } from "./tiles.js";
import { View } from "./view.js";
import { VisitorCamera } from "./visitor.js";
import { Wall } from "./wall.js";
import { ageOf, byId, labelOf, say as write } from "./words.js";

const FIGURES_MS = 500;
const MIN_ROOM = 150;

// A tile that grows by a few pixels asks for nothing new.
const WIDTH_STEP = 80;

// A count older than this is told with its age.
const OLD_SECONDS = 3;

const PRIVACY = {
  none: "Whoever opens this page sees the pictures as the cameras take them.",
  blur: "Faces are made unrecognisable before a picture leaves the site’s computer.",
  boxes: "No picture leaves the site’s computer: only boxes are shown where faces are.",
};

const notice = new Notice();
const live = new LiveConnection();
const line = new Line(live);
const settings = new Settings(notice);
const view = new View();
const wall = new Wall(view);
const details = new Details();
const chart = new LatencyChart(byId("chart"));
const visitor = new VisitorCamera(settings);

let cameras = [];
let tiles = [];
let inferences = [];
let connection = { connected: false, known: false, refused: null };
let heardAt = 0;
let charted = null;
let wasAlone = null;
let asked = [];

live.addEventListener("open", event => {
  connection = { connected: true, known: true, refused: null };
  for (const tile of tiles) { tile.lose(false); }
  showLimitation(event.detail);
  showFigures();
});
live.addEventListener("lost", event => {
  connection = { ...connection, connected: false, refused: event.detail.refused };
  for (const tile of tiles) { tile.lose(true); }
  details.explain(event.detail.reason);
  showFigures();
});
live.addEventListener("settings", event => settings.show(event.detail));
live.addEventListener("cameras", event => showCameras(event.detail));
live.addEventListener("frame", event => showFrame(event.detail));
settings.addEventListener("change", () => { showPrivacy(); showFigures(); });
view.addEventListener("change", layOut);
visitor.addEventListener("change", layOut);
document.addEventListener("visibilitychange", watch);
byId("device-camera").addEventListener("click", toggleVisitor);
byId("details").addEventListener("toggle", showFigures);
const resized = new ResizeObserver(place);
for (const id of ["top", "stage", "bar", "wall-bar", "controls"]) { resized.observe(byId(id)); }
addEventListener("resize", place);
setInterval(() => { measure(); showFigures(); }, FIGURES_MS);
wall.show();
new Counts();
live.start();
showInfo();

async function showFrame(frame) {
  const tile = tiles[frame.camera];
  try {
    const bitmap = await createImageBitmap(frame.jpeg);
    tile?.draw(bitmap);
    bitmap.close();
  } catch {
    // A frame that cannot be decoded: the one before stays.
  }
  live.acknowledge(frame);
  if (tile) {
    tile.deliveryLatency = frame.deliveryLatency;
    tile.siteLatency = frame.siteLatency;
    inferences[frame.camera] = frame.inference;
  }
}

function showCameras(list) {
  const renewed = list.map(camera => camera.name).join() !== cameras.map(camera => camera.name).join();
  cameras = list;
  heardAt = performance.now();
  if (renewed) {
    tiles = list.map(camera => {
      const tile = new Tile(camera.name, place);
      tile.link.addEventListener("click", event => pick(event, tile));
      return tile;
    });
    if (view.camera !== null && !list.some(camera => camera.name === view.camera)) {
      notice.show(`There is no camera “${view.camera}” at this site. All cameras are shown.`);
    }
  }
  list.forEach((camera, i) => tiles[i].expect(camera.width, camera.height));
  if (renewed) {
    layOut();
  }
  showPrivacy();
  showFigures();
}

/** The tiles in view. */
function shown() {
  if (visitor.on) {
    return [visitor.tile];
  }
  const chosen = tiles.filter(tile => tile.name === view.camera);
  return chosen.length > 0 ? chosen : tiles;
}

/** The cameras in view, each with its tile. */
function watched() {
  const now = shown();
  return cameras.map((camera, i) => ({ camera, tile: tiles[i] })).filter(({ tile }) => now.includes(tile));
}

function pick(event, tile) {
  // With a key held, or by another button, the link opens elsewhere.
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) {
    return;
  }
  event.preventDefault();
  view.show(tile.name === view.camera ? null : tile.name);
}

/** Shows what is in view, and nothing else; the elements stay, and the focus with them. */
function layOut() {
  const grid = byId("tiles");
  const all = visitor.on ? [visitor.tile] : tiles;
  const now = shown();
  const alone = now.length === 1;
  if (all.length !== grid.children.length || all.some((tile, i) => tile.element !== grid.children[i])) {
    grid.replaceChildren(...all.map(tile => tile.element));
  }
  const { activeElement } = document;
  for (const tile of all) {
    const chosen = alone && tile === now[0];
    tile.element.hidden = !now.includes(tile);
    tile.alone = chosen;
    tile.element.toggleAttribute("data-only", all.length === 1);
    tile.link.href = view.address(chosen ? null : tile.name);
    tile.link.lastElementChild.textContent = chosen ? "All cameras" : `Enlarge ${tile.name}`;
  }
  const before = wasAlone;
  wasAlone = alone ? now[0] : null;
  if (before && before !== wasAlone && (before.element.contains(activeElement) || activeElement === document.body)) {
    before.link.focus({ preventScroll: true });
  }
  const button = byId("device-camera");
  button.setAttribute("aria-pressed", String(visitor.on));
  button.textContent = visitor.on ? "Back to the site’s camera" : "Use this device’s camera";
  wall.show();
  place();
  showFigures();
}

/** Gives the tiles their sizes: all of them, the bar below and on a narrow screen the controls are in view together. */
function place() {
  const now = shown();
  const stage = byId("stage");
  const grid = byId("tiles");
  if (now.length === 0) {
    return;
  }
  const { width } = stage.getBoundingClientRect();
  const layout = fit(now.map(tile => tile.shape), Math.floor(width), Math.max(MIN_ROOM, room(stage, grid)));
  now.forEach((tile, i) => {
    tile.element.style.width = `${layout.widths[i]}px`;
    tile.element.style.height = `${layout.row}px`;
  });
  grid.style.width = `${layout.width}px`;
  grid.style.setProperty("--gap", `${GAP}px`);
  watch();
}

/** Height for the tiles. */
function room(stage, grid) {
  const rest = stage.offsetHeight - grid.offsetHeight;
  if (view.wall) {
    return innerHeight - byId("wall-bar").offsetHeight;
  }
  const style = getComputedStyle(document.body);
  const space = parseFloat(style.rowGap);
  const top = byId("top");
  const controls = byId("controls");
  const below = controls.offsetLeft > stage.offsetLeft ? 0 : controls.offsetHeight + space;
  return innerHeight - top.offsetTop - top.offsetHeight - space - rest - below - parseFloat(style.paddingBottom);
}

/** Frames come for what is in view; none while the page cannot be seen. */
function watch() {
  const now = document.hidden || visitor.on ? [] : shown();
  for (const tile of tiles.filter(tile => !now.includes(tile) || !asked.includes(tile))) {
    tile.forget();
  }
  asked = now;

  // One alone may be zoomed: it comes as wide as the line allows.
  const widest = Math.max(...now.map(tile => tile.element.offsetWidth)) * devicePixelRatio;
  live.watch(now.map(tile => tile.name), now.length > 1 && widest > 0 ? Math.ceil(widest / WIDTH_STEP) * WIDTH_STEP : null);
}

async function toggleVisitor() {
  if (visitor.on) {
    visitor.stop();
    return;
  }
  try {
    await visitor.start();
    notice.hide();
    layOut();
  } catch (error) {
    notice.show(error.message, error.cause ? `${error.cause.name}: ${error.cause.message}` : null);
  }
}

function measure() {
  const now = performance.now();
  for (const tile of visitor.on ? [visitor.tile] : tiles) {
    tile.measure(now);
  }
}

function showFigures() {
  const { mode } = settings.current;
  cameras.forEach((camera, i) => tiles[i].describe({ state: camera.state, told: told(camera), faces: camera.faces, mode }));
  const pairs = visitor.on ? [] : watched();
  const now = shown();
  const condition = conditionOf({ ...connection, visitor: visitor.on, cameras });
  byId("status").dataset.state = condition.state;
  say("status-text", condition.text);
  tell("line", connection.connected ? line.words ?? slownessOf(pairs) : null);
  showCount(pairs, mode, condition);

  const rate = now.reduce((sum, tile) => sum + tile.rate, 0) / Math.max(1, now.length);
  say("rate", rate.toFixed(1));
  const slowest = now.reduce((worst, tile) => tile.live && tile.rate > 0 && tile.deliveryLatency > (worst?.deliveryLatency ?? 0) ? tile : worst, null);
  say("delay", slowest ? (slowest.deliveryLatency / 1000).toFixed(slowest.deliveryLatency < 1000 ? 2 : 1) : "–");
  say("delay-label", slowest && now.length > 1 ? `Delay, at most (${slowest.name})` : "Delay");
  showChart(now[0]);
  details.show(pairs);
}

/** The last known count, with its age where it is old; a dash only where nothing is known. */
function showCount(pairs, mode, condition) {
  const known = pairs.filter(({ camera }) => camera.state === "live");
  const faces = visitor.on ? visitor.tile.faces : known.reduce((sum, { camera }) => sum + camera.faces, 0);
  const text = visitor.on || known.length > 0 ? String(faces) : "–";
  const silence = connection.connected ? 0 : (performance.now() - heardAt) / 1000;
  const age = Math.max(0, ...known.map(({ camera }) => camera.ageSeconds ?? 0)) + silence;
  say("faces", text);
  say("faces-label", labelOf(mode));
  const old = text !== "–" && age >= OLD_SECONDS && !visitor.on ? ageOf(age) : null;
  tell("faces-age", old);
  wall.tell({ faces: text, label: [labelOf(mode).toLowerCase(), old].filter(Boolean).join(", "), state: condition.state, text: condition.brief, title: [settings.current.title, byId("site").textContent].filter(Boolean).join(" · ") });
}

/** One camera's lines, and its name: the one in view, or the first of several. */
function showChart(tile) {
  if (tile !== charted) {
    charted = tile;
    chart.clear();
    say("chart-heading", tile ? `Latency, ${tile.name}` : "");
  }
  const moving = tile?.rate > 0;
  const inference = visitor.on ? visitor.inference : inferences[tiles.indexOf(tile)] ?? 0;
  chart.add(moving ? tile.deliveryLatency : NaN, moving ? inference : NaN);
  if (moving) {
    say("chart-text", `now ${tile.deliveryLatency.toFixed(0)} ms delivery latency, ${inference.toFixed(1)} ms inference`);
  }
}

/** That the page runs over plain HTTP; null where it need not. */
function showLimitation(reason) {
  tell("limitation", reason ? "Fewer frames come than could: something between this screen and the site passes no live connection on." : null);
  details.explain(reason && `Over plain HTTP, with fewer frames, because no WebSocket comes through. ${reason}`);
}

/** What frames show of people: of all cameras alike, or of each mode's cameras. */
function showPrivacy() {
  const common = settings.current.privacy ?? "none";
  const modes = Map.groupBy(cameras, camera => camera.privacy ?? common);
  tell("privacy-mode", modes.size < 2
    ? PRIVACY[[...modes.keys()][0] ?? common]
    : [...modes].map(([mode, some]) => `${some.map(camera => camera.name).join(", ")}: ${PRIVACY[mode]}`).join(" "));
}

async function showInfo() {
  try {
    const info = await (await fetch("api/v1/info")).json();
    say("site", info.site);
    say("environment", info.environment);
    byId("environment").dataset.kind = info.environment.toLowerCase();
    showContact(info.contact);
    byId("sign-out").hidden = !info.signIn;
    details.describe(info);
    if (info.modelNote) { notice.show("Nothing is searched for: this site has no model.", info.modelNote); }
  } catch {
    setTimeout(showInfo, 2000);
  }
}

/** Who runs the site: a link where it is an address of mail or of the web. */
function showContact(contact) {
  settings.contact = contact;
  byId("contact-line").hidden = !contact;
  const address = /^\S+@\S+\.\S+$/.test(contact) ? `mailto:${contact}` : /^https?:\/\/\S+$/.test(contact) ? contact : null;
  const shown = document.createElement(address ? "a" : "span");
  if (address) { shown.href = address; }
  shown.textContent = contact ?? "";
  byId("contact").replaceChildren(shown);
}

function say(id, text) {
  write(byId(id), text);
}

function tell(id, text) {
  byId(id).hidden = !text;
  say(id, text ?? "");
}
