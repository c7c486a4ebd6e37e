const settled = 150;
const places = "section, main, table, [role=table], [role=grid], [role=dialog], li, form";

/**
 * Keeps the focus near where it was when the focused element disappears: a deleted row, a link whose page was replaced. The browser would
 * leave it nowhere, and the next Tab would begin at the top. Dialogs and menus, which return the focus themselves, come first.
 */
export function keepFocus() {
  // The focused element and what contains it, from the inside out.
  let path: Element[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  document.addEventListener("focusin", ({ target }) => {
    path = [];
    for (let e = target instanceof Element ? target : null; e && e !== document.body; e = e.parentElement) {
      path.push(e);
    }
  });
  // A click on nothing takes the focus away, and it stays away.
  document.addEventListener("focusout", ({ target, relatedTarget }) => {
    // An element that is removed is still connected here.
    if (relatedTarget === null && target instanceof Element) {
      setTimeout(() => {
        if (target.isConnected && path[0] === target) {
          path = [];
        }
      });
    }
  });
  new MutationObserver(() => {
    if (path[0]?.isConnected === false && document.activeElement === document.body) {
      clearTimeout(timer);
      timer = setTimeout(() => {
        if (document.activeElement === document.body) {
          const near = path.find((e) => e.isConnected && e.matches(places));
          // Another layout is a new page, where the first Tab leads to the skip link.
          focus(near ?? (path.some((e) => e.matches("[role=dialog]")) ? document.querySelector("main") : null));
        }
      }, settled);
    }
  }).observe(document.body, { childList: true, subtree: true });
}

function focus(element: Element | null) {
  if (element instanceof HTMLElement) {
    if (element.tabIndex < 0 && !element.hasAttribute("tabindex")) {
      element.tabIndex = -1;
    }

    element.focus({ preventScroll: true });
  }
}
