// When reconnect.js loads the page anew by itself, somebody may be typing. This puts the focus, the caret and the scroll back, with what
// is typed in between, and lets no single key decide anything before there was a pause.
'use strict';
{
  // drafts.js deletes it when somebody signs out. Its words are keys that wait for a page that did not come.
  const name = 'draft/place';

  // Milliseconds. What was typed comes back after the field itself; the page may take the focus and grow for a while after that.
  const pause = 1_000, patience = 15_000, wordsPatience = 3_000, settling = 3_000, freshFor = 120_000, tick = 30;

  const ignoreErrors = act => {
    try {
      return act();
    } catch {
      return null;
    }
  };

  // The field of the words to take out shows a comment: keys choose words there.
  const isText = field => Boolean(field?.matches?.('textarea, input:not([type=checkbox], [type=radio], [type=file], .pick)'));
  const checksum = text => [...text].reduce((sum, letter) => (sum * 31 + letter.codePointAt(0)) | 0, text.length);
  const isQueue = () => Boolean(document.querySelector('main > .queue'));
  const address = () => location.pathname + location.search;

  const notePlace = () => ignoreErrors(() => {
    const field = document.activeElement;
    const place = { address: address(), at: Date.now(), isQueue: isQueue() };
    if (field.id && isText(field)) {
      Object.assign(place, {
        id: field.id, start: field.selectionStart, end: field.selectionEnd, inner: field.scrollTop,
        top: field.getBoundingClientRect().top, words: checksum(field.value),
      });
    }
    sessionStorage.setItem(name, JSON.stringify(place));
  });

  globalThis.resume = {
    reload() {
      // Typing goes on in the old page until the new one begins to come.
      window.addEventListener('pagehide', notePlace, { once: true });
      location.reload();
    },
  };

  const say = text => {
    const strip = document.getElementById('components-reconnect-modal');
    const line = document.getElementById('reconnect-words');
    if (!strip || strip.dataset.state)
      return;
    strip.dataset.state = 'back';
    line.textContent = text;
    setTimeout(() => {
      if (line.textContent !== text)
        return;
      delete strip.dataset.state;
      line.textContent = '';
    }, 2 * settling);
  };

  const insert = (field, key) => {
    const { selectionStart: start, selectionEnd: end } = field;
    if (key === 'Backspace')
      field.setRangeText('', start === end ? Math.max(0, start - 1) : start, end, 'end');
    else if (key !== 'Enter')
      field.setRangeText(key, start, end, 'end');
    else if (field.matches('textarea'))
      field.setRangeText('\n', start, end, 'end');
  };

  const comeBack = place => {
    const begun = performance.now();
    let typed = place.typed ?? [], field = null, seenAt = null, placedAt = null, isFollowing = true, quietSince = begun, isQueueShown = false;
    const isWaiting = () => Boolean(place.id) && !field && performance.now() - begun < patience;

    const hold = () => scrollBy({ top: field.getBoundingClientRect().top - place.top, behavior: 'instant' });

    const put = found => {
      field = found;
      placedAt = performance.now();
      field.focus({ preventScroll: true });
      const length = field.value.length;
      ignoreErrors(() => field.setSelectionRange(Math.min(place.start, length), Math.min(place.end, length)));
      field.scrollTop = place.inner;
      hold();
      if (typed.length === 0)
        return;
      typed.forEach(key => ignoreErrors(() => insert(field, key)));
      typed = [];
      field.dispatchEvent(new Event('input', { bubbles: true }));
    };

    const look = () => {
      const now = performance.now();
      if (!isQueueShown && isQueue()) {
        isQueueShown = true;
        quietSince = now;
      }
      if (field) {
        if (now - placedAt > settling)
          return end();
        if (isFollowing && field.isConnected)
          hold();
        return;
      }
      if (!isWaiting())
        return place.id ? giveUp() : undefined;
      const found = document.getElementById(place.id);
      if (!isText(found))
        return;
      seenAt ??= now;
      if (checksum(found.value) === place.words || now - seenAt > wordsPatience)
        put(found);
    };

    const giveUp = () => {
      const words = typed.map(key => key.length === 1 ? key : ' ').join('').trim();
      typed = [];
      if (words)
        say(`The page was loaded anew, and its field is gone. You had typed: “${words}”.`);
    };

    // Keys that nobody has aimed: they belong to the field that is coming, or to none.
    const onKey = event => {
      const { key, target } = event;
      isFollowing = false;
      if (key === 'Tab')
        return end();
      const isKey = key.length === 1 || key === 'Enter' || key === 'Backspace' || key === 'Escape';
      if (!isKey || event.isComposing || event.ctrlKey || event.metaKey || event.altKey || isText(target) || target.closest?.('dialog'))
        return;
      const now = performance.now();
      if (!isWaiting() && (!place.isQueue || (isQueueShown && now - quietSince >= pause)))
        return end();
      event.preventDefault();
      event.stopImmediatePropagation();
      if (isWaiting())
        typed.push(key);
      else
        say('The page was loaded anew. Keys decide nothing until you have paused for a second.');
      quietSince = now;
    };

    // A screen puts the focus on its heading when it opens.
    const onFocus = ({ target }) => {
      if (field?.isConnected && target !== field)
        field.focus({ preventScroll: true });
    };
    const stopFollowing = () => { isFollowing = false; };
    const timer = setInterval(look, tick);
    const end = () => {
      giveUp();
      clearInterval(timer);
      window.removeEventListener('keydown', onKey, true);
      window.removeEventListener('pointerdown', end, true);
      window.removeEventListener('wheel', stopFollowing);
      document.removeEventListener('focusin', onFocus);
    };
    window.addEventListener('pagehide', () => isWaiting() && ignoreErrors(() =>
      sessionStorage.setItem(name, JSON.stringify({ ...place, at: Date.now(), typed }))));
    window.addEventListener('keydown', onKey, true);
    window.addEventListener('pointerdown', end, true);
    window.addEventListener('wheel', stopFollowing, { passive: true });
    document.addEventListener('focusin', onFocus);
  };

  const place = ignoreErrors(() => JSON.parse(sessionStorage.getItem(name)));
  ignoreErrors(() => sessionStorage.removeItem(name));
  if (place?.address === address() && Date.now() - place.at < freshFor)
    comeBack(place);
}
