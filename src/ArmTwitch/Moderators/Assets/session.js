// Tells the server of activity, since a circuit sends no requests, and warns before the session ends.
'use strict';
const reportEvery = 60 * 1000; // milliseconds
const warnBefore = 120, checkEvery = 15; // seconds
const warning = document.getElementById('session-ending');
const words = document.getElementById('session-ending-words');
const stay = document.getElementById('session-stay');
const goOn = document.getElementById('session-go-on');
const again = document.getElementById('session-again');
let reportedAt = Date.now();
let knowsItEnds = false;
let timer;

function report() {
  reportedAt = Date.now();
  return fetch('/moderation/session', { redirect: 'manual' }).catch(() => { });
}

// Another tab may have prolonged the session, so this asks the server instead of the clock.
async function check() {
  let wait = checkEvery;
  try {
    const answer = await fetch('/moderation/session/left', { redirect: 'manual' });
    if (answer.type === 'opaqueredirect')
      return end();
    const left = await answer.json();
    if (left.seconds > warnBefore) {
      warning.close();
      wait = left.seconds - warnBefore;
    } else {
      warn(left);
    }
  } catch {
    // The server does not answer now.
  }
  clearTimeout(timer);
  timer = setTimeout(check, wait * 1000);
}

function warn({ seconds, endsAnyway }) {
  if (endsAnyway && knowsItEnds)
    return;
  const minutes = Math.ceil(seconds / 60);
  const time = minutes > 1 ? `${minutes} minutes` : 'a minute';
  offer(endsAnyway ? goOn : stay);
  say(endsAnyway ? `Your session ends in ${time}, however busy you are. Finish what you are writing, then sign in again.` : `Nothing was done here for a while. You will be signed out in ${time}.`);
  if (warning.open)
    return;
  // A dialog that is not modal leaves the focus where somebody is typing.
  if (endsAnyway)
    warning.setAttribute('open', '');
  else
    warning.showModal();
}

function end() {
  clearTimeout(timer);
  again.href = location.href;
  offer(again);
  say('You are signed out.');
  warning.setAttribute('open', '');
}

// If the focus is in the warning, it moves to the button that is visible now.
function offer(button) {
  const hasFocus = warning.contains(document.activeElement);
  for (const one of [stay, goOn, again])
    one.hidden = one !== button;
  if (hasFocus)
    button.focus();
}

// A screen reader would read the same words again.
function say(text) {
  if (words.textContent !== text)
    words.textContent = text;
}

// A screen reader acts without keys and pointers: it clicks, moves the focus and fills in fields.
for (const activity of ['keydown', 'pointerdown', 'click', 'focusin', 'input'])
  addEventListener(activity, () => {
    if (Date.now() - reportedAt >= reportEvery)
      report().then(() => { if (warning.open) check(); });
  }, { passive: true });
stay.addEventListener('click', () => report().then(check));
goOn.addEventListener('click', () => {
  knowsItEnds = true;
  warning.close();
});
// A dialog that was not modal gives the focus back to nobody.
warning.addEventListener('close', () => {
  if (document.activeElement === document.body)
    document.getElementById('main')?.focus();
});
// Escape does the same as the button.
warning.addEventListener('cancel', () => [stay, goOn].find(button => !button.hidden)?.click());
document.addEventListener('visibilitychange', () => { if (!document.hidden) check(); });
check();
