// Keeps what a moderator types in this tab until it is sent or the moderator signs out. It outlives a reload, a lost connection, the end
// of a session and a restart of the program; it goes to no server, and with the tab.
'use strict';
{
  const all = 'draft/';
  const closing = new BroadcastChannel('moderation');

  // A browser may refuse to store anything; typing must go on.
  const quietly = act => {
    try {
      return act();
    } catch {
      return null;
    }
  };

  const keys = () => Object.keys(sessionStorage).filter(key => key.startsWith(all));
  const forgetAll = () => quietly(() => keys().forEach(key => sessionStorage.removeItem(key)));

  const read = key => quietly(() => {
    const kept = JSON.parse(sessionStorage.getItem(key));
    const [, , comment, panel] = key.split('/');
    return kept && { comment, panel, words: kept.words, id: kept.id ?? null, at: kept.at };
  });

  document.addEventListener('input', ({ target }) => {
    const key = target.dataset?.draft;
    if (!key)
      return;
    quietly(() => target.value.trim()
      ? sessionStorage.setItem(key, JSON.stringify({ words: target.value, id: target.dataset.draftId, at: Date.now() }))
      : sessionStorage.removeItem(key));
  });

  document.addEventListener('submit', ({ target }) => {
    if (new URL(target.action, location.href).pathname !== '/moderation/sign-out')
      return;
    forgetAll();
    closing.postMessage('signed out');
  });
  closing.addEventListener('message', forgetAll);

  globalThis.drafts = {
    read,
    forget: key => quietly(() => sessionStorage.removeItem(key)),
    // The one that was typed last by whoever sits here now; those of others are nobody's any more.
    last: mine => quietly(() => {
      keys().filter(key => !key.startsWith(mine)).forEach(key => sessionStorage.removeItem(key));
      return keys().map(read).filter(Boolean).sort((one, other) => other.at - one.at)[0] ?? null;
    }),
  };
}
