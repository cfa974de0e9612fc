// How many people passed: in words, and by the hour of the last day as bars.

import { ask } from "./live.js";
import { byId } from "./words.js";

const REFRESH_MS = 60000;
const SVG = "http://www.w3.org/2000/svg";
const HEIGHT = 60;
const BAR = 10;

export class Counts {
  #section = byId("counts");
  #words = document.createElement("p");
  #chart = document.createElementNS(SVG, "svg");
  #axis = document.createElement("p");

  constructor() {
    this.#chart.setAttribute("role", "img");
    this.#chart.setAttribute("preserveAspectRatio", "none");
    this.#axis.className = "keys";
    this.#axis.setAttribute("aria-hidden", "true");
    this.#section.append(this.#words, this.#chart, this.#axis);
    this.#refresh();
  }

  async #refresh() {
    try {
      this.#show(await (await ask("api/v1/counts?step=hour", "GET")).json());
    } catch {
      // What was counted last stays; the line above says that the site does not answer.
    }
    setTimeout(() => this.#refresh(), REFRESH_MS);
  }

  #show({ cameras, timeZone }) {
    const hours = cameras[0].counts.map((hour, i) => ({ from: hour.from, passed: cameras.reduce((sum, camera) => sum + (camera.counts[i]?.passed ?? 0), 0) }));
    if (cameras[0].counts.at(-1)?.passed === null) {
      return;
    }
    const today = hours.at(-1).from.slice(0, 10);
    const passed = hours.filter(hour => hour.from.startsWith(today)).reduce((sum, hour) => sum + hour.passed, 0);
    const busiest = hours.reduce((most, hour) => hour.passed > most.passed ? hour : most);
    this.#words.textContent = `${peopleOf(passed)} today, ${hours.at(-1).passed} of them since ${clockOf(hours.at(-1).from)}. Who comes back counts again.`;
    this.#chart.setAttribute("viewBox", `0 0 ${hours.length * BAR} ${HEIGHT}`);
    this.#chart.setAttribute("aria-label", busiest.passed > 0
      ? `People by the hour, last 24 hours: most from ${clockOf(busiest.from)}, ${busiest.passed}.` : "People by the hour, last 24 hours: none.");
    this.#chart.replaceChildren(...hours.map((hour, i) => bar(i, hour.passed / Math.max(1, busiest.passed), `${clockOf(hour.from)}: ${peopleOf(hour.passed)}`)));
    const ends = [{ textContent: `since ${clockOf(hours[0].from)}, by the hour, ${timeZone}` }, { textContent: "now", className: "span" }];
    this.#axis.replaceChildren(...ends.map(end => Object.assign(document.createElement("span"), end)));
    this.#section.hidden = false;
  }
}

function bar(place, share, title) {
  const element = document.createElementNS(SVG, "rect");
  const height = Math.max(1, share * HEIGHT);
  for (const [name, value] of Object.entries({ x: place * BAR + 1, y: HEIGHT - height, width: BAR - 2, height })) {
    element.setAttribute(name, value);
  }
  element.append(Object.assign(document.createElementNS(SVG, "title"), { textContent: title }));
  return element;
}

/** Of the site's clock, as the service writes it: a viewer elsewhere sees the site's hours. */
const clockOf = moment => moment.slice(11, 16);

const peopleOf = number => number === 1 ? "1 person passed" : `${number} people passed`;
