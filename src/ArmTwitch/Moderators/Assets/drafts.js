// Keeps what a moderator types in the session storage of the tab until it is sent or the moderator signs out. It survives a reload, a lost
// connection, the end of a session and a restart of the program. It goes to no server and is gone when the tab is closed.
'use strict';
{
  const prefix = 'draft/';
  const signOuts = new BroadcastChannel('moderation');

  // Typing must go on in a browser that refuses to store anything.
  const ignoreErrors = act => {
    try {
      return act();
    } catch {
      return null;
    }
  };

  const keys = () => Object.keys(sessionStorage).filter(key => key.startsWith(prefix));
  // With what issues.js keeps.
  const forgetAll = () => ignoreErrors(() => Object.keys(sessionStorage).filter(key => /^(issue-)?draft\//.test(key))
    .forEach(key => sessionStorage.removeItem(key)));

  const read = key => ignoreErrors(() => {
    const kept = JSON.parse(sessionStorage.getItem(key));
    const [, , comment, panel] = key.split('/');
    return kept && { comment, panel, words: kept.words, id: kept.id ?? null, choice: kept.choice ?? null, at: kept.at };
  });

  document.addEventListener('input', ({ target }) => {
    const key = target.dataset?.draft;
    if (!key)
      return;
    ignoreErrors(() => target.value.trim()
      ? sessionStorage.setItem(key, JSON.stringify({ words: target.value, id: target.dataset.draftId, choice: target.dataset.draftChoice, at: Date.now() }))
      : sessionStorage.removeItem(key));
  });

  document.addEventListener('submit', ({ target }) => {
    if (new URL(target.action, location.href).pathname !== '/moderation/sign-out')
      return;
    forgetAll();
    signOuts.postMessage('signed out');
  });
  signOuts.addEventListener('message', forgetAll);

  globalThis.drafts = {
    read,
    // Keeps words that found no field, behind those that are kept already.
    add: (key, words) => ignoreErrors(() => sessionStorage.setItem(key, JSON.stringify(
      { ...JSON.parse(sessionStorage.getItem(key)), words: (read(key)?.words ?? '') + words, at: Date.now() }))),
    forget: key => ignoreErrors(() => sessionStorage.removeItem(key)),
    // Returns what this moderator typed last, and deletes the drafts of others.
    last: mine => ignoreErrors(() => {
      keys().filter(key => !key.startsWith(mine)).forEach(key => sessionStorage.removeItem(key));
      return keys().map(read).filter(Boolean).sort((one, other) => other.at - one.at)[0] ?? null;
    }),
  };
}
