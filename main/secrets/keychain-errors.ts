import { failure, type SecretStoreFailure } from '../../shared/domain/failure.ts';
import type { KeychainAction } from './keychain-protocol.ts';

/** The most that one item of the Windows Credential Manager holds (CRED_MAX_CREDENTIAL_BLOB_SIZE). */
export const itemLimitBytes = 2560;

const lost = [
  // The unique name (":1.7") of a daemon that has been replaced; libsecret goes on asking for it.
  /The name :[\d.]+ was not provided by any \.service files/,
  /session wrapping the secret does not exist/,
  /connection is closed/i,
  /Message recipient disconnected from message bus/,
];

const absent = [
  /The name [\w.]+ was not provided by any \.service files/,
  /Cannot autolaunch D-Bus/,
  /Error spawning command line/,
  /Could not connect:/,
  /Failed to load keytar native addon/,
  /Error receiving data: Connection reset/,
  /Cannot find (module|package)/,
  // A Secret Service without a default keyring, and nobody who could be asked to make one.
  /Object does not exist at path .*\/collection\//,
  // macOS: errSecNotAvailable, errSecNoDefaultKeychain, errSecNoSuchKeychain
  /No keychain is available/,
  /(default|specified) keychain could not be found/,
  // Windows 1312, in a session without a profile
  /specified logon session does not exist/,
];

const locked = [
  /in a locked collection/,
  /Cannot get secret of a locked object/,
  // macOS: errSecInteractionNotAllowed, errSecInDarkWake
  /User interaction is not allowed/,
  /In dark wake/,
];

const denied = [
  // A snap without its plug, and other policies of the bus
  /AppArmor policy prevents/,
  /Access is denied/i,
  /AccessDenied/,
  // macOS: errSecUserCanceled, errSecAuthFailed, errSecWrPerm
  /User cancell?ed the operation/,
  /user name or passphrase you entered is not correct/i,
  /Write permissions error/,
];

// Windows 1783, what CredWrite says of more than 2,560 bytes
const tooBig = /stub received bad data/;

const isOneOf = (texts: readonly RegExp[], message: string) => texts.some((text) => text.test(message));

/** Whether this worker has lost its way to the keychain for good, while a new one may find it. */
export function isConnectionLost(message: string): boolean {
  return isOneOf(lost, message);
}

/** Whether the message says that there is no keychain; one that is started later is found by a new worker only. */
export function isAbsent(message: string): boolean {
  return isOneOf(absent, message);
}

/**
 * What a message of libsecret, of the macOS Security framework or of the Windows Credential Manager means. Texts that
 * are not known stay what they are: a read that failed, or a write that failed, never "not there".
 */
export function translateKeychainError(
  message: string,
  action: KeychainAction['do'],
  name: string,
  bytes = 0,
): SecretStoreFailure {
  if (isOneOf(locked, message)) return failure('keychain-locked');
  if (isOneOf(denied, message)) return failure('keychain-denied');
  if (tooBig.test(message)) return failure('secret-too-big', { bytes, limitBytes: itemLimitBytes });
  if (isAbsent(message) || isConnectionLost(message)) return failure('keychain-absent', { detail: message });
  if (action === 'get') return failure('secret-unreadable', { name, reason: message });
  return failure('storage-failed', { file: `keychain item ${name}`, reason: message });
}
