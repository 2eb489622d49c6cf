// Shows at once that a link was followed. The server makes the next screen, which takes a while on a slow line.
'use strict';
{
  const { dataset } = document.documentElement;

  // Milliseconds. A link may lead to a file, and no screen changes.
  const longest = 10_000;
  let over;

  const end = () => {
    clearTimeout(over);
    delete dataset.going;
  };

  const isHere = ({ pathname, search }) => pathname === location.pathname && search === location.search;

  window.addEventListener('click', event => {
    const link = event.target.closest?.('a[href]:not([target=_blank], [download])');
    if (!link || event.defaultPrevented || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey)
      return;
    if (link.origin !== location.origin || isHere(link) || dataset.connection === 'lost')
      return;
    dataset.going = '';
    over = setTimeout(end, longest);
  }, true);

  const main = () => document.getElementById('main');
  new MutationObserver(changes => {
    if ('going' in dataset && changes.some(({ target }) => main()?.contains(target)))
      end();
  }).observe(document.body, { childList: true, subtree: true });
  window.addEventListener('pageshow', end);
}
