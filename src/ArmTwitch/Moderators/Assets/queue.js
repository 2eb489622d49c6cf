// What the queue cannot do on the server: listen to keys anywhere on the page, move the focus, and read the selection.

// Here keys mean something else. Somebody who has chosen a radio button may go on to type without looking where the focus is.
const control = 'input, textarea, select, [contenteditable]';
const deciding = '.actions button, .bulk button, .recent button, .box button, .said button';

// Milliseconds. Nobody notices a new comment and presses as fast; the second press of a double press comes sooner.
const reactionTime = 250;

export function listen(queue, screen) {
  // When the page last showed another comment, version or undo.
  let changedAt = -Infinity;
  const observer = new MutationObserver(() => { changedAt = performance.now(); });
  observer.observe(screen, { attributeFilter: ['data-comment', 'data-revision', 'data-undo'] });
  const isTooSoon = event => event.timeStamp - changedAt < reactionTime;

  const onKey = event => {
    if (event.repeat && !['j', 'k', 'ArrowDown', 'ArrowUp'].includes(event.key))
      return;
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing)
      return;
    if (event.target.closest('dialog') || (event.key !== 'Escape' && event.target.closest(control)))
      return;
    if (!['j', 'k', 'a', 'r', 'x', 's', 'e', 'u', '?', 'Escape', 'ArrowDown', 'ArrowUp'].includes(event.key))
      return;
    if (event.key.startsWith('Arrow') && !event.target.closest('.queue-list'))
      return;
    if (event.key !== 'Escape')
      event.preventDefault();
    if (/^[arxseu]$/.test(event.key) && isTooSoon(event))
      queue.invokeMethodAsync('RejectStaleAction');
    else
      queue.invokeMethodAsync('HandleKeyAsync', event.key, seen(screen), selection());
  };

  // Rejects the second click of a double click, and a click that was meant for what was there before.
  const onClick = event => {
    if (!event.target.closest(deciding) || (event.detail < 2 && !isTooSoon(event)))
      return;
    event.preventDefault();
    event.stopImmediatePropagation();
    queue.invokeMethodAsync('RejectStaleAction');
  };

  document.addEventListener('keydown', onKey);
  window.addEventListener('click', onClick, true);
  return {
    stop: () => {
      observer.disconnect();
      document.removeEventListener('keydown', onKey);
      window.removeEventListener('click', onClick, true);
    },
  };
}

function seen({ dataset }) {
  return { comment: dataset.comment ?? null, revision: Number(dataset.revision ?? 0), undo: dataset.undo ? Number(dataset.undo) : null };
}

export function focus(id) {
  const element = document.getElementById(id);
  if (!element)
    return;
  const form = element.closest('.box');
  // A form may have put the focus into its field already.
  if (!form?.contains(document.activeElement))
    element.focus({ preventScroll: true });
  // Shows the whole form, with its buttons.
  form?.scrollIntoView({ block: 'nearest' });
  const { top, bottom } = element.getBoundingClientRect();
  // The text below the heading matters, so a heading in the lower half counts as out of view.
  const isOutOfView = top < 0 || bottom > innerHeight / 2;
  element.scrollIntoView({ block: id === 'case-heading' && isOutOfView ? 'start' : 'nearest' });
}

// Returns start and length of the selection in UTF-16 units of the comment's text; null when nothing of it is selected.
export function selection() {
  const words = document.getElementById('words');
  const selected = getSelection();
  if (!words || !selected.rangeCount || selected.isCollapsed)
    return null;
  const range = selected.getRangeAt(0);
  if (!words.contains(range.startContainer) || !words.contains(range.endContainer))
    return null;
  const before = document.createRange();
  before.setStart(words, 0);
  before.setEnd(range.startContainer, range.startOffset);
  return [before.toString().length, range.toString().length];
}
