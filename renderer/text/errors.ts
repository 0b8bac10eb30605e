import type { Failure } from '../../shared/domain/failure.ts';
import type { DoorFailure } from '../../shared/ipc/define.ts';
import type { ConnectionLost } from '../api/client.ts';
import { count } from './dates.ts';

/** Everything that can go wrong as far as the page knows. */
export type PageFailure = Failure | DoorFailure | ConnectionLost;

/** A failure in words: what happened, what that means (and what was not changed), and what to do now. */
export interface Words {
  readonly title: string;
  readonly body: string;
  readonly next?: string;
}

/** Puts a failure into words. Every code has its own; a code without words does not compile. */
export function words(failure: PageFailure): Words {
  // The table is indexed by the failure's own code, which TypeScript cannot follow through a union.
  const say = table[failure.code] as (failure: PageFailure) => Words;
  return say(failure);
}

/** The same in one line, for a row or a toast. */
export function oneLine(failure: PageFailure): string {
  const { title, next } = words(failure);
  return next === undefined ? `${title}.` : `${title}. ${next}`;
}

/**
 * The same for a file that is read as a definition, where the words for `.env` files would speak of writing: nothing was
 * added.
 */
export function definitionFileWords(failure: PageFailure): Words {
  switch (failure.code) {
    case 'file-gone':
      return {
        title: 'There is no such file',
        body: `Nothing is at ${failure.file}.`,
        next: 'Correct the path and check it again.',
      };
    case 'file-is-folder':
      return {
        title: 'That is a folder',
        body: `${failure.file} is a folder. A definition is one file.`,
        next: 'Add the name of the file, such as my-provider.json.',
      };
    case 'file-unreadable':
      return {
        title: 'The file cannot be read',
        body: sentences(because(`${failure.file} is there, but cannot be read`, failure.reason)),
        next: 'Change its permissions or choose another file.',
      };
    case 'file-not-text':
      return {
        title: 'That is not a text file',
        body: `${failure.file} holds bytes that are not UTF-8 text. A definition is a JSON file.`,
        next: 'Choose another file.',
      };
    case 'file-changed':
      return {
        title: 'The file has changed since it was checked',
        body: `What ${failure.file} holds now is not what you saw. Nothing was added.`,
        next: 'Check it again.',
      };
    case 'path-not-absolute':
      return {
        title: 'The path is not complete',
        body:
          failure.file === ''
            ? 'No file was named.'
            : `${failure.file} does not say where the file is. Nothing was read.`,
        next: 'Type the whole path, from the root or the drive on.',
      };
    default:
      return words(failure);
  }
}

type Table = {
  readonly [C in PageFailure['code']]: (failure: Extract<PageFailure, { code: C }>) => Words;
};

const table: Table = {
  // The vault as a whole
  'vault-closed': () => ({
    title: 'The vault is locked',
    body: 'Keyturn cannot read or change keys until it is open again. Nothing was changed.',
    next: 'Unlock the vault and try again.',
  }),
  'passphrase-wrong': () => ({
    title: 'That is not the passphrase',
    body: 'The vault stays locked. Nothing was changed.',
    next: 'Type it again. Check Caps Lock and the keyboard layout.',
  }),
  'passphrase-too-short': ({ minLength }) => ({
    title: `The passphrase needs at least ${minLength} characters`,
    body: 'Nothing was set up yet. A few unrelated words are easier to remember than a short riddle.',
    next: 'Choose a longer one.',
  }),
  'storage-failed': ({ file, reason }) => ({
    title: 'Keyturn could not save to disk',
    body: sentences(because(`${file} could not be written`, diskWords[reason] ?? reason)),
    next: 'Check that the disk has room and that the folder may be written, then try again.',
  }),

  // The secret store
  'keychain-absent': ({ detail }) => ({
    title: 'No keychain answers',
    body: sentences(
      because('This system offers no keychain that Keyturn can use', detail),
      'Nothing was changed',
    ),
    next: 'Start the keychain service and try again, or keep secrets in files locked by a passphrase.',
  }),
  'keychain-locked': () => ({
    title: 'The keychain is locked',
    body: 'Your keys are still in it. Nothing was changed.',
    next: 'Unlock the keychain and try again.',
  }),
  'keychain-denied': () => ({
    title: 'The keychain refused access to Keyturn',
    body: 'The system or a person said no when Keyturn asked. Nothing was changed.',
    next: 'Try again and allow the access, or allow Keyturn in the system’s keychain settings.',
  }),
  'keychain-foreign': () => ({
    title: 'This is not the keychain that the vault was made with',
    body: 'It answers, but the entry that every Keyturn vault keeps in it is another one or missing. Nothing was overwritten.',
    next: 'Restore the original keychain and try again.',
  }),
  'keychain-unanswered': ({ seconds }) => ({
    title: `The keychain did not answer within ${count(seconds, 'second')}`,
    body: 'It may be showing a question in another window. Nothing is reported as stored that was not read back.',
    next: 'Answer the keychain’s question, then try again.',
  }),
  'secret-too-big': ({ bytes, limitBytes }) => ({
    title: 'The key is too long for the keychain',
    body: `It takes ${formatBytes(bytes)}; the keychain takes at most ${formatBytes(limitBytes)}. It was not stored.`,
    next: 'Keep secrets in files locked by a passphrase instead.',
  }),
  'secret-unreadable': ({ name, reason }) => ({
    title: 'A stored value cannot be read',
    body: sentences(because(`The entry ${name} is there, but damaged`, reason), 'It was not overwritten'),
    next: 'Restore it from a backup, or rotate the key.',
  }),
  'secret-gone': ({ name }) => ({
    title: 'A stored value is missing',
    body: `The entry ${name} is no longer where Keyturn put it. Something else removed it.`,
    next: 'Restore it from a backup, or rotate the key.',
  }),
  'secret-not-storable': ({ reason }) => ({
    title: 'The value cannot be stored',
    body: `${notStorable[reason]} It was not stored.`,
    next: reason === 'not-read-back' ? 'Check the keychain and try again.' : 'Check the value and try again.',
  }),

  // The provider
  'provider-unreachable': ({ host, reason }) => ({
    title: `${host} cannot be reached`,
    body: unreachable[reason],
    next:
      reason === 'unknown-host'
        ? 'Check the address of the connection, then try again.'
        : 'Check the network and try again.',
  }),
  'provider-insecure': ({ host }) => ({
    title: `${host} would be called without encryption`,
    body: 'Keyturn sends a credential over plain HTTP only to this computer itself. Nothing was sent.',
    next: 'Use an address that begins with https.',
  }),
  'provider-redirected': ({ host, to }) => ({
    title: `Keyturn was led from ${host} to ${to}`,
    body: 'A credential goes to the hosts of its connection only, so nothing was sent there.',
    next: 'If the provider has moved, add a connection with the new address.',
  }),
  'credential-rejected': ({ host, message }) => ({
    title: `${host} does not accept the credential`,
    body: sentences(said(message), 'Nothing was changed there'),
    next: 'Check the credential at the provider and enter it again.',
  }),
  'permission-lacking': ({ host, message }) => ({
    title: `${host} does not allow this`,
    body: sentences(
      'The credential is accepted but lacks the permission',
      said(message),
      'Nothing was changed there',
    ),
    next: 'Give the credential the permission at the provider, or use another one.',
  }),
  'provider-not-found': ({ host, message }) => ({
    title: `${host} does not know what was asked for`,
    body: sentences(said(message), 'Nothing was changed there'),
    next: 'Check the address and the settings of the connection.',
  }),
  'provider-throttled': ({ host, retryAfterSeconds }) => ({
    title:
      retryAfterSeconds === null
        ? `${host} asks to wait`
        : `${host} asks to wait ${duration(retryAfterSeconds)}`,
    body: 'It has had too many requests. Nothing was changed there.',
    next: retryAfterSeconds === null ? 'Try again in a few minutes.' : 'Try again then.',
  }),
  'provider-failed': ({ host, status, message }) => ({
    title: `${host} has a problem of its own`,
    body: sentences(`It answered with status ${status}`, said(message)),
    next: 'Try again later.',
  }),
  'provider-refused': ({ host, status, message }) => ({
    title: `${host} refused the request`,
    body: sentences(said(message) || `It answered with status ${status}`, 'Nothing was changed there'),
    next: 'Change what it objects to and try again.',
  }),
  'provider-answer-unreadable': ({ host, reason, detail }) => ({
    title: `${host} answered something that Keyturn cannot read`,
    body: sentences(unreadable[reason], detail),
    next: 'Check that the address is the one of its API. Its API may have changed.',
  }),
  'answer-needed': ({ questions }) => ({
    title: 'The provider asks for something more',
    body: `It wants an answer to: ${questions.join(', ')}. Answers are used once and not kept.`,
    next: 'Fill it in and try again.',
  }),
  'subscription-needed': ({ host, message }) => ({
    title: 'The account has no active plan',
    body: sentences(`${host} issues keys only to accounts with a subscription or a trial`, said(message)),
    next: 'Start one there. If it has one already, sign out there and in again. Then try once more.',
  }),
  'key-limit-reached': ({ host, message }) => ({
    title: `${host} allows no more keys`,
    body: sentences('The account holds as many keys as it may', said(message), 'Nothing was made'),
    next: 'Revoke one that nothing uses, then try again. Comparing the connection with the provider shows them.',
  }),
  'operation-missing': ({ provider, operation }) => ({
    title: `${provider} cannot ${operation} keys through its API`,
    body: 'Nothing was changed there.',
    next: 'Do this step on the provider’s own page.',
  }),

  // A key's life
  'key-unknown': () => ({
    title: 'That key is not in the vault any more',
    body: 'It was deleted meanwhile. Nothing was changed.',
    next: 'Go back to the list.',
  }),
  'connection-unknown': () => ({
    title: 'That connection is not there any more',
    body: 'It was removed meanwhile. Nothing was changed.',
    next: 'Choose another connection.',
  }),
  'connection-in-use': ({ keys }) => ({
    title: `${count(keys, 'key')} still ${keys === 1 ? 'belongs' : 'belong'} to this connection`,
    body: 'Without it Keyturn could neither rotate nor revoke them. Nothing was removed.',
    next: keys === 1 ? 'Revoke and delete that key first.' : 'Revoke and delete those keys first.',
  }),
  'name-taken': ({ name }) => ({
    title: `The name “${name}” is taken`,
    body: 'Names tell things apart, here and at the provider. Nothing was created.',
    next: 'Choose another name.',
  }),
  'confirmation-needed': ({ name }) => ({
    title: 'The name does not match',
    body: 'This is a live key, so its name has to be typed. Nothing was revoked.',
    next: `Type “${name}” exactly.`,
  }),
  'work-running': () => ({
    title: 'Something is already under way with this key',
    body: 'Two changes at once could lose one of them. Nothing was changed.',
    next: 'Wait until it has finished, or look at the Rotation screen.',
  }),
  'work-unknown': () => ({
    title: 'That work is not there any more',
    body: 'It has finished and was put away. Nothing was changed.',
    next: 'Look at Activity for how it ended.',
  }),
  'batch-running': () => ({
    title: 'Rotate all due is under way already',
    body: 'Nothing was begun a second time.',
    next: 'Wait until it has finished, or cancel it.',
  }),
  'key-not-active': ({ status }) => ({
    title: `The key is ${statusWords[status] ?? status}`,
    body: 'This can only be done with an active key. Nothing was changed.',
    next: 'Use the key that replaced it, or generate a new one.',
  }),
  'key-still-alive': () => ({
    title: 'The key still works at the provider',
    body: 'It is neither deleted here nor called revoked: a living key that nobody watches is a danger.',
    next: 'Revoke it first. If you have just done so in the dashboard, wait a minute and try again.',
  }),
  'key-not-verified': ({ message }) => ({
    title: 'The provider does not accept the new key',
    body: sentences(said(message), 'It is not in use yet'),
    next: 'Try again, or check the new key at the provider.',
  }),
  'key-needed': ({ provider }) => ({
    title: `${provider} makes keys in its dashboard only`,
    body: 'The rotation waits for you, also when Keyturn was closed meanwhile. The old key works as before.',
    next: 'Make the new key there and paste it here.',
  }),
  'revocation-needed': ({ provider }) => ({
    title: `This key has to be revoked at ${provider}`,
    body: 'Keyturn cannot do it: the provider has no call for it, or does not tell which key this is. The key counts as alive until you have revoked it there.',
    next: 'Revoke it in the dashboard, then say so here.',
  }),
  'overlap-impossible': ({ provider, why }) => ({
    title: 'The old key dies the moment the new one is made',
    body:
      why === 'native'
        ? `${provider} replaces the value of a key and ends the old one at once. Nothing was changed yet.`
        : `${provider} allows no second key beside this one. Nothing was changed yet.`,
    next: 'Confirm that the old key may die now, or leave it as it is.',
  }),
  'undo-too-late': () => ({
    title: 'It is too late to undo this',
    body: 'The old key does not work any more, so it cannot be put back. Nothing was changed.',
    next: 'Keep the new key, or rotate once more.',
  }),
  'key-known': ({ name }) => ({
    title: 'The vault holds this key already',
    body: `It is the key “${name}”. Nothing was added.`,
    next: `Open “${name}”.`,
  }),
  'field-missing': ({ field }) => ({
    title: `${field} is missing`,
    body: 'The key is not whole without it. Nothing was stored.',
    next: 'Paste it and try again.',
  }),
  'key-form-unusual': ({ field }) => ({
    title: `${field} does not look like one of this provider`,
    body: 'Something may be missing at its beginning or end, or it belongs to another provider. Nothing was stored.',
    next: 'Copy it again, or take it in as it is.',
  }),
  'key-of-other-environment': ({ environment }) => ({
    title: `This is a ${environment} key`,
    body: `The connection is for ${environment === 'test' ? 'live' : 'test'} keys. It was not sent anywhere, and nothing was stored.`,
    next: `Choose a connection for ${environment} keys.`,
  }),
  'key-refused': ({ message }) => ({
    title: 'The provider does not accept this key',
    body: sentences(said(message), 'Nothing was stored'),
    next: 'Check that it was copied whole and not revoked.',
  }),
  'already-sealed': () => ({
    title: 'The key is sealed',
    body: 'Its one time of being seen or copied is over. It can still be written to files.',
    next: 'Write it to a file, or rotate it to get a new one.',
  }),
  'already-shown': () => ({
    title: 'The key was already shown',
    body: 'A key is shown one time. It can still be copied or written to files.',
    next: 'Copy it or write it to a file.',
  }),
  'already-copied': ({ field }) => ({
    title: `${field} was already copied`,
    body: 'A field is copied one time. The key can still be written to files.',
    next: 'Write it to a file.',
  }),
  'clipboard-failed': ({ reason }) => ({
    title: 'The clipboard did not take the key',
    body: sentences(because('It is not on the clipboard', reason)),
    next: 'Show it or write it to a file.',
  }),
  'outcome-unknown': ({ strays }) => ({
    title: 'It is not known whether the provider made the key',
    body: `The answer got lost on the way. Keyturn does not ask a second time, because that could make a second key. ${strayWords(strays)}`,
    next: 'Open Rotation: look again at the provider’s list and revoke what was left there.',
  }),

  // A definition
  'definition-unknown': ({ provider }) => ({
    title: `Nothing describes the provider “${provider}”`,
    body: 'Its definition was removed or never added. Keys of it stay in the vault.',
    next: 'Add its definition from a file.',
  }),
  'definition-faulty': ({ file, faults }) => ({
    title: faults.length === 1 ? 'The definition has a fault' : `The definition has ${faults.length} faults`,
    body: `${file} was not added.`,
    next: 'Correct what is listed, then check the file again.',
  }),
  'definition-taken': ({ id, name }) => ({
    title: `“${id}” is ${name}, which comes with Keyturn`,
    body: 'A definition of your own cannot take its place. It was not added.',
    next: 'Give the definition another id.',
  }),
  'definition-in-use': ({ connections }) => ({
    title: `${count(connections, 'connection')} still ${connections === 1 ? 'needs' : 'need'} this definition`,
    body: 'Without it Keyturn could not call the provider. Nothing was removed.',
    next: connections === 1 ? 'Remove that connection first.' : 'Remove those connections first.',
  }),
  'file-too-big': ({ file, limitBytes }) => ({
    title: 'The file is too big',
    body: `${file} holds more than ${formatBytes(limitBytes)}. It was not read.`,
    next: 'Choose another file.',
  }),

  // A backup
  'file-exists': ({ file }) => ({
    title: 'There is a file of that name already',
    body: `${file} was left as it is.`,
    next: 'Choose another name, or say that it is to be replaced.',
  }),
  'backup-foreign': ({ file }) => ({
    title: 'That is not a backup of Keyturn',
    body: `${file} is not an age file that a passphrase opens, or something else is in it. Nothing was changed.`,
    next: 'Choose the file that Keyturn made.',
  }),
  'backup-damaged': ({ file, reason }) => ({
    title: 'The backup is damaged',
    body: sentences(because(`${file} cannot be read to its end`, reason), 'Nothing was changed'),
    next: 'Use another copy of it, or an earlier backup.',
  }),
  'backup-newer': ({ file }) => ({
    title: 'A newer Keyturn made this backup',
    body: `${file} is written in a way that this version does not know. Nothing was changed.`,
    next: 'Update Keyturn, then restore it.',
  }),
  'backup-not-open': () => ({
    title: 'The backup is not open any more',
    body: 'An opened backup is forgotten after ten minutes and when the vault is locked. Nothing was changed.',
    next: 'Open it again.',
  }),
  'backup-cancelled': () => ({
    title: 'It was stopped',
    body: 'No file was written, and nothing was changed.',
    next: 'Begin again whenever you like.',
  }),

  // A calendar file
  'file-not-ics': ({ file }) => ({
    title: 'That is not the name of a calendar file',
    body: `Calendars read files whose names end in “.ics”, and ${file} does not. Nothing was written.`,
    next: 'Choose a name such as keyturn.ics.',
  }),

  // An `.env` file
  'file-is-folder': ({ file }) => ({
    title: 'That is a folder',
    body: `${file} is a folder, not a file. Nothing was written.`,
    next: 'Add the name of the file, such as .env.',
  }),
  'file-unwritable': ({ file, reason }) => ({
    title: 'The file cannot be written',
    body: sentences(because(`${file} does not take changes`, reason), 'Nothing was written'),
    next: 'Mend that, or choose another file.',
  }),
  'file-unreadable': ({ file, reason }) => ({
    title: 'The file cannot be read',
    body: sentences(
      because(`${file} is there, but cannot be read`, reason),
      'It was not taken for an empty one, and nothing was written',
    ),
    next: 'Mend that, or choose another file.',
  }),
  'file-gone': ({ file }) => ({
    title: 'The file is gone',
    body: `${file} was there and is not any more. Nothing was written.`,
    next: 'Put it back, or write to another file.',
  }),
  'folder-gone': ({ file, leadsTo }) =>
    leadsTo === undefined
      ? {
          title: 'The folder does not exist',
          body: `The folder of ${file} is not there. Keyturn makes files, not folders. Nothing was written.`,
          next: 'Make the folder or correct the path.',
        }
      : {
          title: 'The link leads into a folder that does not exist',
          body: `${file} is a link to ${leadsTo}, whose folder is not there. Nothing was written.`,
          next: 'Make that folder, mend the link, or choose another file.',
        },
  'file-not-text': ({ file }) => ({
    title: 'That is not a text file',
    body: `${file} holds bytes that are not UTF-8 text. Nothing was written.`,
    next: 'Choose an .env file.',
  }),
  'file-changed': ({ file }) => ({
    title: 'Someone else changed the file',
    body: `${file} changed while Keyturn was about to write it. The other change was left as it is.`,
    next: 'Save it in your editor, then try again.',
  }),
  'path-not-absolute': ({ file }) => ({
    title: 'The path is not complete',
    body: `${file === '' ? 'An empty path' : file} does not say where the file is. Nothing was written.`,
    next: 'Type the whole path, from the root or the drive on.',
  }),
  'variable-invalid': ({ variable }) => ({
    title: variable === '' ? 'A variable needs a name' : `“${variable}” cannot name a variable`,
    body: 'Every reader of .env files takes letters, digits and underscores, and no digit first.',
    next: 'Change the name.',
  }),
  'variable-repeated': ({ variable }) => ({
    title: `${variable} would get two values`,
    body: 'Two fields of the key have the same variable in this file. Nothing was written.',
    next: 'Give each field a variable of its own.',
  }),
  'value-unwritable': ({ variable, reason }) => ({
    title: `${variable} cannot be written to an .env file`,
    body: `${unwritable[reason]} Nothing was written.`,
    next: otherWays[reason] ?? 'Use the key another way.',
  }),
  'variable-held': ({ file, variable, name }) => ({
    title: `${variable} in this file is for the key “${name}”`,
    body: `What reads ${file} would get another key than before. Nothing was written.`,
    next: 'Choose another name, or say that it may be written over.',
  }),
  'target-repeated': ({ file, variable }) => ({
    title: `${variable} is in this file twice`,
    body: `Two of the paths lead to ${file}, maybe through a link. Nothing was written.`,
    next: 'Take one of them out, or give it another variable.',
  }),
  'file-tracked': ({ file }) => ({
    title: 'Git tracks the file',
    body: `A live key written to ${file} goes into the repository’s history with the next commit, and to everyone who has it. Nothing was written.`,
    next: 'Choose a file that Git ignores, or confirm by the key’s name.',
  }),

  // Git, and searching folders
  'git-unavailable': ({ reason }) => ({
    title: 'Git could not be asked',
    body: sentences(because('Git gave no answer that can be used', reason), 'Nothing was changed'),
    next: 'Check that Git is installed and can read this folder, then try again.',
  }),
  'not-a-repository': ({ folder }) => ({
    title: 'There is no Git repository here',
    body: `${folder} is not inside a repository. Nothing was changed.`,
    next: 'Choose a folder that is under Git.',
  }),
  'hook-foreign': ({ file, line }) => ({
    title: 'The repository has a pre-commit hook already',
    body: `${file} was not made by Keyturn and was left as it is.`,
    next: `To run both, add “${line}” to it.`,
  }),
  'folder-is-file': ({ file }) => ({
    title: 'That is a file',
    body: `${file} is a file, and a folder is searched.`,
    next: 'Name the folder that it is in.',
  }),
  'folder-unreadable': ({ folder, reason }) => ({
    title: 'The folder cannot be read',
    body: sentences(because(`${folder} is there, but cannot be looked into`, diskWords[reason] ?? reason)),
    next: 'Change its permissions or choose another folder.',
  }),
  'search-running': () => ({
    title: 'A search is running already',
    body: 'Only one runs at a time. It goes on as before.',
    next: 'Wait until it has finished, or cancel it.',
  }),
  'search-cancelled': () => ({
    title: 'The search was stopped',
    body: 'What it had found so far was forgotten. Nothing was changed.',
    next: 'Search again whenever you like.',
  }),
  'find-unknown': () => ({
    title: 'What was found is forgotten',
    body: 'Finds are kept until the next search or until the vault is locked. Nothing was taken in.',
    next: 'Search the folder again.',
  }),

  // The page and its door
  internal: ({ ref }) => ({
    title: 'Something went wrong inside Keyturn',
    body: `What happened stands in the local log under ${ref}, without any key in it.`,
    next: 'Look at the list to see where things stand before trying again.',
  }),
  'invalid-input': ({ issues }) => ({
    title: 'Something in the form is not right',
    body: issues.length === 0 ? 'Nothing was done.' : sentences(...issues.map(issueLine), 'Nothing was done'),
    next: 'Correct it and try again.',
  }),
  'connection-lost': () => ({
    title: 'The connection to Keyturn is lost',
    body: 'This window cannot reach the app. Whatever was under way goes on or is resumed by the app; no key is lost.',
    next: 'Check that Keyturn is still running. The window connects again by itself.',
  }),
};

/** What the system's codes mean for a person; others stand as they are. */
const diskWords: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'your share of the disk is full',
  EROFS: 'the disk can only be read',
  EACCES: 'access to it was denied',
  EPERM: 'access to it was denied',
  EIO: 'the disk reports an error',
};

const notStorable: Record<Extract<Failure, { code: 'secret-not-storable' }>['reason'], string> = {
  empty: 'The value is empty.',
  nul: 'The value holds a NUL character, which keychains cut off.',
  'not-unicode': 'The value is not valid Unicode text.',
  'not-read-back': 'The keychain took the value but gave back another one.',
};

const unreachable: Record<Extract<Failure, { code: 'provider-unreachable' }>['reason'], string> = {
  refused: 'Nothing accepts connections at that address.',
  'unknown-host': 'No computer is known by that name.',
  'timed-out': 'It did not answer in time.',
  dropped: 'The connection broke off before the answer came.',
  tls: 'The encrypted connection could not be made: its certificate was not accepted.',
  offline: 'This computer seems to be offline.',
  other: 'The connection failed.',
};

const unreadable: Record<Extract<Failure, { code: 'provider-answer-unreadable' }>['reason'], string> = {
  'not-json': 'The answer is not JSON.',
  'too-big': 'The answer is far too big.',
  unexpected: 'The answer lacks what it should hold.',
};

const unwritable: Record<Extract<Failure, { code: 'value-unwritable' }>['reason'], string> = {
  nul: 'The value holds a NUL character.',
  'not-unicode': 'The value is not valid Unicode text.',
  'carriage-return': 'The value holds a carriage return, which readers of .env files lose.',
  command: 'The value would be run as a command by a reader of this file.',
  encrypted: 'A value that begins with “encrypted:” is taken for an encrypted one by a reader of this file.',
  dialect: 'No way of writing this value is read back unchanged by the reader that was chosen for the file.',
};

/** What can be done about a value that cannot be written as asked; for the others only another use of the key is left. */
const otherWays: Partial<Record<keyof typeof unwritable, string>> = {
  command: 'No other file or variable helps: keep the key without this file, or replace it by another.',
  encrypted: 'No other file or variable helps: keep the key without this file, or replace it by another.',
  dialect: 'Choose another reader under More, or another file.',
};

const statusWords: Record<string, string> = {
  active: 'active',
  rotating: 'being rotated',
  retiring: 'already replaced',
  revoked: 'revoked',
  'needs-attention': 'waiting for you to look at it',
};

function strayWords(strays: number | null): string {
  if (strays === null) return 'The provider’s list could not be looked at yet.';
  if (strays === 0) return 'The provider lists no key of that name so far.';
  return `The provider lists ${count(strays, 'key')} of that name, and nobody has ${strays === 1 ? 'its value' : 'their values'}.`;
}

function issueLine(issue: { readonly path: string; readonly message: string }): string {
  return issue.path === '' ? issue.message : `${issue.path}: ${issue.message}`;
}

/** What a provider said, set off as its own words; empty when it said nothing. */
function said(message: string): string {
  return message.trim() === '' ? '' : `It says: “${message.trim().replace(/\.$/, '')}”`;
}

/** A fact and its reason in one sentence; the reason is left out where there is none. */
function because(fact: string, reason: string): string {
  return reason.trim() === '' ? fact : `${fact}: ${reason.trim()}`;
}

/** Joins parts into sentences: each with one full stop, empty ones left out. */
function sentences(...parts: readonly string[]): string {
  return parts
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map((part) => (/[.!?]$/.test(part) ? part : `${part}.`))
    .join(' ');
}

/** A duration in its largest sensible unit; 30 is "30 seconds", 3,600 is "1 hour". */
export function duration(seconds: number): string {
  if (seconds < 120) return count(Math.max(1, Math.round(seconds)), 'second');
  if (seconds < 7200) return count(Math.round(seconds / 60), 'minute');
  if (seconds < 172_800) return count(Math.round(seconds / 3600), 'hour');
  return count(Math.round(seconds / 86_400), 'day');
}

function formatBytes(bytes: number): string {
  return count(bytes, 'byte');
}
