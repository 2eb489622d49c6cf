// What the queue cannot do on the server: listen to keys anywhere on the page, move the focus, and read the selection.

// Here keys mean something else. Somebody who has chosen a radio button may go on to type without looking where the focus is.
const control = 'input:not(.tick), textarea, select, [contenteditable]';
const deciding = '.actions button, .bulk button, .recent button, .box button, .toast button';
// What hangs below its heading, over the list or the comment.
const hanging = '.recent, .more-filters';
// What leads to another comment or list.
const leading = '.row-button, .queue-tools button, .pages button, .to-list';
// The forms in which one writes, by their keys, as the drafts name them.
const writing = { x: 'Refusal', e: 'Reply', n: 'Note', p: 'PassOn' };
const moving = ['j', 'k', 'ArrowDown', 'ArrowUp'];
const known = [...moving, 'a', 'r', 'x', 's', 'e', 'n', 'p', 'u', 't', 'T', 'c', '*', '?', ' ', 'Escape'];

// Named keys, such as Enter, are words; everything else is text, also an emoji or a letter of two characters.
const isText = key => !/^[A-Z][A-Za-z0-9]+$/.test(key);

// The key as the table of keys names it, with or without Caps Lock. With another alphabet it is the one that lies there on a Latin keyboard.
function commandOf({ key, code, shiftKey }) {
  if (/^Digit[1-9]$/.test(code) && /^\p{Nd}$/u.test(key))
    return code.slice(-1);
  const isForeign = /^\p{L}$/u.test(key) && !/^\p{Script=Latin}$/u.test(key);
  const letter = isForeign && /^Key[A-Z]$/.test(code) ? code.slice(-1) : key;
  return !/^[a-z]$/i.test(letter) ? key : shiftKey ? letter.toUpperCase() : letter.toLowerCase();
}

// There is room for the list or the comment alone, as queue.css has it.
const narrow = matchMedia('(max-width: 59.99rem)');
export const isNarrow = () => narrow.matches;
export const back = () => history.back();

// Milliseconds. Nobody notices a new comment and presses as fast; the second press of a double press comes sooner.
const reactionTime = 250, pause = 1000;
// Milliseconds. Whoever types a letter so long after the one before looks for another word.
const letterPause = 2000;

export function listen(queue, screen) {
  // When the page last showed another comment, version, undo or buttons, or the comment in place of the list.
  let changedAt = -Infinity;
  const observer = new MutationObserver(changes => {
    if (narrow.matches || changes.some(one => one.attributeName !== 'data-view'))
      changedAt = performance.now();
  });
  observer.observe(screen, { attributeFilter: ['data-comment', 'data-revision', 'data-undo', 'data-overtaken', 'data-view'] });
  const isTooSoon = event => event.timeStamp - changedAt < reactionTime;
  // After a deciding key that came too soon, none decides until there was a pause: somebody is typing.
  let rejectedAt = -Infinity;
  const isTyping = event => event.timeStamp - rejectedAt < pause;
  const stopKeeping = keepFocus();
  // Going back, the browser would scroll to where the comment stood, after the row was shown.
  history.scrollRestoration = 'manual';
  const tellWidth = () => queue.invokeMethodAsync('SetNarrow', narrow.matches);
  narrow.addEventListener('change', tellWidth);

  // The form, or the search, that a key is opening, until it is there and has what was typed in the meantime; null when none is.
  let opening = null;
  const mark = field => markWords(field, range => queue.invokeMethodAsync('HandleKeyAsync', 'r', seen(screen, field), range));
  const press = (event, key) => {
    const done = queue.invokeMethodAsync('HandleKeyAsync', key, seen(screen, event.target), selection());
    // The strip says so when no answer comes.
    if (/^[arxsenpu]$/.test(key))
      document.dispatchEvent(new CustomEvent('pressed', { detail: key }));
    return done;
  };

  const onKey = event => {
    const { key, target } = event;
    if (event.isComposing || event.altKey || target.closest('dialog'))
      return;
    if (event.ctrlKey || event.metaKey) {
      if (key === 'Enter' && target.closest('form.box'))
        take(event, () => mark(target).then(() => send(target.closest('form.box'), target)));
      return;
    }
    // What is typed while a form opens is for the form, in the order of the keys: the field may have the focus before the form has taken all.
    const isForForm = !target.closest(control) || target.matches('.pick') || (target.matches('#panel') && isText(key));
    if (opening && !opening.isLeft && isForForm && (isText(key) || key === 'Enter'))
      return take(event, () => typeLater(opening, key));
    if (opening && (key === 'Escape' || (opening.isLeft && isForForm && (isText(key) || key === 'Enter' || moving.includes(key)))))
      return take(event, () => leaveLater(opening, event));
    if (target.matches('.pick') && pickKey(event, mark))
      return;
    if (key === 'Escape' && target.matches('#filter-words') && target.value)
      return take(event, () => clear(target));
    const command = commandOf(event);
    if (key === '/' && !target.closest(control))
      return take(event, () => search(event));
    if (key === 'Enter' && !target.closest(`${control}, button, a, summary`))
      return document.querySelector('#reasons:has(:checked)') ? take(event, sendReason) : undefined;
    if (/^[1-9]$/.test(command) && !target.closest('textarea, select, input:not([type=radio], .tick)'))
      return take(event, () => choose(command));
    if (event.repeat && !moving.includes(command))
      return;
    if (!known.includes(command) || (key !== 'Escape' && target.closest(control)))
      return;
    if (key === ' ' && target.closest('.tick, summary, a, button:not(.row-button)'))
      return;
    if (key.startsWith('Arrow') && !event.shiftKey && !target.closest('.queue-list'))
      return;
    // A search field would empty itself.
    event.preventDefault();
    const details = key === 'Escape' && document.querySelector(`:is(${hanging})[open]`);
    if (details) {
      details.open = false;
      if (details.contains(target))
        details.querySelector('summary').focus();
      return;
    }
    // The next key may come before the server has closed the form.
    if (key === 'Escape' && document.activeElement.closest('form'))
      focus('case-heading');
    // The others open a form, which decides nothing.
    if (/^[asu]$/.test(command) && (isTooSoon(event) || isTyping(event))) {
      rejectedAt = event.timeStamp;
      queue.invokeMethodAsync('RejectStaleAction');
    } else if (/^[xrenp]$/.test(command))
      open(press(event, command), 'panel', writing[command] && `${screen.dataset.drafts}${screen.dataset.comment}/${writing[command]}`);
    else
      press(event, event.shiftKey && key.startsWith('Arrow') ? `Shift+${key}` : command);
  };

  // Where the comment alone is in view, the field of the search is opened first, as a form is.
  const search = event => {
    const field = document.getElementById('filter-words');
    if (field?.checkVisibility())
      field.select();
    else
      open(press(event, '/'), 'filter-words');
  };

  // With the key of the draft for a form in which one writes.
  const open = async (pressed, id, draft) => {
    letters = missing = '';
    const form = opening = { draft, words: '' };
    form.ready = pressed.then(() => {
      if (!document.getElementById(id))
        return;
      focus(id);
      bringBack(document.activeElement);
    });
    let last;
    try {
      // More may be typed while the form takes what was typed before.
      do {
        last = form.ready;
        await last;
      } while (last !== form.ready);
    } finally {
      if (form === opening)
        opening = null;
      keep(form);
    }
  };

  const isThere = ({ draft }) => !draft || document.querySelector(`[data-draft="${draft}"]`);
  const typeLater = (form, key) => {
    form.isTyped = true;
    form.ready = form.ready.then(() => {
      if (isThere(form))
        typeOn(key, mark, !form.isLeft);
      else
        form.words += key === 'Enter' ? '\n' : key;
    });
  };

  // The form was refused, or passed by for another comment, before it had what was typed for it. One or two letters are keys.
  const keep = ({ draft, words, isPassed, isTyped }) => {
    const lost = words.replace(/^\d/, '').trim();
    if (lost.length > 2)
      drafts.add(draft, lost);
    if (lost.length > 2 || (draft && isPassed && isTyped))
      queue.invokeMethodAsync('ResumeAsync');
  };

  // Esc comes in its turn too: what was typed before it is kept with the form as any other words of it, and not sent. What is pressed after
  // it is for the comment again.
  const leaveLater = (form, event) => {
    form.isLeft = true;
    form.ready = form.ready.then(() => {
      if (form === opening)
        opening = null;
      onKey(event);
    });
  };

  // Whoever goes on elsewhere, or follows a link in it, wants to see what lies below it.
  const fold = ({ type, target }) => document.querySelectorAll(`:is(${hanging})[open]`).forEach(one => {
    if (!one.contains(target) || (type === 'click' && target.closest('a')))
      one.open = false;
  });

  // Firefox presses a button when the space bar is let go.
  const onKeyUp = event => {
    if (event.key === ' ' && event.target.closest('.row-button'))
      event.preventDefault();
  };

  // The field of the words to take out shows the comment and takes no change.
  const onInput = event => event.target.matches('.pick') && event.preventDefault();

  // Whoever chooses the reason in words goes on to type. The server opens the field for everybody else.
  const onChange = ({ target }) => {
    const field = document.getElementById('reason-words');
    if (target.id !== 'reason-Other' || !field.disabled)
      return;
    field.disabled = false;
    field.focus();
    bringBack(field);
  };

  // Rejects the second click of a double click, and a click that was meant for what was there before.
  const onClick = event => {
    if (opening && event.target.closest(leading))
      opening.isLeft = opening.isPassed = true;
    const picked = event.target.closest('.pick-button')?.form.querySelector('.pick');
    if (picked)
      return mark(picked);
    if (!event.target.closest(deciding) || event.target.closest('.close, #reasons, .tap-words') || (event.detail < 2 && !isTooSoon(event)))
      return;
    event.preventDefault();
    event.stopImmediatePropagation();
    queue.invokeMethodAsync('RejectStaleAction');
  };

  document.addEventListener('keydown', onKey);
  document.addEventListener('keyup', onKeyUp);
  document.addEventListener('beforeinput', onInput);
  document.addEventListener('change', onChange);
  document.addEventListener('focusin', fold);
  document.addEventListener('click', fold);
  window.addEventListener('click', onClick, true);
  return {
    stop: () => {
      observer.disconnect();
      stopKeeping();
      history.scrollRestoration = 'auto';
      narrow.removeEventListener('change', tellWidth);
      document.removeEventListener('keydown', onKey);
      document.removeEventListener('keyup', onKeyUp);
      document.removeEventListener('beforeinput', onInput);
      document.removeEventListener('change', onChange);
      document.removeEventListener('focusin', fold);
      document.removeEventListener('click', fold);
      window.removeEventListener('click', onClick, true);
    },
  };
}

function take(event, act) {
  event.preventDefault();
  act();
}

function clear(field) {
  field.value = '';
  field.dispatchEvent(new Event('input', { bubbles: true }));
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

// Puts the words that were kept of a form before what is typed now: the server brings them back only once it has the form.
function bringBack(field) {
  const kept = field.matches('textarea[data-draft]') && !field.value && globalThis.drafts?.read(field.dataset.draft);
  if (!kept || (field.id === 'reason-words' && kept.choice && kept.choice !== 'Other'))
    return;
  if (kept.id)
    field.dataset.draftId = kept.id;
  field.setRangeText(kept.words, 0, 0, 'end');
  field.dispatchEvent(new Event('input', { bubbles: true }));
}

function typeOn(key, mark, maySend) {
  const field = document.activeElement;
  if (field.matches('.pick') && key === 'Enter')
    return maySend || field.selectionStart < field.selectionEnd ? markOrSend(field, mark) : undefined;
  if (field.matches('.pick'))
    pick(field, key);
  else if (key === 'Enter' && field.matches('textarea'))
    write(field, '\n');
  else if (key === 'Enter')
    maySend && (field.matches('#filter-words') ? field.form.requestSubmit() : sendReason());
  else if (/^[1-9]$/.test(key) && !field.matches('textarea, #filter-words'))
    choose(key);
  else if (field.matches('textarea, #filter-words'))
    write(field, key);
}

function write(field, text) {
  field.setRangeText(text, field.selectionStart, field.selectionEnd, 'end');
  field.dispatchEvent(new Event('input', { bubbles: true }));
}

function choose(digit) {
  const reason = document.querySelector(`#reasons [data-digit="${digit}"]`);
  reason?.focus();
  reason?.click();
}

// The letters that were typed to find a word, when the last of them came, and those with which no word begins.
let letters = '', typedAt = -Infinity, missing = '';
// The mark that is being saved.
let marking = Promise.resolve();

// Returns whether the key meant something in the field of the words to take out.
function pickKey(event, mark) {
  const { key, target } = event;
  if (key === 'Enter') {
    event.preventDefault();
    markOrSend(target, mark);
    return true;
  }
  if (!isText(key)) {
    forgetLetters(target);
    return key.startsWith('Arrow') || key === 'Home' || key === 'End';
  }
  event.preventDefault();
  pick(target, key);
  return true;
}

// Takes the selected words out; when none are selected, approves without those that were, unless a word was looked for in vain.
function markOrSend(field, mark) {
  if (field.selectionStart < field.selectionEnd)
    return mark(field);
  if (missing)
    return tellMissing(field);
  return marking.then(() => field.form.querySelector('[type=submit]').disabled || field.form.requestSubmit());
}

// Selects the next word that begins with the letters that were typed, and nothing when none does; a space adds the word behind it.
function pick(field, key) {
  const { value, selectionStart: start, selectionEnd: end } = field;
  if (key === ' ') {
    letters = '';
    const [next] = /^[^\p{L}\p{N}]*\S+/u.exec(value.slice(end)) ?? [];
    if (next && !missing)
      field.setSelectionRange(start, trimmed(value, end + next.length));
    return;
  }
  const now = performance.now();
  if (now - typedAt > letterPause)
    letters = '';
  const isFirst = letters === '';
  letters += key.toLowerCase();
  typedAt = now;
  // Somebody who types a whole name goes on with the word that the space has added.
  const [, last] = /\s[^\p{L}\p{N}]*(\S+)$/u.exec(value.slice(start, end)) ?? [];
  if (last?.toLowerCase().startsWith(letters))
    return;
  const words = [...value.matchAll(/[\p{L}\p{N}]\S*/gu)].filter(one => one[0].toLowerCase().startsWith(letters));
  const word = words.find(one => one.index >= (isFirst ? end : start)) ?? words[0];
  missing = word ? '' : letters;
  if (!word) {
    field.setSelectionRange(start, start);
    return tellMissing(field);
  }
  say(field, '');
  field.setSelectionRange(word.index, trimmed(value, word.index + word[0].length));
}

function forgetLetters(field) {
  letters = missing = '';
  say(field, '');
}

const tellMissing = field => say(field, `No word begins with “${missing}”. Press Backspace and type another.`);

function say(field, words) {
  const line = field.form.querySelector('.pick-said');
  // A screen reader says the same words again only if the text differs.
  line.textContent = words && words === line.textContent ? `${words}\u00a0` : words;
}

// The end of a word without the comma or full stop behind it.
function trimmed(value, end) {
  while (end > 0 && /[^\p{L}\p{N}]/u.test(value[end - 1]) && !/[\uD800-\uDFFF]/.test(value[end - 1]))
    end--;
  return end;
}

function markWords(field, save) {
  const { selectionStart: start, selectionEnd: end } = field;
  if (!field.matches('.pick') || start === end)
    return marking;
  forgetLetters(field);
  field.setSelectionRange(end, end);
  marking = save([start, end - start]);
  return marking;
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

function seen(screen, target) {
  const { dataset } = screen;
  return {
    comment: dataset.comment ?? null,
    revision: Number(dataset.revision ?? 0),
    undo: dataset.undo ? Number(dataset.undo) : null,
    row: target.closest('.queue-list li')?.querySelector('[data-row]').dataset.row ?? null,
    isCaseHidden: !screen.querySelector('.case').checkVisibility(),
  };
}

export function focus(id) {
  // Where there is room for the list or the comment alone, the other one cannot have the focus.
  const ids = [id, id === 'panel' && 'tap-head', 'case-heading', 'list-heading', 'main'];
  const element = ids.map(one => document.getElementById(one)).find(one => one?.checkVisibility());
  if (!element)
    return;
  const form = element.closest('.box');
  // A form may have put the focus into its field already.
  if (!form?.contains(document.activeElement))
    element.focus({ preventScroll: true });
  // Who is in the list looks at other rows, such as those that are ticked.
  if (!element.closest('.queue-list'))
    document.querySelector('.queue-list li.open')?.scrollIntoView({ block: 'nearest' });
  // Shows the whole form, with its buttons, below the beginning of the comment; a form that has the words of the comment in it stands alone.
  form?.scrollIntoView({ block: 'nearest', behavior: 'instant' });
  if (form && !form.matches('.risk, .redaction'))
    document.getElementById('words')?.scrollIntoView({ block: 'start', behavior: 'instant' });
  const { top, bottom } = element.getBoundingClientRect();
  // Who comes back to the list from a comment sees at once where it stands.
  if (narrow.matches && element.matches('.row-button') && (top < 0 || bottom > innerHeight))
    return element.scrollIntoView({ block: 'center', behavior: 'instant' });
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
