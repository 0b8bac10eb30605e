import { useEffect, useRef, useState } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { SecretText } from '../../components/secret-text.tsx';

/** How long the one showing lasts. */
export const showSeconds = 30;

/** The fields' places on the page while they are shown. */
export interface Reveal {
  /** Seconds until it hides itself; null: nothing is shown. */
  readonly secondsLeft: number | null;
  /** Gives a field its place. The element must hold nothing of its own. */
  readonly slot: (field: string) => (element: HTMLElement | null) => void;
  readonly show: (
    fields: readonly { readonly name: string; readonly value: string; readonly label: string }[],
  ) => void;
  readonly hide: () => void;
}

/**
 * Shows values for 30 seconds. They are drawn by a small tree of their own, which is thrown away when they are
 * hidden: no state, no property and no memory of the dialog's own tree ever holds one.
 */
export function useReveal(): Reveal {
  const places = useRef(new Map<string, HTMLElement>());
  const roots = useRef<Root[]>([]);
  const [secondsLeft, setSecondsLeft] = useState<number | null>(null);
  const isShown = secondsLeft !== null;

  const hide = () => {
    const shown = roots.current;
    roots.current = [];
    // A tree cannot be taken down while another one is being drawn.
    queueMicrotask(() => {
      for (const root of shown) root.unmount();
    });
    setSecondsLeft(null);
  };

  // biome-ignore lint/correctness/useExhaustiveDependencies: the countdown runs from showing to hiding.
  useEffect(() => {
    if (!isShown) return;
    const endsAt = Date.now() + showSeconds * 1000;
    const timer = setInterval(() => {
      const left = Math.ceil((endsAt - Date.now()) / 1000);
      if (left <= 0) hide();
      else setSecondsLeft(left);
    }, 250);
    return () => {
      clearInterval(timer);
      hide();
    };
  }, [isShown]);

  return {
    secondsLeft,
    slot: (field) => (element) => {
      if (element === null) places.current.delete(field);
      else places.current.set(field, element);
    },
    show: (fields) => {
      for (const { name, value, label } of fields) {
        const place = places.current.get(name);
        if (place === undefined) continue;
        const root = createRoot(place);
        root.render(<SecretText value={value} label={label} />);
        roots.current.push(root);
      }
      setSecondsLeft(showSeconds);
    },
    hide,
  };
}
