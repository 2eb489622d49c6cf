// What the queue cannot do from the server: hear a key anywhere on the page, move the focus, and see what is selected and what is shown.
// Where keys mean something else. Whoever has chosen a radio button may go on to type without looking where the focus is.
const control = 'input, textarea, select, [contenteditable]';
const deciding = '.actions button, .bulk button, .recent button, .box button, .said button';

// Shorter than anybody needs to see that another comment stands there, and longer than a thumb needs to press twice.
const glance = 250;

export function listen(queue, screen) {
  // When what stands on the screen last became another comment, version or undo.
  let since = -Infinity;
  const watch = new MutationObserver(() => { since = performance.now(); });
  watch.observe(screen, { attributeFilter: ['data-comment', 'data-revision', 'data-undo'] });
  const isTooSoon = event => event.timeStamp - since < glance;

  const hear = event => {
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
      queue.invokeMethodAsync('Refuse');
    else
      queue.invokeMethodAsync('HandleKeyAsync', event.key, seen(screen), selection());
  };

  // The second click of a double click, or one that was meant for what stood there before.
  const guard = event => {
    if (!event.target.closest(deciding) || (event.detail < 2 && !isTooSoon(event)))
      return;
    event.preventDefault();
    event.stopImmediatePropagation();
    queue.invokeMethodAsync('Refuse');
  };

  document.addEventListener('keydown', hear);
  window.addEventListener('click', guard, true);
  return {
    stop: () => {
      watch.disconnect();
      document.removeEventListener('keydown', hear);
      window.removeEventListener('click', guard, true);
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
  // A form may have put the focus where its draft goes on.
  if (!form?.contains(document.activeElement))
    element.focus({ preventScroll: true });
  // A form counts as seen when its buttons are.
  form?.scrollIntoView({ block: 'nearest' });
  const { top, bottom } = element.getBoundingClientRect();
  // What follows the heading of a comment is what matters, so one at the foot of the screen is not in view.
  const isOut = top < 0 || bottom > innerHeight / 2;
  element.scrollIntoView({ block: id === 'case-heading' && isOut ? 'start' : 'nearest' });
}

// Start and length, in UTF-16 units of the comment's text; null when nothing of it is selected.
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
