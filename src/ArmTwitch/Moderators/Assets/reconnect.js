// Shows that the connection is lost, and restores it: by itself, when the tab becomes visible, or when a button is pressed.
'use strict';
{
  const dialog = document.getElementById('components-reconnect-modal');

  // The circuit may be gone, after a restart for instance. Then the page is loaded again; drafts.js has kept what was typed.
  const retry = async () => {
    dialog.dataset.state = 'retrying';
    try {
      if (!await Blazor.reconnect())
        location.reload();
    } catch {
      dialog.dataset.state = 'failed';
    }
  };

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

  dialog.addEventListener('components-reconnect-state-changed', ({ detail }) => {
    dialog.dataset.state = detail.state;
    if (detail.state !== 'hide')
      leaveIfSignedOut();
    if (detail.state === 'show' && !dialog.open)
      dialog.showModal();
    else if (detail.state === 'hide')
      dialog.close();
    else if (detail.state === 'rejected')
      location.reload();
  });
  document.getElementById('reconnect-again').addEventListener('click', retry);
  document.getElementById('reconnect-reload').addEventListener('click', () => location.reload());
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible' && dialog.dataset.state === 'failed')
      retry();
  });
}
