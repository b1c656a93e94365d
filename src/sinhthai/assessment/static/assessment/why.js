// "Why?" opens the explanation under its row, and closes it again. Without this it is a link.
document.addEventListener(
  "click",
  (event) => {
    const link = event.target.closest("a.why");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    const slot = document.getElementById(link.getAttribute("aria-controls"));
    const row = slot?.closest("tr");
    if (!row || !window.htmx) return;
    if (link.dataset.loaded) {
      event.preventDefault();
      event.stopImmediatePropagation();
      show(link, row, row.hidden);
    }
  },
  true,
);

function show(link, row, open) {
  row.hidden = !open;
  row.previousElementSibling.classList.toggle("open", open);
  link.setAttribute("aria-expanded", String(open));
  const label = link.firstChild;
  link.dataset.open ??= label.textContent;
  label.textContent = open ? link.dataset.close : link.dataset.open;
}

document.addEventListener("htmx:after:swap", (event) => {
  const slot = event.detail?.ctx?.target ?? event.target;
  const row = slot.closest?.("tr.why-row");
  if (!row) return;
  const link = document.querySelector(`a.why[aria-controls="${slot.id}"]`);
  link.dataset.loaded = "1";
  show(link, row, true);
});
