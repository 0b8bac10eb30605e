import { useEffect, useRef, useState } from 'react';
import { api } from '../../api/client.ts';
import type { Recognition } from './recognised.ts';

/** What is known of the value in the field. */
export type Recognised =
  | { readonly state: 'nothing' }
  | { readonly state: 'looking' }
  | { readonly state: 'failed' }
  | { readonly state: 'known'; readonly recognition: Recognition };

const typingPauseMs = 300;

/**
 * Asks main what the form of a value tells. `look` asks at once, `lookSoon` when the typing pauses; both read the value
 * themselves at that moment, so that it is kept nowhere. `onKnown` is called with each answer.
 */
export function useRecognition(
  read: () => string,
  onKnown: (recognition: Recognition) => void,
): {
  readonly recognised: Recognised;
  readonly look: () => void;
  readonly lookSoon: () => void;
} {
  const [recognised, setRecognised] = useState<Recognised>({ state: 'nothing' });
  const latest = useRef({ asked: 0, isDirty: false, pause: undefined as Timer, onKnown });
  latest.current.onKnown = onKnown;
  useEffect(() => {
    const { current } = latest;
    return () => {
      current.asked += 1;
      clearTimeout(current.pause);
    };
  }, []);

  const look = async () => {
    const { current } = latest;
    clearTimeout(current.pause);
    if (!current.isDirty) return;
    current.isDirty = false;
    current.asked += 1;
    const mine = current.asked;
    const value = read();
    if (value === '') {
      setRecognised({ state: 'nothing' });
      return;
    }
    setRecognised({ state: 'looking' });
    const answer = await api.call('keys.recognise', { value });
    if (mine !== current.asked) return;
    setRecognised(answer.ok ? { state: 'known', recognition: answer.value } : { state: 'failed' });
    if (answer.ok) current.onKnown(answer.value);
  };

  return {
    recognised,
    look: () => void look(),
    lookSoon: () => {
      const { current } = latest;
      current.isDirty = true;
      clearTimeout(current.pause);
      current.pause = setTimeout(() => void look(), typingPauseMs);
    },
  };
}

type Timer = ReturnType<typeof setTimeout> | undefined;
