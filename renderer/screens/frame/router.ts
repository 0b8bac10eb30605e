import { useSyncExternalStore } from 'react';
import type { KeyId } from '../../../shared/domain/ids.ts';

/** A place in the app. Each has an address of its own, so that back and forward work and a key can be linked to. */
export type Route =
  | { readonly place: 'keys'; readonly keyId: KeyId | null }
  | { readonly place: 'rotation' | 'providers' | 'activity' | 'settings' }
  | { readonly place: 'find-keys' | 'check-for-leaks' | 'worth-a-look' };

/** The five places of the navigation; the others are reached from one of them. */
export type Place = Exclude<Route['place'], 'find-keys' | 'check-for-leaks' | 'worth-a-look'>;

const places = [
  'rotation',
  'providers',
  'activity',
  'settings',
  'find-keys',
  'check-for-leaks',
  'worth-a-look',
] as const;

/** Which of the five places one is at. */
export function placeOf({ place }: Route): Place {
  switch (place) {
    case 'find-keys':
    case 'check-for-leaks':
      return 'keys';
    case 'worth-a-look':
      return 'rotation';
    default:
      return place;
  }
}

/** Reads an address; what is not understood leads to the keys. */
export function parseRoute(hash: string): Route {
  const [place = '', id = ''] = hash.replace(/^#\/?/, '').split('/');
  const known = places.find((name) => name === place);
  if (known !== undefined) return { place: known };
  // The shape is what the brand stands for; whether such a key exists is asked of main.
  const keyId = /^key_[0-9a-z]{20}$/.test(id) ? (id as KeyId) : null;
  return { place: 'keys', keyId: place === 'keys' ? keyId : null };
}

/** The address of a place. */
export function hrefOf(route: Route): string {
  if (route.place === 'keys' && route.keyId !== null) return `#/keys/${route.keyId}`;
  return `#/${route.place}`;
}

let seen = { hash: '', route: parseRoute('') };

function current(): Route {
  if (seen.hash !== location.hash) seen = { hash: location.hash, route: parseRoute(location.hash) };
  return seen.route;
}

const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener('hashchange', listener);
  window.addEventListener('popstate', listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener('hashchange', listener);
    window.removeEventListener('popstate', listener);
  };
}

/** Where the user is. */
export const useRoute = (): Route => useSyncExternalStore(subscribe, current);

/** Goes to a place. `replace` leaves no trace in the history, for moves along a list. */
export function navigate(route: Route, how: 'push' | 'replace' = 'push'): void {
  const href = hrefOf(route);
  if (href === location.hash) return;
  if (how === 'replace') history.replaceState(null, '', href);
  else history.pushState(null, '', href);
  for (const listener of listeners) listener();
}
