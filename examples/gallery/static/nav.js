// The frame of the gallery is the same for all pages, so that it can be shown before a page is there, and stays when
// another one comes in.
function mark() {
  for (const link of document.querySelectorAll('nav a')) {
    if (new URL(link.href).pathname === location.pathname) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  }
}

mark();
document.addEventListener('turbo:load', mark);
