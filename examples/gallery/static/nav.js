// The frame of the gallery is the same for all pages, so that it can be shown before a page is there.
for (const link of document.querySelectorAll('nav a')) {
  if (new URL(link.href).pathname === location.pathname) link.setAttribute('aria-current', 'page');
  else link.removeAttribute('aria-current');
}
