import { expect, test } from 'vitest';
import { hrefOf, parseRoute, placeOf, type Route } from '../../../../renderer/screens/frame/router.ts';
import { keyId } from '../../support/fake-bridge.ts';

const routes: readonly Route[] = [
  { place: 'keys', keyId: null },
  { place: 'keys', keyId: keyId(42) },
  { place: 'rotation' },
  { place: 'providers' },
  { place: 'activity' },
  { place: 'settings' },
  { place: 'find-keys' },
  { place: 'check-for-leaks' },
];

test.each(routes)('every place has an address that leads back to it: $place', (route) => {
  expect(parseRoute(hrefOf(route))).toEqual(route);
});

test.each(['find-keys', 'check-for-leaks'] as const)('%s belongs to the keys', (place) => {
  expect(placeOf({ place })).toBe('keys');
});

test.each(['', '#', '#/', '#/nowhere', '#/keys/../settings', '#/keys/key_short', '#AbCdToken'])(
  'an address that is not understood leads to the keys: "%s"',
  (hash) => {
    expect(parseRoute(hash)).toEqual({ place: 'keys', keyId: null });
  },
);
