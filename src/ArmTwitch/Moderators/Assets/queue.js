// What the queue cannot do on the server: listen to keys anywhere on the page, move the focus, and read the selection.

// Here keys mean something else. Somebody who has chosen a radio button may go on to type without looking where the focus is.
const control = 'input:not(.tick), textarea, select, [contenteditable]';
const deciding = '.actions button, .bulk button, .recent button, .box button, .toast button';
const moving = ['j', 'k', 'ArrowDown', 'ArrowUp'];
const known = [...moving, 'a', 'r', 'x', 's', 'e', 'n', 'p', 'u', '?', ' ', 'Escape'];

// Milliseconds. Nobody notices a new comment and presses as fast; the second press of a double press comes sooner.
const reactionTime = 250;

export function listen(queue, screen) {
  // When the page last showed another comment, version or undo.
  let changedAt = -Infinity;
  const observer = new MutationObserver(() => { changedAt = performance.now(); });
  observer.observe(screen, { attributeFilter: ['data-comment', 'data-revision', 'data-undo'] });
  const isTooSoon = event => event.timeStamp - changedAt < reactionTime;
  const stopKeeping = keepFocus();

  // The key that is opening a form; what is typed on in the meantime is for that form.
  let opening = null;
  const afterOpening = act => (opening ?? Promise.resolve()).then(act);
  const press = (event, key) => queue.invokeMethodAsync('HandleKeyAsync', key, seen(screen, event.target), selection());

  const onKey = event => {
    const { key, target } = event;
    if (event.isComposing || event.altKey || target.closest('dialog'))
      return;
    if (event.ctrlKey || event.metaKey) {
      if (key === 'Enter' && target.closest('form.box'))
        take(event, () => send(target.closest('form.box'), target));
      return;
    }
    if (key === '/' && !target.closest(control))
      return take(event, () => document.getElementById('filter-words')?.select());
    if (key === 'Enter' && !target.closest(`${control}, button, a, summary`))
      return opening || document.querySelector('#reasons:has(:checked)') ? take(event, () => afterOpening(sendReason)) : undefined;
    if (/^[1-9]$/.test(key) && !target.closest('textarea, select, input:not([type=radio], .tick)'))
      return take(event, () => afterOpening(() => choose(key)));
    if (event.repeat && !moving.includes(key))
      return;
    if (!known.includes(key) || (key !== 'Escape' && target.closest(control)))
      return;
    if (key === ' ' && target.closest('.tick, summary, a, button:not(.row-button)'))
      return;
    if (key.startsWith('Arrow') && !event.shiftKey && !target.closest('.queue-list'))
      return;
    // A search field would empty itself.
    event.preventDefault();
    if (/^[arxsenpu]$/.test(key) && isTooSoon(event))
      queue.invokeMethodAsync('RejectStaleAction');
    else if (/^[xrenp]$/.test(key))
      opening = press(event, key).finally(() => { opening = null; });
    else
      press(event, event.shiftKey && key.startsWith('Arrow') ? `Shift+${key}` : key);
  };

  // Firefox presses a button when the space bar is let go.
  const onKeyUp = event => {
    if (event.key === ' ' && event.target.closest('.row-button'))
      event.preventDefault();
  };

  // Rejects the second click of a double click, and a click that was meant for what was there before.
  const onClick = event => {
    if (!event.target.closest(deciding) || event.target.closest('.close, #reasons') || (event.detail < 2 && !isTooSoon(event)))
      return;
    event.preventDefault();
    event.stopImmediatePropagation();
    queue.invokeMethodAsync('RejectStaleAction');
  };

  document.addEventListener('keydown', onKey);
  document.addEventListener('keyup', onKeyUp);
  window.addEventListener('click', onClick, true);
  return {
    stop: () => {
      observer.disconnect();
      stopKeeping();
      document.removeEventListener('keydown', onKey);
      document.removeEventListener('keyup', onKeyUp);
      window.removeEventListener('click', onClick, true);
    },
  };
}

function take(event, act) {
  event.preventDefault();
  act();
}

// Sends a form as its button does. The server knows what is in a field once the field says that it has changed.
function send(form, field) {
  field.dispatchEvent(new Event('change', { bubbles: true }));
  form.requestSubmit();
}

function sendReason() {
  const form = document.querySelector('form.box:has(#reasons :checked)');
  form?.requestSubmit();
}

function choose(digit) {
  const reason = document.querySelector(`#reasons [data-digit="${digit}"]`);
  reason?.click();
  reason?.focus();
}

// A focused element that goes away would leave the focus on the body, where a screen reader starts at the top of the page.
function keepFocus() {
  let last = null;
  const remember = event => { last = event.target; };
  const mend = () => {
    if (!last || last.isConnected || document.activeElement !== document.body)
      return;
    last = null;
    focus('case-heading');
  };
  const observer = new MutationObserver(() => requestAnimationFrame(mend));
  document.addEventListener('focusin', remember);
  observer.observe(document.getElementById('main'), { childList: true, subtree: true });
  return () => {
    observer.disconnect();
    document.removeEventListener('focusin', remember);
  };
}

function seen({ dataset }, target) {
  return {
    comment: dataset.comment ?? null,
    revision: Number(dataset.revision ?? 0),
    undo: dataset.undo ? Number(dataset.undo) : null,
    row: target.closest('.row-button')?.dataset.row ?? null,
  };
}

export function focus(id) {
  // Where there is room for the list or the comment alone, the other one cannot have the focus.
  const element = [id, 'case-heading', 'list-heading', 'main'].map(one => document.getElementById(one)).find(one => one?.checkVisibility());
  if (!element)
    return;
  const form = element.closest('.box');
  // A form may have put the focus into its field already.
  if (!form?.contains(document.activeElement))
    element.focus({ preventScroll: true });
  document.querySelector('.queue-list li.open')?.scrollIntoView({ block: 'nearest' });
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
