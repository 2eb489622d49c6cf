// Tells the server that somebody is at work, since a connection sends no request, and warns before the session ends.
'use strict';
const tellEvery = 60 * 1000, warnBefore = 120, lookEvery = 15;
const warning = document.getElementById('session-ending');
const words = document.getElementById('session-ending-words');
const stay = document.getElementById('session-stay');
const goOn = document.getElementById('session-go-on');
const again = document.getElementById('session-again');
let told = Date.now();
let knowsItEnds = false;
let timer;

function tell() {
  told = Date.now();
  return fetch('/moderation/session', { redirect: 'manual' }).catch(() => { });
}

// Another tab may have gone on with the session, so the server is asked, and not the clock.
async function look() {
  let wait = lookEvery;
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
    // The server is away for a moment.
  }
  clearTimeout(timer);
  timer = setTimeout(look, wait * 1000);
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
  // Somebody who is writing keeps the place to write.
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

// Where the warning has the keyboard, it goes to what can be pressed now.
function offer(button) {
  const hasFocus = warning.contains(document.activeElement);
  for (const one of [stay, goOn, again])
    one.hidden = one !== button;
  if (hasFocus)
    button.focus();
}

// The same words again would be read out again.
function say(text) {
  if (words.textContent !== text)
    words.textContent = text;
}

for (const sign of ['keydown', 'pointerdown'])
  addEventListener(sign, () => {
    if (Date.now() - told >= tellEvery)
      tell().then(() => { if (warning.open) look(); });
  }, { passive: true });
stay.addEventListener('click', () => tell().then(look));
goOn.addEventListener('click', () => {
  knowsItEnds = true;
  warning.close();
});
// Escape is an answer like a press.
warning.addEventListener('cancel', () => [stay, goOn].find(button => !button.hidden)?.click());
document.addEventListener('visibilitychange', () => { if (!document.hidden) look(); });
look();
