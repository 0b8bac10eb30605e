/** Where something stood that is gone: what it was in, and what stood before it there. */
interface Place {
  readonly parent: Node;
  readonly before: Node | null;
}

/**
 * For the `ref` of a screen, or of a part of one. When what has the focus in it is taken away or switched off, the focus
 * goes to what stands there now or follows it, else to what stands before it, else to the heading above it; never to the
 * whole page, where the next Tab would begin at the very top. From a dialog it comes back to where it was, also when one
 * dialog led to another, and what was taken away meanwhile counts then. Whoever moves the focus at once has the say.
 */
export function keepFocus(root: HTMLElement | null): (() => void) | undefined {
  if (root === null) return undefined;
  let last: HTMLElement | null = null;
  let place: Place | null = null;
  let isAway = false;

  const onFocusIn = ({ target }: FocusEvent) => {
    if (!(target instanceof HTMLElement)) return;
    isAway = !root.contains(target) && target.closest(overlays) !== null;
    if (isAway) return;
    last = root.contains(target) ? target : null;
    place = null;
  };
  const onClick = () => {
    // A click beside everything gives the focus up on purpose.
    if (last !== null && !isGone(last) && document.activeElement === document.body) last = null;
  };
  const observer = new MutationObserver((records) => {
    if (last === null) return;
    const isLastGone = isGone(last);
    if (isLastGone) place ??= placeOf(last, records);
    else if (!isAway) return;
    const { activeElement } = document;
    const isNowhere = activeElement === document.body || (isLastGone && activeElement === last);
    if (!isNowhere || isBehind(root)) return;
    const next = isLastGone ? placeAfter(root, place) : last;
    last = null;
    isAway = false;
    next?.focus();
  });

  document.addEventListener('focusin', onFocusIn);
  document.addEventListener('click', onClick);
  observer.observe(document.body, {
    subtree: true,
    childList: true,
    attributeFilter: ['disabled', 'inert', 'aria-hidden'],
  });
  return () => {
    observer.disconnect();
    document.removeEventListener('focusin', onFocusIn);
    document.removeEventListener('click', onClick);
  };
}

const overlays = '[role="dialog"], [role="menu"], [role="listbox"]';
const focusable = 'a[href], button, input, select, textarea, [tabindex]';

/** Whether a dialog is open over it, or is about to be. */
const isBehind = (element: HTMLElement): boolean =>
  element.closest('[inert], [aria-hidden="true"]') !== null ||
  [...document.querySelectorAll(overlays)].some((overlay) => !element.contains(overlay));

const isGone = (element: HTMLElement): boolean => !element.isConnected || element.matches(':disabled');

function placeOf(gone: HTMLElement, records: readonly MutationRecord[]): Place | null {
  if (gone.isConnected) return { parent: gone.parentElement as Node, before: gone };
  const record = records.find(({ removedNodes }) => [...removedNodes].some((node) => node.contains(gone)));
  return record === undefined ? null : { parent: record.target, before: record.previousSibling };
}

/** What takes the focus instead, from the place outwards as far as the root. */
function placeAfter(root: HTMLElement, place: Place | null): HTMLElement | null {
  let before = place?.before ?? null;
  let at = place?.parent instanceof HTMLElement && root.contains(place.parent) ? place.parent : root;
  while (true) {
    const inside = [...at.querySelectorAll<HTMLElement>(focusable)].filter(takesFocus);
    const next = inside.find((element) => before === null || isAfter(element, before)) ?? inside.at(-1);
    if (next !== undefined) return next;
    if (takesFocus(at)) return at;
    const isEnd = at === root || at.parentElement === null;
    if (isEnd || at.matches('section, article')) {
      const heading = headingOf(at);
      if (heading !== null || isEnd) return heading;
    }
    before = at;
    at = at.parentElement as HTMLElement;
  }
}

const takesFocus = (element: HTMLElement): boolean =>
  element.matches(focusable) && element.tabIndex >= 0 && !element.matches(':disabled');

/** Also true where what stood before is gone as well. */
const isAfter = (element: Node, before: Node): boolean =>
  !before.isConnected ||
  (!before.contains(element) &&
    (before.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0);

function headingOf(element: HTMLElement): HTMLElement | null {
  const heading = element.querySelector<HTMLElement>('h1, h2, h3, h4');
  heading?.setAttribute('tabindex', '-1');
  return heading;
}
