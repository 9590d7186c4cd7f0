// Conveniences only: a ready reason fills the text to be changed, and all rows are ticked at once.
document.addEventListener("change", ({ target }) => {
  if (!target.matches("[data-fills]")) return;
  const text = target.form.elements[target.dataset.fills];
  text.value = target.value;
});

for (const button of document.querySelectorAll("[data-choose-all]")) {
  button.parentElement.hidden = false;
  button.addEventListener("click", () => {
    for (const box of button.form.querySelectorAll("[name=items]")) box.checked = true;
  });
}
