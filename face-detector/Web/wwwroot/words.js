// What the page says in words and numbers, and where.

export const byId = id => document.getElementById(id);

const MOMENT = new Intl.DateTimeFormat([], {
  weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZoneName: "short",
});
const CLOCK = new Intl.DateTimeFormat([], { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
const DAY = new Intl.DateTimeFormat([], { weekday: "long", day: "numeric", month: "long" });

/** A day and a time, in the viewer's zone and with its name. */
export const momentOf = moment => MOMENT.format(new Date(moment));

export const clockOf = moment => CLOCK.format(moment);

export const dayOf = moment => DAY.format(moment);

export const facesIn = (faces, mode) => mode === "eyes"
  ? (faces === 1 ? "1 person" : `${faces} people`)
  : (faces === 1 ? "1 face" : `${faces} faces`);

/** Changes an element's text only where it differs: what a screen reader speaks is spoken once. */
export function say(element, text) {
  if (element.textContent !== text) {
    element.textContent = text;
  }
}

/** What the count counts. */
export const labelOf = mode => mode === "eyes" ? "People with eyes found" : "Faces in view";

export function ageOf(seconds) {
  return seconds < 90 ? `${Math.round(seconds)} s ago` : seconds < 5400 ? `${Math.round(seconds / 60)} min ago` : `${Math.round(seconds / 3600)} h ago`;
}

/** For file names: local time without signs that a file system refuses. */
export function stampOf(moment) {
  const local = new Date(moment - 60000 * moment.getTimezoneOffset());
  return local.toISOString().slice(0, 19).replace("T", "-").replaceAll(":", "");
}
