// What the queue cannot do from the server: hear a key anywhere on the page, move the focus, and see what is selected.
const typing = 'input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]';

export function listen(queue) {
  const hear = event => {
    if (event.repeat && !['j', 'k', 'ArrowDown', 'ArrowUp'].includes(event.key))
      return;
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing)
      return;
    if (event.key !== 'Escape' && event.target.closest(typing))
      return;
    if (!['j', 'k', 'a', 'r', 'x', 's', 'e', 'u', '?', 'Escape', 'ArrowDown', 'ArrowUp'].includes(event.key))
      return;
    if (event.key.startsWith('Arrow') && !event.target.closest('.queue-list'))
      return;
    if (event.key !== 'Escape')
      event.preventDefault();
    queue.invokeMethodAsync('HearAsync', event.key, selection());
  };
  document.addEventListener('keydown', hear);
  return { stop: () => document.removeEventListener('keydown', hear) };
}

export function focus(id) {
  const element = document.getElementById(id);
  if (!element)
    return;
  element.focus({ preventScroll: true });
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
