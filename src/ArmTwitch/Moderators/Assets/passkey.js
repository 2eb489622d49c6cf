// Creates or uses a passkey for the form of its button, and sends the form with the result.
'use strict';
for (const button of document.querySelectorAll('button[data-passkey]')) {
  if (!window.PublicKeyCredential?.parseCreationOptionsFromJSON)
    break;
  const form = button.form;
  const status = form.querySelector('[data-passkey-status]');
  form.querySelector('[data-passkey-part]').hidden = false;
  // Two requests at once would overwrite each other's challenge. A disabled button would lose the focus.
  const setBusy = isBusy => {
    button.ariaBusy = isBusy ? 'true' : null;
    button.ariaDisabled = button.ariaBusy;
  };
  // The focus goes to the words: they may be out of view, and a screen reader says them as the new place.
  const say = words => {
    status.tabIndex = -1;
    status.textContent = words;
    status.focus();
  };
  // The browser may show the page again from its back/forward cache.
  addEventListener('pageshow', ({ persisted }) => persisted && setBusy(false));
  button.addEventListener('click', async () => {
    if (button.ariaBusy === 'true')
      return;
    setBusy(true);
    status.textContent = '';
    let isSent = false;
    try {
      const answer = await fetch(button.dataset.options, { method: 'POST', body: new FormData(form) });
      if (answer.status === 422)
        return say('First fill in your name and e-mail address.');
      if (answer.status === 403)
        return say('You signed in more than 10 minutes ago. Sign in again first.');
      if (!answer.ok)
        throw new Error(`The server answered ${answer.status}`);
      const options = await answer.json();
      const credential = button.dataset.passkey === 'create'
        ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) })
        : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) });
      form.elements.namedItem('credential').value = JSON.stringify(credential.toJSON());
      form.submit();
      isSent = true;
    } catch (failed) {
      say(failed.name === 'NotAllowedError' ? 'That was cancelled or took too long. Try again.'
        : failed.name === 'InvalidStateError' ? 'This device has a passkey for this account already.'
        : 'The passkey could not be used. Reload the page and try again.');
    } finally {
      if (!isSent)
        setBusy(false);
    }
  });
}
