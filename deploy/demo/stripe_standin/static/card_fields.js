/* The three fields of a card: spacing while typing, and what is wrong with them. The number never leaves this frame
   but to the stand-in itself. */
'use strict';

window.standinFields = (function () {
  const inputs = ['number', 'expiry', 'cvc'].map((name) => document.getElementById(name));
  const [number, expiry, cvc] = inputs;

  function digits(input) {
    return input.value.replace(/\D/g, '');
  }

  function retype(input, text) {
    const atEnd = input.selectionStart === input.value.length;
    if (atEnd && input.value !== text) {
      input.value = text;
    }
  }

  function space(input) {
    if (input === number) {
      retype(number, digits(number).slice(0, 19).replace(/(.{4})(?=.)/g, '$1 '));
    }
    if (input === expiry) {
      const typed = digits(expiry).slice(0, 4);
      retype(expiry, typed.length > 2 ? typed.slice(0, 2) + ' / ' + typed.slice(2) : typed);
    }
  }

  function passesLuhn(text) {
    let sum = 0;
    for (let place = 0; place < text.length; place += 1) {
      const digit = Number(text[text.length - 1 - place]) * (place % 2 ? 2 : 1);
      sum += digit > 9 ? digit - 9 : digit;
    }
    return sum % 10 === 0;
  }

  function numberProblem() {
    const typed = digits(number);
    if (typed.length < 14) {
      return 'incomplete_number';
    }
    return passesLuhn(typed) ? null : 'invalid_number';
  }

  function expiryProblem() {
    const typed = digits(expiry);
    if (typed.length < 4) {
      return 'incomplete_expiry';
    }
    const month = Number(typed.slice(0, 2));
    if (month < 1 || month > 12) {
      return 'invalid_expiry_month';
    }
    const lastMoment = new Date(2000 + Number(typed.slice(2)), month, 1);
    return lastMoment > new Date() ? null : 'invalid_expiry_year_past';
  }

  function cvcProblem() {
    return digits(cvc).length < 3 ? 'incomplete_cvc' : null;
  }

  function problems() {
    return { number: numberProblem(), expiry: expiryProblem(), cvc: cvcProblem() };
  }

  function card() {
    const typed = digits(expiry);
    return {
      'card[number]': digits(number),
      'card[exp_month]': String(Number(typed.slice(0, 2))),
      'card[exp_year]': '20' + typed.slice(2),
      'card[cvc]': digits(cvc)
    };
  }

  return { inputs, space, problems, card };
})();
