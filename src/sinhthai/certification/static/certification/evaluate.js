// The evaluation by keyboard, and a warning before what was typed is lost. Works without, too.
const form = document.getElementById("evaluation");
const rows = () => [...form.querySelectorAll(".criterion")];
const unsaved = new Set();

// Alt+↓ and Alt+↑ go from criterion to criterion; Ctrl+Enter saves the one the focus is in.
form?.addEventListener("keydown", (event) => {
  const row = event.target.closest(".criterion");
  if (!row) return;
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    row.querySelector("button[name=save]")?.click();
  } else if (event.altKey && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
    const all = rows();
    const next = all[all.indexOf(row) + (event.key === "ArrowDown" ? 1 : -1)];
    if (!next) return;
    event.preventDefault();
    next.querySelector("input:checked, input, textarea")?.focus();
    next.scrollIntoView({ block: "nearest" });
  }
});

// A row that was typed in is unsaved until its own answer comes back.
form?.addEventListener("input", (event) => {
  unsaved.add(event.target.closest(".criterion")?.id ?? "form");
});
document.addEventListener("htmx:after:swap", (event) => {
  const button = event.detail?.ctx?.sourceElement;
  const row = button?.name === "save" && document.getElementById(button.value);
  if (!row) return;
  if (row.querySelector(".wrong")) row.querySelector("textarea")?.focus();
  else {
    unsaved.delete(row.id);
    row.querySelector("button[name=save]")?.focus();
  }
});
form?.addEventListener("submit", () => unsaved.clear());
window.addEventListener("beforeunload", (event) => {
  if (!unsaved.size) return;
  event.preventDefault();
  event.returnValue = form.dataset.unsaved;
});
