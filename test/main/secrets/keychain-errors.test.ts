import { expect, test } from 'vitest';
import { translateKeychainError } from '../../../main/secrets/keychain-errors.ts';

test.each([
  ['Cannot autolaunch D-Bus without X11 $DISPLAY', 'keychain-absent'],
  ['Could not connect: Connection refused', 'keychain-absent'],
  ['The name org.freedesktop.secrets was not provided by any .service files', 'keychain-absent'],
  ['Failed to load keytar native addon, checked ["../build/Release"]', 'keychain-absent'],
  ['Object does not exist at path “/org/freedesktop/secrets/collection/login”', 'keychain-absent'],
  ['A default keychain could not be found.', 'keychain-absent'],
  ['Cannot create an item in a locked collection', 'keychain-locked'],
  ['User interaction is not allowed.', 'keychain-locked'],
  ['User canceled the operation.', 'keychain-denied'],
  ['The user name or passphrase you entered is not correct.', 'keychain-denied'],
  ['Access is denied.\r\n', 'keychain-denied'],
  ['An AppArmor policy prevents this sender from sending this message to this recipient', 'keychain-denied'],
])('a keychain that says “%s” is %s, whatever was asked of it', (message, code) => {
  for (const action of ['get', 'set', 'delete'] as const) {
    expect(translateKeychainError(message, action, 'vault').code).toBe(code);
  }
});

test('what Windows says of a long value is told with the sizes', () => {
  expect(translateKeychainError('The stub received bad data.\r\n', 'set', 'vault', 3000)).toEqual({
    code: 'secret-too-big',
    bytes: 3000,
    limitBytes: 2560,
  });
});

test('a message that is not known is a failed read or a failed write, never an absent item', () => {
  const message = 'Something new';
  expect(translateKeychainError(message, 'get', 'vault')).toEqual({
    code: 'secret-unreadable',
    name: 'vault',
    reason: message,
  });
  for (const action of ['set', 'delete'] as const) {
    expect(translateKeychainError(message, action, 'vault')).toEqual({
      code: 'storage-failed',
      file: 'keychain item vault',
      reason: message,
    });
  }
});
