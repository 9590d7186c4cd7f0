// Comforts of orders: copy an address, open the printer's window. Pages say the same without them.

for (const button of document.querySelectorAll("[data-print], [data-copy]")) {
  button.hidden = "copy" in button.dataset && !navigator.clipboard;
}

document.addEventListener("click", async ({ target }) => {
  const button = target.closest("[data-print], [data-copy]");
  if (!button) return;
  if ("print" in button.dataset) return print();
  await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).innerText);
  button.lastChild.textContent = button.dataset.copied;
});
