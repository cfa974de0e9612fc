"use strict";
const form = document.querySelector("form");
const rows = [...document.querySelectorAll("tbody tr")].map(row => ({ row, text: row.textContent.toLowerCase() }));
const shown = document.getElementById("shown");

function filter() {
  const words = form.elements.text.value.toLowerCase().split(/\s+/).filter(word => word);
  const states = new Set([...form.querySelectorAll("input[type=checkbox]:checked")].map(box => box.value));
  let count = 0;
  for (const { row, text } of rows) {
    const fits = (states.size === 0 || states.has(row.className)) && words.every(word => text.includes(word));
    row.hidden = !fits;
    count += fits ? 1 : 0;
  }
  shown.textContent = `${count} of ${rows.length} sites`;
}

form.hidden = false;
form.addEventListener("input", filter);
form.addEventListener("submit", event => event.preventDefault());
filter();
