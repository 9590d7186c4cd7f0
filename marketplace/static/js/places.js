// Shows the places a typed postcode or tambon may mean. Without it the form asks when it is sent.

const PAUSE_MILLISECONDS = 300;
const field = document.querySelector("[data-places-url]");
let waiting, latest = 0;

async function show() {
  const turn = ++latest;
  const url = `${field.dataset.placesUrl}?q=${encodeURIComponent(field.value)}`;
  const answer = await fetch(url, { headers: { Accept: "text/html" } }).catch(() => null);
  // An older answer may come after a newer one.
  if (!answer?.ok || turn !== latest) return;
  document.getElementById("places").innerHTML = await answer.text();
}

field?.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(show, PAUSE_MILLISECONDS);
});
