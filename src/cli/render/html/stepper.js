"use strict";
// Without this script each execution is a table, and all there is stands in it.
for (const stepper of document.querySelectorAll(".stepper")) {
  const rows = [...stepper.querySelectorAll("tr[data-step]")];
  const panels = [...stepper.querySelectorAll("[data-after]")];
  const lines = [...stepper.querySelectorAll("[data-line]")];
  const says = stepper.querySelector("[data-says]");
  const end = stepper.querySelector("[data-end]");
  let at = 0;
  const show = (to) => {
    at = Math.max(0, Math.min(rows.length, to));
    rows.forEach((row, n) => {
      row.classList.toggle("now", n === at - 1);
      row.classList.toggle("later", n >= at);
    });
    panels.forEach((panel) => { panel.hidden = Number(panel.dataset.after) !== at; });
    const row = rows[at - 1];
    lines.forEach((line) => line.classList.toggle("now", !!row && line.dataset.line === row.dataset.place));
    const now = lines.find((line) => line.classList.contains("now"));
    if (now) now.parentElement.scrollTop = now.offsetTop - now.parentElement.offsetTop - now.parentElement.clientHeight / 2;
    says.textContent = at === 0 ? "Before the first step" : "Step " + at + " of " + rows.length + ": " + row.dataset.says;
    end.hidden = at !== rows.length;
  };
  stepper.querySelector(".controls").hidden = false;
  stepper.tabIndex = 0;
  // The memory stands under the table, by cache line.
  stepper.classList.add("live");
  const moves = { first: () => show(0), back: () => show(at - 1), next: () => show(at + 1), last: () => show(rows.length) };
  for (const button of stepper.querySelectorAll("button[data-move]")) {
    button.addEventListener("click", () => moves[button.dataset.move]());
  }
  const keys = { ArrowRight: "next", ArrowLeft: "back", Home: "first", End: "last" };
  stepper.addEventListener("keydown", (event) => {
    const move = keys[event.key];
    if (!move || event.target.closest(".code, .scroll")) return;
    event.preventDefault();
    moves[move]();
  });
  show(0);
}
