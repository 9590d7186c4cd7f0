// Comforts only: every page works without this file.

/* A form that is being sent says so, and is not sent twice. */
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  const button = event.submitter;
  if (form.method !== "post" || !button?.dataset.busy) return;
  form.dataset.sent = "yes";
  button.setAttribute("aria-disabled", "true");
  button.dataset.label = button.textContent;
  button.textContent = button.dataset.busy;
});

/* The page that the Back button brings from memory is ready to be sent again, its badge fresh. */
addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
  for (const button of document.querySelectorAll("button[data-label]")) {
    button.removeAttribute("aria-disabled");
    button.textContent = button.dataset.label;
  }
  document.dispatchEvent(new CustomEvent("basket-changed"));
});

/* A toast leaves after eight seconds, unless it is an error or somebody is using it. */
const toast = document.getElementById("toast");
let leaving;
new MutationObserver(() => {
  clearTimeout(leaving);
  if (toast.hasChildNodes() && !toast.querySelector(".notice--error")) leaving = setTimeout(leave, 8000);
}).observe(toast, { childList: true });

function leave() {
  if (toast.matches(":hover, :focus-within")) leaving = setTimeout(leave, 2000);
  else toast.replaceChildren();
}

/* The bar at the foot of a product page names the price of the chosen option. */
document.addEventListener("change", ({ target }) => {
  const price = target.closest("[data-price]")?.dataset.price;
  const shown = document.querySelector(".buy-bar .price");
  if (price && shown) shown.textContent = price;
});
