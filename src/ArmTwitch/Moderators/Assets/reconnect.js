// Shows that the connection is lost, and mends it: by itself, when the tab is seen again, or at a press.
'use strict';
{
  const dialog = document.getElementById('components-reconnect-modal');

  // The circuit may be gone, after a restart for instance; the page is then loaded anew, and what was typed is still in this tab.
  const retry = async () => {
    dialog.dataset.state = 'retrying';
    try {
      if (!await Blazor.reconnect())
        location.reload();
    } catch {
      dialog.dataset.state = 'failed';
    }
  };

  // The server ends the connection of a session that is over, and no try brings it back: the page leads to the sign-in.
  const leaveWhenOver = async () => {
    try {
      const answer = await fetch('/moderation/session/left', { redirect: 'manual' });
      if (answer.type === 'opaqueredirect')
        location.reload();
    } catch {
      // The server is away.
    }
  };

  dialog.addEventListener('components-reconnect-state-changed', ({ detail }) => {
    dialog.dataset.state = detail.state;
    if (detail.state !== 'hide')
      leaveWhenOver();
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
