import { type PointerEvent, type RefObject, useMemo, useRef } from 'react';

/** What a mouse does with an area that it can move by dragging. */
export interface Pan {
  readonly begin: (event: PointerEvent) => void;
  /** Answers whether the area is being moved. */
  readonly move: (event: PointerEvent) => boolean;
  readonly end: () => void;
  /** Whether the last press has moved the area, so that its click is none. */
  readonly hasMoved: () => boolean;
}

/** A hand that shakes does not drag, in CSS pixels. */
const leastMove = 4;

/** Lets a mouse drag what is in view of an area that scrolls. A finger scrolls by itself. */
export function usePan(area: RefObject<HTMLElement | null>): Pan {
  const from = useRef<{ x: number; y: number; left: number; top: number } | null>(null);
  const moved = useRef(false);
  return useMemo(
    () => ({
      begin: ({ pointerType, button, clientX, clientY }) => {
        moved.current = false;
        const view = area.current;
        if (view === null || pointerType !== 'mouse' || button !== 0) return;
        from.current = { x: clientX, y: clientY, left: view.scrollLeft, top: view.scrollTop };
      },
      move: ({ buttons, clientX, clientY, pointerId }) => {
        const view = area.current;
        const start = from.current;
        if (view === null || start === null || (buttons & 1) === 0) return false;
        const x = clientX - start.x;
        const y = clientY - start.y;
        if (!moved.current && Math.hypot(x, y) < leastMove) return false;
        if (!moved.current) view.setPointerCapture(pointerId);
        moved.current = true;
        view.dataset.panning = '';
        view.scrollLeft = start.left - x;
        view.scrollTop = start.top - y;
        return true;
      },
      end: () => {
        from.current = null;
        delete area.current?.dataset.panning;
      },
      hasMoved: () => moved.current,
    }),
    [area],
  );
}
