/** What can be pressed or ticked in a row. None of it is a tab stop: the list is the one. */
const controls = 'button:not(:disabled), a[href], input:not(:disabled)';

/** Whether a row in view has something to be pressed. */
export function hasButtons(list: HTMLElement): boolean {
  return list.querySelector('[role="row"] :is(button, a[href])') !== null;
}

/**
 * Where a key leads from the list into its active row, on in a row, and out of it again, which may be where the focus is
 * already; null where the key means something else.
 */
export function leadInRow(key: string, list: HTMLElement): HTMLElement | null {
  const at = document.activeElement;
  const isInRow = at !== list;
  const row = isInRow ? at?.closest('[role="row"]') : list.querySelector('[data-active]');
  const all = [...(row?.querySelectorAll<HTMLElement>(controls) ?? [])];
  const index = all.indexOf(at as HTMLElement);
  if (key === 'ArrowRight') return all[index + 1] ?? all[index] ?? list;
  if (key === 'ArrowLeft' && isInRow) return all[index - 1] ?? list;
  return key === 'Escape' && isInRow ? list : null;
}
