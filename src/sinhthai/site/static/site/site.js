// Small improvements; every page works without them.

// A <select data-submit> or <input data-submit> sends its form when changed.
document.addEventListener("change", (event) => {
  const field = event.target.closest("[data-submit]");
  if (field) field.form.requestSubmit();
});

// <button data-confirm="…"> asks first.
document.addEventListener("submit", (event) => {
  const question = event.submitter?.dataset.confirm;
  if (question && !window.confirm(question)) event.preventDefault();
});

// A form with data-once disables its button while it is on its way, so nothing is sent twice.
document.addEventListener("submit", (event) => {
  if (event.defaultPrevented || !event.target.matches("[data-once]")) return;
  const button = event.submitter;
  if (!button) return;
  setTimeout(() => {
    button.setAttribute("aria-disabled", "true");
    button.disabled = true;
  });
});
window.addEventListener("pageshow", () => {
  document.querySelectorAll("[data-once] [aria-disabled=true]").forEach((button) => {
    button.disabled = false;
    button.removeAttribute("aria-disabled");
  });
});

// <button data-print> prints; <button data-copy="#id"> copies that element's text.
document.addEventListener("click", (event) => {
  if (event.target.closest("[data-print]")) window.print();
  const copier = event.target.closest("[data-copy]");
  if (copier) {
    const source = document.querySelector(copier.dataset.copy);
    navigator.clipboard?.writeText(source.value ?? source.textContent.trim()).then(() => {
      copier.textContent = copier.dataset.done ?? "✓";
    });
  }
});

// "/" goes to the search field of the page.
document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input, textarea, select, [contenteditable]")) return;
  const search = document.querySelector("main input[type=search]");
  if (search) {
    event.preventDefault();
    search.focus();
    search.select();
  }
});

// An error summary takes the focus when the page arrives.
document.querySelector(".error-summary")?.focus();

// On a phone the tabs run sideways: the current one, and the one that takes the focus, come into view.
const tabs = document.querySelector("header.site nav");
const showTab = (tab) => tab?.scrollIntoView({ block: "nearest", inline: "nearest" });
tabs?.addEventListener("focusin", (event) => showTab(event.target));
if (tabs && tabs.scrollWidth > tabs.clientWidth) showTab(tabs.querySelector("[aria-current]"));
