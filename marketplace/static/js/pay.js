// Card entry: Stripe's frame in our page. What is typed there never passes through this script.

const form = document.getElementById("pay-form");
const button = document.getElementById("pay-button");
const message = document.getElementById("pay-message");
const entry = JSON.parse(document.getElementById("pay-entry").textContent);
const label = button.textContent;
let busy = false;

function say(text) {
  message.textContent = text;
}

function setBusy(on) {
  busy = on;
  button.textContent = on ? button.dataset.busyLabel : label;
  button.setAttribute("aria-disabled", String(on));
}

/* The frame wears our colours. */
function look() {
  const style = getComputedStyle(document.documentElement);
  const token = (name) => style.getPropertyValue(name).trim();
  return {
    variables: {
      colorPrimary: token("--indigo"),
      colorText: token("--ink"),
      colorBackground: token("--card"),
      colorDanger: token("--lac"),
      borderRadius: token("--r-card"),
      fontSizeBase: "17px",
    },
  };
}

function goOn() {
  location.assign(entry.returnPath);
}

/* An unfinished field is explained in the frame itself; a refused card is explained here. */
function explain(error) {
  if (error.type === "validation_error") return say("");
  if (error.code === "payment_intent_unexpected_state") return goOn(); // paid in another tab
  say(entry.declines[error.decline_code] || entry.declines[error.code] || entry.declines.general);
}

async function pay(stripe, elements) {
  const checked = await elements.submit();
  if (checked.error) return checked;
  return stripe.confirmPayment({
    elements,
    confirmParams: { return_url: new URL(entry.returnPath, location.href).href },
    redirect: "if_required",
  });
}

function start() {
  const stripe = window.Stripe(entry.key, { locale: entry.locale });
  const elements = stripe.elements({
    clientSecret: entry.clientSecret,
    locale: entry.locale,
    appearance: look(),
  });
  const card = elements.create("payment", { layout: "tabs" });
  card.on("ready", () => {
    button.hidden = false;
  });
  card.on("loaderror", () => say(form.dataset.unreachable));
  card.mount("#pay-card");

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    say("");
    try {
      const result = await pay(stripe, elements);
      if (!result.error) return goOn(); // stays busy: the next page is on its way
      explain(result.error);
    } catch {
      say(form.dataset.unknown); // it may have gone through: only Stripe knows
    }
    setBusy(false);
  });
}

if (window.Stripe) start();
else say(form.dataset.unreachable);
