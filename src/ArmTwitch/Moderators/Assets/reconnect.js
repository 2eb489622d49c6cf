// Starts the circuit, says in a strip when the connection is lost, and restores it. Whoever writes goes on writing meanwhile: the focus
// stays, and the server hears again what stands in the fields once the connection is back. What would decide something is refused.
'use strict';
{
  const strip = document.getElementById('components-reconnect-modal');
  const words = document.getElementById('reconnect-words');
  const { dataset } = document.documentElement;

  const lost = 'No connection. You can go on writing, but nothing is saved until it is back. Keep this page open.';
  const over = 'The server could not be reached. What this page called done is saved. Reasons, notes, answers and issues that you are writing are kept in this tab.';
  const notDone = 'Not done: there is no connection. Press again once it is back.';
  const back = 'Connected again.';
  const noAnswer = name => `No answer from the server yet. “${name}” is on its way: wait before you press again.`;
  const unanswered = name => `Connected again. There was no answer to “${name}”: look whether it is done before you press again.`;
  const empty = 'The page is still empty: the server has not taken the connection. It is tried again by itself.';

  // Milliseconds. A dead line is noticed after 30 s; what was typed shortly before may not have arrived.
  const unsure = 60_000, backFor = 4_000;
  // Milliseconds. Nobody waits longer for a sign, and a dead line gives none by itself; after a failure the next try comes as late.
  const silence = 1_500, nextTry = 10_000, readFor = 15_000;

  // The fields that somebody changed in the last minute, or while the connection is lost, and when; the oldest first.
  const touched = new Map();
  let lostAt = null, attempt = null, isSending = false, isTrying = false;
  // The last press that the server has not answered; null when it has answered all.
  let pressed = null;

  const say = text => {
    // The same words are said again only if the text differs.
    words.textContent = words.textContent === text ? `${text}\u00a0` : text;
  };

  const lose = state => {
    strip.dataset.state = state;
    dataset.connection = 'lost';
    if (lostAt !== null)
      return;
    lostAt = performance.now();
    say(lost);
  };

  const hush = state => {
    if (strip.dataset.state !== state)
      return;
    delete strip.dataset.state;
    words.textContent = '';
  };

  const find = () => {
    if (lostAt === null)
      return;
    const since = lostAt;
    lostAt = attempt = null;
    delete dataset.connection;
    strip.dataset.state = 'back';
    const text = pressed ? unanswered(pressed.name) : back;
    say(text);
    setTimeout(() => {
      if (words.textContent === text)
        hush('back');
    }, pressed ? readFor : backFor);
    pressed = null;
    setTimeout(() => sendAgain(since));
  };

  const isText = field => field.matches('textarea, input:not([type=checkbox], [type=radio], [type=file])');

  // A text may be said twice. A box that is ticked twice is not ticked: it is sent only if the line was known to be lost.
  const sendAgain = since => {
    isSending = true;
    for (const [field, at] of touched) {
      // What is kept with its version is told apart from what a colleague has saved meanwhile: by whoever keeps it.
      if (field.matches('[data-kept]') || !field.isConnected || at < since - unsure || (!isText(field) && at < since))
        continue;
      if (isText(field))
        field.dispatchEvent(new Event('input', { bubbles: true }));
      field.dispatchEvent(new Event('change', { bubbles: true }));
    }
    touched.clear();
    isSending = false;
    document.dispatchEvent(new Event('connection-back'));
  };

  const touch = ({ target }) => {
    if (isSending || !target.matches?.('textarea, input, select'))
      return;
    // Behind those that were changed before.
    touched.delete(target);
    const now = performance.now();
    touched.set(target, now);
    for (const [field, at] of touched) {
      if (lostAt !== null || at >= now - unsure)
        break;
      touched.delete(field);
    }
  };
  window.addEventListener('input', touch, true);
  window.addEventListener('change', touch, true);

  // The circuit may be gone, after a restart for instance. Then the page is loaded again; drafts.js has kept what was typed, and
  // resume.js puts the focus back.
  const retry = async () => {
    if (isTrying)
      return;
    isTrying = true;
    try {
      if (await Blazor.reconnect())
        find();
      else
        resume.reload();
    } catch {
      // The next try comes by itself, or by the button.
    } finally {
      isTrying = false;
    }
  };

  // The server takes what one page sends in its order: it answers the question behind a press once it has the press.
  const press = name => {
    const one = pressed = { name };
    setTimeout(() => {
      const silent = setTimeout(() => {
        if (pressed !== one || lostAt !== null)
          return;
        strip.dataset.state = 'silent';
        say(noAnswer(name));
      }, silence);
      const answered = () => {
        clearTimeout(silent);
        if (pressed !== one)
          return;
        pressed = null;
        hush('silent');
      };
      // Without a connection the press was refused, or its fields are sent again; the strip says so.
      DotNet.invokeMethodAsync('ArmTwitch', 'AnswerPress').then(answered, () => clearTimeout(silent));
    });
  };
  const nameOf = button => (button?.getAttribute('aria-label')
    ?? [...button?.childNodes ?? []].filter(part => !['KBD', '#comment'].includes(part.nodeName)).map(part => part.textContent).join('')).trim().slice(0, 40);
  document.addEventListener('pressed', ({ detail }) => press(detail));

  // Blazor sends each letter also while there is no connection, and leaves the refusal to nobody. The letters are sent again afterwards.
  window.addEventListener('unhandledrejection', event => {
    if (String(event.reason?.message).includes("connection is not in the 'Connected' State"))
      event.preventDefault();
  });

  // The server ends the connection when the session ends, and no retry brings it back. A reload leads to the sign-in.
  const leaveIfSignedOut = async () => {
    try {
      const answer = await fetch('/moderation/session/left', { redirect: 'manual' });
      if (answer.type === 'opaqueredirect')
        location.reload();
    } catch {
      // The server does not answer.
    }
  };

  strip.addEventListener('components-reconnect-state-changed', ({ detail: { state, currentAttempt = 0 } }) => {
    if (state === 'hide')
      return find();
    if (state === 'rejected' || state === 'resume-failed')
      return resume.reload();
    // Blazor ends its own tries with it even when one that came in between, as when the network is back, has succeeded.
    if (state === 'failed' && lostAt === null)
      return;
    if (state === 'failed')
      say(over);
    if (attempt !== currentAttempt)
      leaveIfSignedOut();
    attempt = currentAttempt;
    lose(state);
  });
  document.getElementById('reconnect-again').addEventListener('click', () => isBegun() ? retry() : location.reload());
  document.getElementById('reconnect-reload').addEventListener('click', () => location.reload());
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible' && lostAt !== null)
      retry();
  });
  setInterval(() => strip.dataset.state === 'failed' && retry(), nextTry);
  window.addEventListener('online', () => lostAt !== null && retry());

  // What would be lost on its way is refused, and said.
  const refuse = event => {
    event.preventDefault();
    event.stopImmediatePropagation();
    say(notDone);
  };
  const isFree = target => lostAt === null || !target.closest || target.closest('#components-reconnect-modal, #blazor-error-ui, dialog');

  window.addEventListener('click', event => {
    const button = event.target.closest?.('main button:not([popovertarget])');
    if (isFree(event.target))
      button && press(nameOf(button));
    else if (event.target.closest('button:not([popovertarget]), a[href]:not([target=_blank])'))
      refuse(event);
  }, true);
  window.addEventListener('submit', event => {
    if (!isFree(event.target))
      refuse(event);
    else if (event.target.closest('main'))
      press(nameOf(event.submitter) || 'Send');
  }, true);
  window.addEventListener('keydown', event => {
    const { key, target } = event;
    if (isFree(target) || event.isComposing || event.altKey || !document.querySelector('main > .queue'))
      return;
    const isField = target.closest('textarea, select, input:not([type=checkbox], [type=radio])');
    const isPressed = key === 'Escape' || (key === 'Enter' && (event.ctrlKey || event.metaKey || target.matches('.pick')));
    const isShortcut = !isField && !event.ctrlKey && !event.metaKey && (/^[arxsenpujk?]$/.test(key)
      || (key === ' ' && !target.closest('button, a, summary, input')) || (key.startsWith('Arrow') && target.closest('.queue-list')));
    if (isPressed || isShortcut)
      refuse(event);
  }, true);

  // Blazor tries the first connection once and leaves the page empty when it fails: the program may be starting, or the proxy may refuse.
  // A slow line needs its time, too: the page is loaded anew after 6, 12, 24, 48 seconds and so on, and only when the server answers.
  const isBegun = () => document.getElementById('main') !== null;
  const counter = 'starts', slow = 3_000, patience = 6_000, longest = 60_000, look = 250;
  const starts = (() => {
    try {
      return Number(sessionStorage.getItem(counter));
    } catch {
      return 0;
    }
  })();
  const count = tries => {
    try {
      if (tries > 0)
        sessionStorage.setItem(counter, tries);
      else
        sessionStorage.removeItem(counter);
    } catch {
      // Without it the next try comes as soon.
    }
  };
  const startAgain = async () => {
    try {
      const { ok, type } = await fetch('/moderation/session/left', { redirect: 'manual' });
      if (isBegun() || !(ok || type === 'opaqueredirect'))
        return;
      count(starts + 1);
      location.reload();
    } catch {
      // The server does not answer.
    }
  };
  let due = performance.now() + Math.min(longest, patience * 2 ** starts);
  const saysEmptyAt = performance.now() + slow;
  const watch = setInterval(() => {
    const now = performance.now();
    if (isBegun()) {
      clearInterval(watch);
      count(0);
      if (strip.dataset.state === 'empty') {
        delete strip.dataset.state;
        words.textContent = '';
      }
    } else if (now > due) {
      due = now + patience;
      startAgain();
    } else if (now > saysEmptyAt && !strip.dataset.state) {
      strip.dataset.state = 'empty';
      say(empty);
    }
  }, look);

  // A restart takes some seconds, a dead spot on the way to work some more: often at first, then more seldom, for about an hour.
  const wait = tries => tries === 0 ? 0 : tries < 30 ? 1_000 : tries < 60 ? 3_000 : 10_000;
  Blazor.start({ circuit: { reconnectionOptions: { maxRetries: 400, retryIntervalMilliseconds: wait, dialogId: strip.id } } });
}
