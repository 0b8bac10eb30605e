/**
 * Gives every element a size, because the tests' page has no layout and a virtual list shows nothing without
 * one. Scrolling works by the element's own `scrollTop`.
 */
export function giveSize(width: number, height: number): void {
  const sized = { offsetWidth: width, offsetHeight: height, clientWidth: width, clientHeight: height };
  for (const [name, value] of Object.entries(sized)) {
    Object.defineProperty(HTMLElement.prototype, name, { configurable: true, get: () => value });
  }
  Object.defineProperty(HTMLElement.prototype, 'scrollHeight', { configurable: true, get: () => 10_000_000 });
}
