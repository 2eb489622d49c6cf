// Shows when the connection is lost, and tells the server that somebody is at work, since a connection renews no cookie.
'use strict';
const notice = document.getElementById('components-reconnect-modal');
notice.addEventListener('components-reconnect-state-changed', ({ detail }) => {
  notice.dataset.state = detail.state;
  if (detail.state === 'show')
    notice.showModal();
  else if (detail.state === 'hide')
    notice.close();
  else if (detail.state === 'rejected')
    location.reload();
});

const every = 60 * 1000;
let told = Date.now();
for (const sign of ['keydown', 'pointerdown'])
  addEventListener(sign, () => {
    if (Date.now() - told < every)
      return;
    told = Date.now();
    fetch('/moderation/session', { redirect: 'manual' }).catch(() => { });
  }, { passive: true });
