import { type ComponentType, type ReactNode, useEffect, useState, useSyncExternalStore } from 'react';
import { Button } from '../../components/button.tsx';
import { Callout } from '../../components/callout.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { Page } from '../../components/page.tsx';
import { Spinner } from '../../components/spinner.tsx';
import styles from './later.module.css';

type Part<P> =
  | { readonly state: 'waiting' }
  | { readonly state: 'failed' }
  | { readonly state: 'ready'; readonly Content: ComponentType<P> };

/** A part, and whether it is there. */
interface PartStore<P> {
  readonly get: () => Part<P>;
  readonly subscribe: (listener: () => void) => () => void;
  readonly load: () => Promise<void>;
}

function createPart<P>(fetchPart: () => Promise<ComponentType<P>>): PartStore<P> {
  let part: Part<P> = { state: 'waiting' };
  let loading: Promise<void> | null = null;
  const listeners = new Set<() => void>();

  function become(next: Part<P>): void {
    part = next;
    for (const listener of listeners) listener();
  }

  return {
    get: () => part,
    subscribe(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
        if (listeners.size === 0 && part.state === 'failed') part = { state: 'waiting' };
      };
    },
    load() {
      loading ??= fetchPart().then(
        (Content) => become({ state: 'ready', Content }),
        () => {
          // Why is between the browser and the host. Whoever asks for the part later has it fetched again.
          loading = null;
          become({ state: listeners.size > 0 ? 'failed' : 'waiting' });
        },
      );
      return loading;
    },
  };
}

/** What stands in for a part that is not there. */
interface StandIns<P> {
  readonly waiting: ReactNode;
  readonly failed: (props: P) => ReactNode;
}

interface DrawnProps<P> {
  readonly part: PartStore<P>;
  readonly standIns: StandIns<P>;
  readonly props: P;
}

function Drawn<P extends object>({ part, standIns, props }: DrawnProps<P>) {
  const now = useSyncExternalStore(part.subscribe, part.get);
  useEffect(() => void part.load(), [part]);
  switch (now.state) {
    case 'waiting':
      return standIns.waiting;
    case 'failed':
      return standIns.failed(props);
    case 'ready':
      return <now.Content {...props} />;
  }
}

const loads: (() => Promise<void>)[] = [];

/**
 * [Note: parts that come later]
 * Once its script is there, a part is drawn in the very press that asks for it. `React.lazy` cannot do that: it shows
 * what stands in also for a script that was fetched before, and lets it stand for 300 ms.
 */
function later<P extends object>(
  fetchPart: () => Promise<ComponentType<P>>,
  standIns: StandIns<P>,
): ComponentType<P> {
  const part = createPart(fetchPart);
  loads.push(part.load);
  return (props) => <Drawn part={part} standIns={standIns} props={props} />;
}

/** A screen that comes later. `title` is its heading while it cannot be had. */
export const laterScreen = <P extends object>(
  title: string,
  fetchPart: () => Promise<ComponentType<P>>,
): ComponentType<P> =>
  later(fetchPart, {
    waiting: <Waiting />,
    failed: () => (
      <Page title={title}>
        <NotLoaded />
      </Page>
    ),
  });

/** What stands beside a list, and comes later. */
export const laterDetail = <P extends object>(fetchPart: () => Promise<ComponentType<P>>): ComponentType<P> =>
  later(fetchPart, {
    waiting: <Waiting />,
    failed: () => (
      <div className={styles.detail}>
        <NotLoaded />
      </div>
    ),
  });

/** A dialog that comes later. Nothing stands in for it but, where it cannot be had, a dialog that says so. */
export const laterDialog = <P extends { readonly onClose: () => void }>(
  fetchPart: () => Promise<ComponentType<P>>,
): ComponentType<P> =>
  later(fetchPart, {
    waiting: null,
    failed: ({ onClose }) => (
      <Dialog title="Not loaded" isOpen onClose={onClose}>
        <NotLoaded />
      </Dialog>
    ),
  });

/** Fetches all parts that come later, one after the other, each when the page has nothing better to do. */
export async function loadLaterParts(idle: () => Promise<void> = untilIdle): Promise<void> {
  for (const load of loads) {
    await idle();
    await load();
  }
}

const untilIdle = (): Promise<void> =>
  new Promise((resolve) => {
    // Safari has no such thing.
    if (typeof requestIdleCallback === 'function') requestIdleCallback(() => resolve());
    else setTimeout(resolve, 50);
  });

/** Long enough that nothing flashes where the script is nearly there. */
const quietMs = 200;

function Waiting() {
  const [isLong, setLong] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLong(true), quietMs);
    return () => clearTimeout(timer);
  }, []);
  return <div className={styles.waiting}>{isLong && <Spinner label="Opening" />}</div>;
}

function NotLoaded() {
  return (
    <Callout
      tone="danger"
      title="This part of Keyturn could not be loaded"
      isNews
      action={<Button onPress={() => location.reload()}>Reload</Button>}
    >
      Nothing is lost. Reload the page to try again.
    </Callout>
  );
}
