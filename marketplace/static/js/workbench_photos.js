// Sends a form's photos one after the other, so that each is kept as soon as it has arrived, and
// says how far it is. Without this file one button sends them all together.

const RETRY_MS = 5000;
const MOST_TRIES = 12; // a minute in which there is a network and no answer
const LONG_SIDE_PX = 2048; // what the server keeps
const SMALL_BYTES = 700_000; // not worth making smaller
const QUALITY = 0.9;

const text = (sentence, facts) => sentence.replace(/\{(\w+)\}/g, (_all, name) => facts[name]);

function pause() {
  return new Promise((done) => {
    const timer = setTimeout(finish, RETRY_MS);
    addEventListener("online", finish);
    function finish() {
      clearTimeout(timer);
      removeEventListener("online", finish);
      done();
    }
  });
}

// A photo of a phone, small enough for a slow network; as it is where the browser cannot read it.
async function smaller(file) {
  if (file.size < SMALL_BYTES) return file;
  let picture;
  try {
    picture = await createImageBitmap(file, { imageOrientation: "from-image" });
    const scale = LONG_SIDE_PX / Math.max(picture.width, picture.height);
    if (scale >= 1) return file;
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(picture.width * scale);
    canvas.height = Math.round(picture.height * scale);
    const context = canvas.getContext("2d");
    context.imageSmoothingQuality = "high";
    context.drawImage(picture, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", QUALITY));
    return blob && blob.size < file.size ? new File([blob], file.name, { type: blob.type }) : file;
  } catch {
    return file;
  } finally {
    picture?.close();
  }
}

function say(form, words) {
  form.querySelector("[data-sent]").textContent = words;
}

function refuse(form, sentences) {
  const place = form.querySelector("[data-refused]");
  place.textContent = sentences.join("\n");
  place.hidden = !sentences.length;
}

// Puts in the photos and each option's choices as the server has them, and keeps what is chosen.
function show(form, facts) {
  form.querySelector("[data-photos]").innerHTML = facts.photos;
  form.querySelectorAll("[data-choices]").forEach((place, number) => {
    const chosen = place.querySelector(":checked")?.value;
    place.innerHTML = facts.choices[number] ?? place.innerHTML;
    for (const radio of place.querySelectorAll("input")) {
      if (chosen !== undefined) radio.checked = radio.value === chosen;
    }
  });
}

// `send(body)` gives the server's answer to the whole form with one photo, or raises where there is
// no network; it answers `null` where the form cannot go on (somebody else changed it, signed out).
export async function sendPhotos(form, files, send) {
  const bar = form.querySelector("[data-progress]");
  const refused = [];
  const count = files.length;
  let taken = 0;
  refuse(form, refused);
  bar.max = count;
  bar.value = 0;
  bar.hidden = false;
  bar.scrollIntoView({ block: "center" }); // what comes in above pushes it down
  for (let number = 0; number < count; number += 1) {
    const photo = await smaller(files[number]);
    let tries = 0;
    for (let facts; facts === undefined && tries < MOST_TRIES; ) {
      say(form, text(form.dataset.sending, { number: number + 1, count }));
      try {
        facts = await send(photo);
      } catch {
        if (navigator.onLine) tries += 1;
        if (tries === MOST_TRIES) refused.push(`${photo.name}: ${form.dataset.failed}`);
        say(form, form.dataset.waits);
        await pause();
        continue;
      }
      if (facts === null) {
        bar.hidden = true;
        say(form, text(form.dataset.sentSome, { taken, count }));
        return;
      }
      if (facts.refused) refused.push(facts.refused);
      else taken += 1;
      show(form, facts);
    }
    refuse(form, refused);
    bar.value = number + 1;
  }
  bar.hidden = true;
  say(form, text(taken < count ? form.dataset.sentSome : form.dataset.sentAll, { taken, count }));
}
