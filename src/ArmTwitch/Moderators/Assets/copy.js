// Copies what is shown only once, such as the link of an invitation.
'use strict';
for (const button of document.querySelectorAll('button[data-copy]')) {
  if (!navigator.clipboard)
    break;
  button.hidden = false;
  const shown = document.getElementById(button.dataset.copy);
  const status = button.nextElementSibling;
  button.addEventListener('click', async () => {
    try {
      await navigator.clipboard.writeText(shown.textContent.trim());
      status.textContent = 'Copied.';
    } catch {
      getSelection().selectAllChildren(shown);
      status.textContent = 'The browser does not let this page copy. It is selected: copy it yourself.';
    }
  });
}
