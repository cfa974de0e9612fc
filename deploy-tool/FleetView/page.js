"use strict";
const form = document.querySelector("form");
const body = document.querySelector("tbody");
const headings = [...document.querySelectorAll("th")];
const boxes = [...form.querySelectorAll("input[type=checkbox]")];
const rows = [...body.rows].map((row, rank) => ({ row, rank, text: row.textContent.toLowerCase() }));

function filter() {
  const words = form.elements.text.value.toLowerCase().split(/\s+/).filter(word => word);
  const states = new Set(boxes.filter(box => box.checked).map(box => box.value));
  let count = 0;
  for (const { row, text } of rows) {
    const fits = (states.size === 0 || states.has(row.className)) && words.every(word => text.includes(word));
    row.hidden = !fits;
    count += fits ? 1 : 0;
  }
  document.getElementById("shown").textContent = `${count.toLocaleString("en")} of ${rows.length.toLocaleString("en")} sites`;
  document.getElementById("none").hidden = count > 0;
}

// What a row is sorted by: a moment, a figure or words; null for none, which comes last.
function keyOf(row, column) {
  const cell = row.cells[column];
  if (column === 0) { return boxes.findIndex(box => box.value === row.className); }
  if (cell.classList.contains("seen")) { return cell.querySelector("time")?.dateTime ?? null; }
  if (!cell.classList.contains("figure")) { return cell.textContent; }
  return cell.textContent ? Number.parseFloat(cell.textContent.replace("×", "")) : null;
}

// Ascending, descending, and back to worst first.
function sort(heading) {
  const column = headings.indexOf(heading);
  const order = { null: "ascending", ascending: "descending", descending: null }[heading.getAttribute("aria-sort")];
  for (const other of headings) { other.removeAttribute("aria-sort"); }
  if (order) { heading.setAttribute("aria-sort", order); }
  const sign = order === "descending" ? -1 : 1;
  const sorted = rows.map(one => ({ ...one, key: order && keyOf(one.row, column) }));
  sorted.sort((a, b) => a.key === b.key ? a.rank - b.rank : a.key === null ? 1 : b.key === null ? -1 : a.key < b.key ? -sign : sign);
  body.append(...sorted.map(one => one.row));
}

for (const heading of headings) {
  const button = document.createElement("button");
  button.type = "button";
  button.append(...heading.childNodes);
  button.addEventListener("click", () => sort(heading));
  heading.append(button);
}

// The headings stand right below the filter, whatever its height.
new ResizeObserver(() => document.body.style.setProperty("--bar", `${form.offsetHeight}px`)).observe(form);

form.hidden = false;
form.addEventListener("input", filter);
form.addEventListener("submit", event => event.preventDefault());
filter();
