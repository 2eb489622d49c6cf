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

  dialog.addEventListener('components-reconnect-state-changed', ({ detail }) => {
    dialog.dataset.state = detail.state;
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
