'use strict';
/* Between a page and the local signing service of the card reader: its pop-up says getTbs, is given one request,
 * answers, and closes. The PIN goes from the field to the pop-up and nowhere else: the field has no name, is
 * emptied at once, and nothing here stores or sends it. Where two cards sign the same text they have their turns one
 * after the other, and the form leaves when both have signed. */
(() => {
  const form = document.getElementById('card-form');
  if (!form) return;
  const ABSENT_MS = 10000, SLOW_MS = 3500, LOOK_MS = 250, LATE_LOOKS = 4, SPARE_MS = 10000;
  const service = form.dataset.service, origin = new URL(service).origin;
  const state = document.getElementById('card-state'), turns = [...form.querySelectorAll('.turn')], signers = [];
  const buttons = document.querySelectorAll('#card-form button, #card-check');
  const until = performance.now() + Number(form.dataset.seconds) * 1000 - SPARE_MS;
  let busy = false, turn = 0;

  const pinOf = turn => turn.querySelector('input');
  const say = name => { state.textContent = name ? state.dataset[name] : ''; };

  function diagnose(why, detail) {
    say('');
    for (const box of document.querySelectorAll('[data-why]')) {
      box.hidden = box.dataset.why !== why;
      if (box.hidden) continue;
      const place = box.querySelector('[data-detail]');
      if (place) place.textContent = detail || '–';
      box.querySelector('h2').tabIndex = -1;
      box.querySelector('h2').focus();
    }
  }

  function base64(text) {
    let bytes = '';
    for (const byte of new TextEncoder().encode(text)) bytes += String.fromCharCode(byte);
    return btoa(bytes);
  }

  /* One request, one pop-up. finish(why, answer): why is '' when the service answered. */
  function ask(request, finish) {
    const popup = window.open(service + '/popupForm', 'youju-card', 'popup,width=420,height=240');
    let began = false, foreign = false, looks = 0;
    if (!popup) return finish('blocked');
    const slow = setTimeout(() => say('slow'), SLOW_MS);
    const absent = setTimeout(() => end(foreign ? 'foreign' : 'absent'), ABSENT_MS);
    /* An answer and the closing of the window race: look a few times before believing it. */
    const look = setInterval(() => {
      if (popup.closed && ++looks >= LATE_LOOKS) end(began ? 'cancelled' : foreign ? 'foreign' : 'absent');
    }, LOOK_MS);
    function end(why, answer) {
      clearTimeout(slow); clearTimeout(absent); clearInterval(look);
      window.removeEventListener('message', heard);
      if (!popup.closed) popup.close();
      finish(why, answer);
    }
    function heard(event) {
      if (event.origin !== origin) { foreign = true; return; }
      let answer;
      try { answer = JSON.parse(event.data); } catch { return end('garbage'); }
      if (answer === null || typeof answer !== 'object') return end('garbage');
      if (answer.func !== 'getTbs') return end('', answer);
      if (began) return end('garbage');
      began = true;
      clearTimeout(slow); clearTimeout(absent);
      say('working');
      popup.postMessage(JSON.stringify(request), origin);
      request.pin = '';
    }
    window.addEventListener('message', heard);
    say('waiting');
  }

  function run(request, done) {
    if (busy) return;
    busy = true;
    diagnose('');
    for (const button of buttons) button.disabled = true;
    ask(request, (why, answer) => {
      busy = false;
      for (const button of buttons) button.disabled = false;
      if (why) diagnose(why); else done(answer);
    });
  }

  const code = answer => typeof answer.ret_code === 'number'
    ? '0x' + (answer.ret_code >>> 0).toString(16).padStart(8, '0').toUpperCase() +
      (typeof answer.last_error === 'number' ? ' / ' + answer.last_error : '')
    : '';

  function signed(answer) {
    if (answer.func !== 'sign' || typeof answer.ret_code !== 'number') return diagnose('garbage');
    if (answer.ret_code !== 0) return diagnose('failed', code(answer));
    if (typeof answer.signature !== 'string' || !/^[A-Za-z0-9+\/=\s]{64,60000}$/.test(answer.signature)) return diagnose('garbage');
    if (answer.certb64 && signers.includes(answer.certb64)) return diagnose('same_card');
    signers.push(answer.certb64);
    document.getElementById(turns[turn].dataset.signature).value = answer.signature;
    next();
  }

  function next() {
    const done = turns[turn].querySelector('[data-done]');
    if (done) done.hidden = false;
    turns[turn++].disabled = true;
    if (turn === turns.length) { say('sending'); return form.submit(); }
    turns[turn].disabled = false;
    document.getElementById('card-sign').textContent = turns[turn].dataset.button;
    say('next');
    pinOf(turns[turn]).focus();
  }

  form.addEventListener('submit', event => {
    const pin = pinOf(turns[turn]);
    event.preventDefault();
    if (performance.now() > until) { pin.value = ''; return diagnose('stale'); }
    const text = document.getElementById('card-text').value;
    const request = { func: 'MakeSignature', tbs: encodeURIComponent(base64(text)), tbsEncoding: 'base64',
      hashAlgorithm: 'SHA256', withCardSN: 'true', nonce: encodeURIComponent(form.dataset.nonce),
      pin: encodeURIComponent(pin.value), signatureType: 'PKCS7' };
    pin.value = '';
    run(request, signed);
  });

  document.getElementById('card-check').addEventListener('click', () => run({ func: 'CheckEnvir' }, answer => {
    const slots = Array.isArray(answer.slots) ? answer.slots : null;
    if (!slots) return diagnose(answer.ret_code ? 'failed' : 'garbage', code(answer));
    const cards = slots.filter(slot => slot && slot.token);
    if (!slots.length) diagnose('no_reader');
    else if (!cards.length) diagnose('no_card');
    else diagnose('ready', cards.map(slot => String(slot.slotDescription || '')).join('; '));
  }));

  /* A challenge does not last: who has not begun to type gets a new one, unasked. */
  if ('again' in form.dataset)
    setTimeout(() => { if (!busy && !pinOf(turns[0]).value) location.reload(); }, Math.max(until - performance.now(), SPARE_MS));

  window.addEventListener('pagehide', () => { for (const turn of turns) pinOf(turn).value = ''; });
  document.getElementById('card-signing').hidden = false;
})();
