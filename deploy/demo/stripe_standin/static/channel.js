/* The frame's side of the conversation with the shop's page: who may talk, and what a request to the stand-in looks
   like. Both frames load it; the quiet one has no fields and only reads PaymentIntents. */
'use strict';

window.standinChannel = (function () {
  const origins = document.body.dataset.shopOrigins.split(' ').filter(Boolean);
  const version = document.body.dataset.version;
  const acts = {};
  let shop = null;

  function say(message) {
    if (shop) {
      window.parent.postMessage(Object.assign({ standin: true }, message), shop);
    }
  }

  async function ask(method, path, key, fields) {
    const text = new URLSearchParams(fields).toString();
    const url = method === 'GET' && text ? path + '?' + text : path;
    const options = { method, headers: { Authorization: 'Bearer ' + key, 'Stripe-Version': version } };
    if (method === 'POST') {
      options.body = new URLSearchParams(fields);
    }
    try {
      const response = await fetch(url, options);
      const body = await response.json();
      return body.error ? { error: body.error } : { value: body };
    } catch (problem) {
      return { error: { type: 'api_connection_error', message: 'We could not reach the payment service.' } };
    }
  }

  function idOf(clientSecret) {
    return String(clientSecret).split('_secret_')[0];
  }

  function readIntent(given) {
    const path = '/v1/payment_intents/' + encodeURIComponent(idOf(given.clientSecret));
    return ask('GET', path, given.key, { client_secret: given.clientSecret });
  }

  async function hear(event) {
    const isShop = origins.includes(event.origin) && event.source === window.parent;
    const message = event.data;
    if (!isShop || !message || message.standin !== true) {
      return;
    }
    shop = event.origin;
    const act = acts[message.act];
    if (act) {
      say({ answerTo: message.id, result: await act(message.given || {}) });
    }
  }

  window.addEventListener('message', hear);
  acts.readIntent = readIntent;
  return { acts, ask, idOf, say };
})();
