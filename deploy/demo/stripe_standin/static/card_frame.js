/* The card frame: shows the fields in the shop's language, checks them, and confirms the payment with the stand-in. */
'use strict';

(function () {
  const channel = window.standinChannel;
  const fields = window.standinFields;
  let texts = window.standinTexts.en;
  let disabled = false;

  function translated(error) {
    const said = texts[error.decline_code] || texts[error.code] || texts[error.type];
    return Object.assign({}, error, said ? { message: said } : {});
  }

  function show(name, problem) {
    const input = document.getElementById(name);
    input.setAttribute('aria-invalid', problem ? 'true' : 'false');
    document.getElementById(name + '-error').textContent = problem ? texts[problem] : '';
    tellHeight();
  }

  function tellHeight() {
    channel.say({ event: 'height', value: Math.ceil(document.documentElement.getBoundingClientRect().height) });
  }

  function tellChange() {
    const problems = fields.problems();
    channel.say({
      event: 'change',
      value: {
        elementType: 'payment',
        empty: fields.inputs.every((input) => !input.value),
        complete: Object.values(problems).every((problem) => !problem),
        collapsed: false,
        value: { type: 'card' }
      }
    });
  }

  function check() {
    const problems = fields.problems();
    Object.keys(problems).forEach((name) => show(name, problems[name]));
    const first = Object.keys(problems).find((name) => problems[name]);
    if (!first) {
      return {};
    }
    document.getElementById(first).focus();
    return { error: { type: 'validation_error', code: problems[first], message: texts[problems[first]] } };
  }

  async function makeMethod(given) {
    const form = Object.assign({ type: 'card' }, fields.card(), given.billing || {});
    return channel.ask('POST', '/v1/payment_methods', given.key, form);
  }

  async function confirm(given) {
    const wrong = check();
    if (wrong.error) {
      return wrong;
    }
    const method = await makeMethod(given);
    const answer = method.error ? method : await confirmWith(method.value.id, given);
    return answer.error ? { error: translated(answer.error) } : { paymentIntent: answer.value };
  }

  function confirmWith(methodId, given) {
    const path = '/v1/payment_intents/' + encodeURIComponent(channel.idOf(given.clientSecret)) + '/confirm';
    const form = { payment_method: methodId, client_secret: given.clientSecret, use_stripe_sdk: 'true' };
    if (given.returnUrl) {
      form.return_url = given.returnUrl;
    }
    return channel.ask('POST', path, given.key, form);
  }

  const SAFE = /^(#[0-9a-f]{3,8}|[0-9.]{1,5}(px|rem|em))$/i;

  function look(variables) {
    ['colorBackground', 'colorPrimary', 'colorText', 'colorDanger', 'borderRadius', 'fontSizeBase'].forEach((name) => {
      if (SAFE.test(variables[name] || '')) {
        document.documentElement.style.setProperty('--' + name, variables[name]);
      }
    });
  }

  function open(given) {
    const locale = window.standinTexts[given.locale] ? given.locale : 'en';
    texts = window.standinTexts[locale];
    document.documentElement.lang = locale;
    document.querySelectorAll('[data-text]').forEach((part) => {
      part.textContent = texts[part.dataset.text];
    });
    look(given.variables || {});
    tellHeight();
    new ResizeObserver(tellHeight).observe(document.body);
    return {};
  }

  function setDisabled(given) {
    disabled = Boolean(given.readOnly);
    fields.inputs.forEach((input) => { input.readOnly = disabled; });
    return {};
  }

  fields.inputs.forEach((input) => {
    input.addEventListener('input', () => {
      fields.space(input);
      show(input.name, null);
      tellChange();
    });
    input.addEventListener('blur', () => {
      show(input.name, input.value ? fields.problems()[input.name] : null);
      channel.say({ event: 'blur', value: { elementType: 'payment' } });
    });
    input.addEventListener('focus', () => channel.say({ event: 'focus', value: { elementType: 'payment' } }));
  });
  document.getElementById('card').addEventListener('submit', (event) => event.preventDefault());

  Object.assign(channel.acts, {
    open,
    submit: check,
    confirm,
    update: setDisabled,
    focus: () => { fields.inputs[0].focus(); return {}; },
    clear: () => { fields.inputs.forEach((input) => { input.value = ''; show(input.name, null); }); return {}; }
  });
})();
