/* The shop's side of the stand-in for Stripe: the few functions of Stripe.js that the checkout uses, under the same
   names. Everything that touches a card happens inside a frame of the stand-in's own origin; this script only passes
   messages. It is written anew and shares nothing with Stripe's own script. */
(function () {
  'use strict';

  const HOME = new URL(document.currentScript.src).origin;
  const KNOWN_OPTIONS = [
    'layout', 'defaultValues', 'business', 'paymentMethodOrder', 'fields', 'readOnly', 'terms', 'wallets'
  ];
  let lastId = 0;

  class IntegrationError extends Error {
    constructor(message) {
      super(message);
      this.name = 'IntegrationError';
    }
  }

  function need(condition, message) {
    if (!condition) {
      throw new IntegrationError(message);
    }
  }

  class Frame {
    constructor(name, title, onEvent) {
      this.waiting = new Map();
      this.onEvent = onEvent;
      this.node = document.createElement('iframe');
      this.node.src = HOME + '/endive/' + name;
      this.node.title = title;
      this.hear = this.hear.bind(this);
      window.addEventListener('message', this.hear);
      this.loaded = new Promise((resolve) => this.node.addEventListener('load', resolve, { once: true }));
    }

    hear(event) {
      const message = event.data;
      const isOurs = event.origin === HOME && event.source === this.node.contentWindow;
      if (!isOurs || !message || message.standin !== true) {
        return;
      }
      if (message.event) {
        this.onEvent(message.event, message.value);
        return;
      }
      const resolve = this.waiting.get(message.answerTo);
      this.waiting.delete(message.answerTo);
      if (resolve) {
        resolve(message.result);
      }
    }

    async ask(act, given) {
      await this.loaded;
      lastId += 1;
      const id = lastId;
      const answer = new Promise((resolve) => this.waiting.set(id, resolve));
      this.node.contentWindow.postMessage({ standin: true, id, act, given }, HOME);
      return answer;
    }

    remove() {
      window.removeEventListener('message', this.hear);
      this.node.remove();
    }
  }

  function pickLocale(locale) {
    const wanted = !locale || locale === 'auto' ? navigator.language : locale;
    return wanted.slice(0, 2) === 'th' ? 'th' : 'en';
  }

  class PaymentElement {
    constructor(locale, appearance, options) {
      this.locale = pickLocale(locale);
      this.appearance = appearance || {};
      this.options = options;
      this.listeners = {};
      this.frame = null;
    }

    mount(where) {
      const place = typeof where === 'string' ? document.querySelector(where) : where;
      need(place, 'The selector you specified applies to no DOM element on the page.');
      need(!this.destroyed, 'This Element has been destroyed. Please create a new one.');
      this.unmount();
      const title = this.locale === 'th' ? 'ช่องกรอกข้อมูลบัตร' : 'Secure card entry';
      const frame = new Frame('card_frame', title, (name, value) => this.hear(name, value));
      frame.node.style.cssText = 'display:block;width:calc(100% + 6px);margin:0 -3px;height:280px;border:0';
      place.replaceChildren(frame.node);
      this.frame = frame;
      this.open(frame);
    }

    async open(frame) {
      await frame.ask('open', { locale: this.locale, variables: this.appearance.variables });
      await frame.ask('update', { readOnly: this.options.readOnly });
      this.emit('ready', { elementType: 'payment' });
    }

    hear(name, value) {
      if (name === 'height') {
        this.frame.node.style.height = Math.max(0, Number(value)) + 'px';
      } else {
        this.emit(name, value);
      }
    }

    emit(name, value) {
      (this.listeners[name] || []).forEach((listener) => listener(value));
    }

    on(name, listener) {
      this.listeners[name] = (this.listeners[name] || []).concat(listener);
      return this;
    }

    off(name, listener) {
      this.listeners[name] = (this.listeners[name] || []).filter((each) => listener && each !== listener);
      return this;
    }

    update(options) {
      Object.assign(this.options, options);
      return this.frame && this.frame.ask('update', { readOnly: this.options.readOnly });
    }

    focus() {
      return this.frame && this.frame.ask('focus');
    }

    clear() {
      return this.frame && this.frame.ask('clear');
    }

    unmount() {
      if (this.frame) {
        this.frame.remove();
        this.frame = null;
      }
    }

    destroy() {
      this.unmount();
      this.destroyed = true;
    }
  }

  class Elements {
    constructor(options) {
      need(options && options.clientSecret, 'elements() needs a clientSecret.');
      need(!options.paymentMethodTypes, 'elements() no longer takes paymentMethodTypes.');
      this.options = options;
      this.element = null;
    }

    create(type, options) {
      need(type === 'payment', 'The stand-in builds only the payment element, not ' + type + '.');
      need(!this.element || this.element.destroyed, 'Can only create one Element of type payment.');
      Object.keys(options || {}).filter((name) => !KNOWN_OPTIONS.includes(name)).forEach((name) => {
        console.warn('[stand-in for Stripe] unknown option of the payment element: ' + name);
      });
      this.element = new PaymentElement(this.options.locale, this.options.appearance, Object.assign({}, options));
      return this.element;
    }

    getElement(type) {
      return type === 'payment' && this.element && !this.element.destroyed ? this.element : null;
    }

    mounted() {
      const element = this.getElement('payment');
      need(element && element.frame, 'Elements should have a mounted Payment Element.');
      return element.frame;
    }

    submit() {
      return this.mounted().ask('submit', {});
    }
  }

  function refuseUnbuilt(confirmParams) {
    Object.keys(confirmParams).forEach((name) => {
      need(['return_url', 'payment_method_data'].includes(name), 'The stand-in does not pass on ' + name + '.');
    });
  }

  function billingFields(confirmParams) {
    const details = (confirmParams.payment_method_data || {}).billing_details || {};
    const form = {};
    Object.keys(details).forEach((name) => {
      if (name === 'address') {
        Object.keys(details.address).forEach((part) => {
          form['billing_details[address][' + part + ']'] = details.address[part];
        });
      } else {
        form['billing_details[' + name + ']'] = details[name];
      }
    });
    return form;
  }

  function goBack(returnUrl, intent) {
    const url = new URL(returnUrl);
    url.searchParams.set('payment_intent', intent.id);
    url.searchParams.set('payment_intent_client_secret', intent.client_secret);
    url.searchParams.set('redirect_status', intent.status === 'succeeded' ? 'succeeded' : 'pending');
    window.location.assign(url.href);
    return new Promise(() => {});
  }

  class StripeStandin {
    constructor(key, options) {
      this.key = key;
      this.locale = (options || {}).locale;
      this.quiet = null;
    }

    elements(options) {
      return new Elements(Object.assign({ locale: this.locale }, options));
    }

    async confirmPayment(options) {
      const params = options.confirmParams || {};
      const redirects = options.redirect !== 'if_required';
      refuseUnbuilt(params);
      need(options.elements instanceof Elements, 'confirmPayment() needs elements.');
      need(!redirects || params.return_url, 'confirmPayment() needs confirmParams.return_url.');
      need(!params.return_url || /^https?:\/\//.test(params.return_url), 'return_url must be a whole address.');
      const result = await options.elements.mounted().ask('confirm', {
        key: this.key,
        clientSecret: options.elements.options.clientSecret,
        returnUrl: params.return_url,
        billing: billingFields(params)
      });
      return result.paymentIntent && redirects ? goBack(params.return_url, result.paymentIntent) : result;
    }

    async retrievePaymentIntent(clientSecret) {
      need(/^pi_\w+_secret_\w+$/.test(clientSecret), 'retrievePaymentIntent() needs a client secret.');
      const answer = await this.quietFrame().ask('readIntent', { key: this.key, clientSecret });
      return answer.error ? { error: answer.error } : { paymentIntent: answer.value };
    }

    quietFrame() {
      if (!this.quiet) {
        this.quiet = new Frame('quiet_frame', 'Stand-in for Stripe', () => {});
        this.quiet.node.hidden = true;
        this.quiet.node.setAttribute('aria-hidden', 'true');
        document.body.append(this.quiet.node);
      }
      return this.quiet;
    }
  }

  window.Stripe = function Stripe(key, options) {
    need(typeof key === 'string' && key.indexOf('pk_live_') !== 0, 'The stand-in for Stripe refuses live keys.');
    need(key.indexOf('pk_test_') === 0, 'You must use a publishable test key, pk_test_….');
    return new StripeStandin(key, options);
  };
  window.Stripe.version = 'endive';
  window.Stripe.isStandin = true;
}());
