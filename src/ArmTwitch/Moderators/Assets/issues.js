// What the editor of an issue cannot do on the server: keep what is typed in the tab, change the preview in place.

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

// What is saved of each issue, by its key: as its screen shows it, and what was told of later versions, which the screen does not show yet.
const known = new Map();

// The screen gets the words and the number of a version in the same moment.
const shownOf = issue => {
  while (issue.told[0]?.version <= Number(issue.root.dataset.version))
    issue.shown = issue.told.shift().words;
  return issue.shown;
};

// Some seconds longer than a save takes.
const unheardFor = 4000;

// Keeps what is typed in the fields of an issue from now on, each with what was saved of it when the typing began. Returns what was kept
// before and was not saved; what others kept in this tab is deleted.
// The editor is told of what it may not have heard, and compares it with what a colleague has saved meanwhile: after a lost connection,
// when other words have replaced it on the screen, and when it is not saved some seconds later.
export function keep(root, key, mine, savedWords, editor) {
  ignoreErrors(() => Object.keys(sessionStorage).filter(one => one.startsWith(prefix) && !one.startsWith(mine)).forEach(forget));
  const before = read(key);
  const issue = { root, shown: savedWords, told: [] };
  known.set(key, issue);
  const fieldOf = name => [...root.querySelectorAll('[data-kept]')].find(field => field.dataset.kept === name);
  let unheard = 0;
  root.addEventListener('input', ({ target }) => {
    const name = target.dataset?.kept;
    if (!name)
      return;
    const kept = read(key);
    write(key, {
      words: { ...kept?.words, [name]: target.value },
      basis: { ...kept?.basis, [name]: kept?.basis?.[name] ?? shownOf(issue)[name] ?? '' },
    });
    clearTimeout(unheard);
    unheard = setTimeout(restore, unheardFor);
  });
  const restore = async () => {
    if (!root.isConnected)
      return document.removeEventListener('connection-back', restore);
    const kept = read(key);
    if (!kept)
      return;
    const fields = Object.keys(kept.words).map(name => [name, fieldOf(name)]).filter(([, field]) => field);
    const shown = new Map(fields.map(([name, field]) => [name, field.value]));
    let heard = {};
    try {
      heard = await editor.invokeMethodAsync('RestoreAsync', kept);
    } catch {
      // There is no connection now. What is kept stays, and is told when it is back.
    }
    // What is typed meanwhile is newer than the answer.
    for (const [name, field] of fields)
      if (name in heard && field.value === shown.get(name) && field.value !== heard[name])
        field.value = heard[name];
  };
  document.addEventListener('connection-back', restore);
  new MutationObserver(() => {
    const replaced = Object.entries(read(key)?.words ?? {}).map(([name, words]) => [fieldOf(name), words])
      .filter(([field, words]) => field && field.value !== words);
    for (const [field, words] of replaced)
      field.value = words;
    if (replaced.length > 0)
      restore();
  }).observe(root, { attributeFilter: ['data-version'] });
  holdStill(root);
  return before;
}

// What appears above the field that somebody writes in must not push it away under the typing.
function holdStill(root) {
  let held = null, top = 0;
  const note = () => {
    const field = document.activeElement;
    held = root.contains(field) && field.matches('[data-kept]') ? field : null;
    top = held?.getBoundingClientRect().top ?? 0;
  };
  const observer = new MutationObserver(() => {
    if (!root.isConnected) {
      observer.disconnect();
      window.removeEventListener('scroll', note);
      return;
    }
    if (held && held === document.activeElement)
      scrollBy({ top: held.getBoundingClientRect().top - top, behavior: 'instant' });
    note();
  });
  observer.observe(document.getElementById('main'), { childList: true, characterData: true, subtree: true, attributeFilter: ['hidden', 'class'] });
  for (const name of ['focusin', 'focusout', 'input'])
    root.addEventListener(name, note);
  window.addEventListener('scroll', note, { passive: true });
  note();
}

// Tells what the server has saved, and which fields of it were typed in this tab. The very words that are saved need not be kept; what was
// typed in this tab since it was saved is kept as a change of it.
export function saved(key, words, version, typedHere) {
  known.get(key)?.told.push({ words, version });
  const kept = read(key);
  if (!kept)
    return;
  for (const [name, typed] of Object.entries(kept.words)) {
    if (words[name] === typed) {
      delete kept.words[name];
      delete kept.basis?.[name];
    } else if (kept.basis && typedHere.includes(name)) {
      kept.basis[name] = words[name];
    }
  }
  if (Object.keys(kept.words).length > 0)
    write(key, kept);
  else
    forget(key);
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

// The field that a page opens at. Whoever was quicker and is in another one stays there.
export function begin(id) {
  if (!document.activeElement?.matches('input, textarea, select'))
    focus(id);
}

// Shows a part of the page from its beginning on.
export function go(id) {
  const heading = document.getElementById(id);
  heading?.focus({ preventScroll: true });
  // A heading that sticks to the top is in view wherever its part is.
  (heading?.closest('section') ?? heading)?.scrollIntoView({ block: 'start', behavior: 'instant' });
}

// Marks the part of the page that is looked at in the bar that leads to the parts, until there is no bar any more.
export function followParts() {
  const mark = () => {
    const links = [...document.querySelectorAll('.issue-parts a')];
    if (links.length === 0)
      return window.removeEventListener('scroll', mark);
    const topOf = link => document.getElementById(link.hash.slice(1))?.getBoundingClientRect().top ?? Infinity;
    const isAtEnd = scrollY > 0 && scrollY + innerHeight >= document.documentElement.scrollHeight - 2;
    const current = isAtEnd ? links.at(-1) : links.findLast(link => topOf(link) < innerHeight / 3) ?? links[0];
    for (const link of links)
      link.toggleAttribute('data-current', link === current);
  };
  window.addEventListener('scroll', mark, { passive: true });
  mark();
}
