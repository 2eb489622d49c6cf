// Tells the server that somebody is at work, since a connection renews no cookie.
'use strict';
const every = 60 * 1000;
let told = Date.now();
for (const sign of ['keydown', 'pointerdown'])
  addEventListener(sign, () => {
    if (Date.now() - told < every)
      return;
    told = Date.now();
    fetch('/moderation/session', { redirect: 'manual' }).catch(() => { });
  }, { passive: true });
