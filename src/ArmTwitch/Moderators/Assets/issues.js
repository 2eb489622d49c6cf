// What the editor of an issue cannot do on the server: keep what is typed in the tab, know the time zone, change the preview in place.

const prefix = 'issue-draft/';

// Typing must go on in a browser that refuses to store anything.
const ignoreErrors = act => {
  try {
    return act();
  } catch {
    return null;
  }
};

const read = key => ignoreErrors(() => JSON.parse(sessionStorage.getItem(key)));
const write = (key, kept) => ignoreErrors(() => sessionStorage.setItem(key, JSON.stringify(kept)));
const forget = key => ignoreErrors(() => sessionStorage.removeItem(key));

export const zone = () => ignoreErrors(() => Intl.DateTimeFormat().resolvedOptions().timeZone) ?? null;

// Keeps every field of an issue from now on. Returns what was kept before and was not saved; what others kept in this tab is deleted.
// After a lost connection the editor gets what was kept, and tells it apart from what a colleague has saved meanwhile.
export function keep(root, key, mine, editor) {
  ignoreErrors(() => Object.keys(sessionStorage).filter(one => one.startsWith(prefix) && !one.startsWith(mine)).forEach(forget));
  const before = read(key);
  root.addEventListener('input', ({ target }) => {
    if (!target.dataset?.kept)
      return;
    const words = {};
    for (const field of root.querySelectorAll('[data-kept]'))
      words[field.dataset.kept] = field.value;
    write(key, { version: Number(root.dataset.version), words });
  });
  const restore = () => {
    if (!root.isConnected)
      return document.removeEventListener('connection-back', restore);
    const kept = read(key);
    if (kept)
      editor.invokeMethodAsync('RestoreAsync', kept).catch(() => { });
  };
  document.addEventListener('connection-back', restore);
  return before;
}

// What the server has saved need not be kept. What was typed since then is kept as a change of the saved version.
export function saved(key, words, version) {
  const kept = read(key);
  if (!kept)
    return;
  if (Object.entries(kept.words).every(([name, value]) => words[name] === value))
    forget(key);
  else
    write(key, { ...kept, version });
}

export { forget };

// Shows another mail in a box. The frame before it stays until the new one is loaded, so nothing flashes, and the place to which it was
// scrolled stays. The mail has styles of its own, which only a document of its own may have.
export function show(box, address, title) {
  const next = document.createElement('iframe');
  next.sandbox = 'allow-same-origin';
  next.title = title;
  next.className = 'loading';
  next.src = address;
  next.addEventListener('load', () => {
    const before = next.previousElementSibling;
    next.contentDocument?.scrollingElement?.scrollTo(0, before?.contentDocument?.scrollingElement?.scrollTop ?? 0);
    next.className = '';
    if (before && document.activeElement === before)
      next.focus();
    while (box.firstElementChild !== next)
      box.firstElementChild.remove();
  }, { once: true });
  box.append(next);
}

export function focus(id) {
  document.getElementById(id)?.focus();
}
