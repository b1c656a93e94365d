// The form of a stream: a suggestion that is clicked becomes the material.
document.addEventListener("click", (event) => {
  const pick = event.target.closest("[data-pick]");
  if (!pick) return;
  const choice = document.getElementById("id_material");
  choice.value = pick.dataset.pick;
  choice.focus();
});
