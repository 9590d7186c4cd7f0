// Keeps a product's form while it is typed: on the server every five seconds, and on this phone
// until the server has it. Without this file every button saves the form as well.

const form = document.getElementById("draft");
const version = form.elements.version;
const state = form.querySelector("[data-state]");
const restoring = form.querySelector("[data-restore]");
const key = `draft:${form.dataset.key}`;
const NOT_KEPT = ["csrfmiddlewaretoken", "version", "new_photos", "do"];
// Asked for at once, since the network may be gone when somebody chooses photos.
const photosScript = import(form.dataset.photosScript).catch(() => null);
// The button of the file field is not needed: what is chosen goes off at once.
form.classList.add("draft--scripted");
let changed = false;
let saving = null;
let stopped = false;

function typed() {
  return [...new FormData(form)].filter(([name]) => !NOT_KEPT.includes(name));
}

function keep(sent = false) {
  try {
    localStorage.setItem(key, JSON.stringify({ version: version.value, typed: typed(), sent }));
  } catch {
    // No room or not allowed: the server has the form.
  }
}

function kept() {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null;
  }
}

function forget() {
  try {
    localStorage.removeItem(key);
  } catch {
    // Nothing was kept.
  }
}

function bringBack(copy) {
  const values = Map.groupBy ? Map.groupBy(copy.typed, ([name]) => name) : grouped(copy.typed);
  const places = {};
  for (const field of form.elements) {
    if (!field.name || NOT_KEPT.includes(field.name) || field.type === "hidden" || field.type === "submit") continue;
    const texts = (values.get(field.name) ?? []).map(([, text]) => text);
    if (field.type === "radio" || field.type === "checkbox") field.checked = texts.includes(field.value);
    else {
      places[field.name] = (places[field.name] ?? -1) + 1;
      field.value = texts[places[field.name]] ?? field.value;
    }
  }
  state.textContent = form.dataset.restored;
  touched();
}

function grouped(pairs) {
  const groups = new Map();
  for (const pair of pairs) groups.set(pair[0], [...(groups.get(pair[0]) ?? []), pair]);
  return groups;
}

function touched() {
  changed = true;
  keep();
}

// Sends the form as it is now and gives the server's answer; null where it cannot go on. Raises
// where there is no network.
async function send(act, photo) {
  changed = false;
  const body = new FormData(form);
  body.delete("new_photos");
  body.set("do", act);
  if (photo) body.set("new_photos", photo);
  try {
    const answer = await fetch(form.action, { method: "POST", body });
    if (answer.redirected) throw new Error("signedOut");
    if (!answer.headers.get("content-type")?.includes("json")) throw new Error("offline");
    const facts = await answer.json();
    state.textContent = facts.words;
    stopped = !answer.ok;
    if (stopped) return null;
    version.value = facts.version;
    form.querySelector("[data-reaches]").textContent = facts.reaches;
    form.querySelectorAll("[data-reaches-option]").forEach((place, number) => {
      place.textContent = facts.reaches_of_options[number] ?? place.textContent;
    });
    if (changed) keep();
    else forget();
    return facts;
  } catch (error) {
    changed = true;
    const why = error.message === "signedOut" ? "signedOut" : "offline";
    state.textContent = form.dataset[why];
    if (why === "signedOut") return null;
    throw error;
  }
}

async function save() {
  try {
    await send("autosave");
  } catch {
    // Said already; five seconds later it is tried again.
  }
}

function saveSoon() {
  if (!changed || saving || stopped) return;
  saving = save().finally(() => {
    saving = null;
  });
}

form.addEventListener("input", ({ target }) => {
  if (target.type === "file") return;
  if (!changed) state.textContent = form.dataset.unsaved;
  touched();
});

async function sendChosen(picker) {
  const script = await photosScript;
  if (!script) return form.requestSubmit(form.querySelector('[value="photos-add"]'));
  const files = [...picker.files];
  picker.value = "";
  await saving;
  saving = script.sendPhotos(form, files, (photo) => send("photo-send", photo)).finally(() => {
    saving = null;
  });
}

form.addEventListener("change", ({ target }) => {
  if (target.type === "file" && target.files.length) sendChosen(target);
  else saveSoon();
});

// A button waits for a save that is under way, so that it does not meet its own older version.
form.addEventListener("submit", (event) => {
  keep(true);
  if (!saving) return;
  event.preventDefault();
  event.stopPropagation();
  saving.then(() => form.requestSubmit(event.submitter));
});

addEventListener("online", saveSoon);
setInterval(saveSoon, 5000);

restoring.addEventListener("click", () => {
  restoring.hidden = true;
  bringBack(kept());
});

const copy = kept();
if (copy) {
  const isSame = JSON.stringify(copy.typed) === JSON.stringify(typed());
  if (isSame || (copy.sent && copy.version !== version.value)) forget();
  else if (copy.version === version.value) bringBack(copy);
  else restoring.hidden = false;
}
