import { readFile } from 'node:fs/promises';
import { ok, type Result } from '../../shared/result.ts';
import type { BusCall, BusValue } from './bus-message.ts';
import { type BusTrouble, type SessionBus, withSessionBus } from './session-bus.ts';

/**
 * What can be seen of a keychain without reading an item, and so without a prompt. `unknown`: it cannot be seen here,
 * which says nothing about the keychain.
 */
export type KeychainLook =
  | { readonly state: 'open' | 'locked'; readonly provider: string }
  | { readonly state: 'absent'; readonly detail: string }
  | { readonly state: 'denied' }
  | { readonly state: 'unanswered'; readonly seconds: number }
  | { readonly state: 'unknown' };

const service = { destination: 'org.freedesktop.secrets', path: '/org/freedesktop/secrets' };
const bus = {
  destination: 'org.freedesktop.DBus',
  path: '/org/freedesktop/DBus',
  interface: 'org.freedesktop.DBus',
};

const readDefaultAlias: BusCall = {
  ...service,
  interface: 'org.freedesktop.Secret.Service',
  member: 'ReadAlias',
  arguments: ['default'],
};

const readLocked = (collection: string): BusCall => ({
  ...service,
  path: collection,
  interface: 'org.freedesktop.DBus.Properties',
  member: 'Get',
  arguments: ['org.freedesktop.Secret.Collection', 'Locked'],
});

/**
 * Asks the Secret Service of the session in `env` whether the default keyring is locked
 * (https://specifications.freedesktop.org/secret-service/, property Locked). Starts the service if the bus can start
 * it. Within `timeoutMs`, whatever the service does.
 */
export async function lookAtSecretService(env: NodeJS.ProcessEnv, timeoutMs = 5000): Promise<KeychainLook> {
  const look = await withSessionBus(env, timeoutMs, (open) => lookThrough(open, env, timeoutMs));
  return look.ok ? look.value : troubleSeen(look.error, timeoutMs);
}

async function lookThrough(
  open: SessionBus,
  env: NodeJS.ProcessEnv,
  timeoutMs: number,
): Promise<KeychainLook> {
  const alias = await first(open.call(readDefaultAlias));
  if (!alias.ok) return troubleSeen(alias.error, timeoutMs);
  const provider = await providerOf(open);
  const locked = alias.value === '/' ? alias : await first(open.call(readLocked(String(alias.value))));
  if (locked.ok && typeof locked.value === 'boolean') {
    return { state: locked.value ? 'locked' : 'open', provider };
  }
  if (!locked.ok && !isMissingObject(locked.error)) return troubleSeen(locked.error, timeoutMs);
  // No default keyring yet. The service offers to make one at the first write, if it can show a window.
  if (env.DISPLAY || env.WAYLAND_DISPLAY) return { state: 'locked', provider };
  return { state: 'absent', detail: `${provider} has no default keyring, and no screen to offer one on` };
}

async function first(
  call: Promise<Result<readonly BusValue[], BusTrouble>>,
): Promise<Result<BusValue | undefined, BusTrouble>> {
  const reply = await call;
  return reply.ok ? ok(reply.value[0]) : reply;
}

function isMissingObject(trouble: BusTrouble): boolean {
  return trouble.why === 'refused' && /Unknown(Method|Object)|NoSuchObject/.test(trouble.name);
}

function troubleSeen(trouble: BusTrouble, timeoutMs: number): KeychainLook {
  if (trouble.why === 'no-bus') return { state: 'absent', detail: trouble.detail };
  if (trouble.why === 'unanswered') return { state: 'unanswered', seconds: timeoutMs / 1000 };
  if (trouble.why === 'unsupported') return { state: 'unknown' };
  if (/AccessDenied/.test(trouble.name)) return { state: 'denied' };
  if (/ServiceUnknown|NameHasNoOwner|Spawn\./.test(trouble.name)) {
    return { state: 'absent', detail: trouble.message };
  }
  return { state: 'unknown' };
}

const providers: readonly (readonly [RegExp, string])[] = [
  [/^gnome-keyring/, 'GNOME Keyring'],
  [/^kwallet|^ksecretd/, 'KWallet'],
  [/^keepassxc/i, 'KeePassXC'],
];

/** The service's program in words; a program that is not known, or not to be seen from a sandbox, goes unnamed. */
async function providerOf(open: SessionBus): Promise<string> {
  const asked: BusCall = { ...bus, member: 'GetConnectionUnixProcessID', arguments: [service.destination] };
  const reply = await first(open.call(asked));
  if (!reply.ok) return 'Secret Service';
  const program = await readFile(`/proc/${reply.value}/comm`, 'utf8').catch(() => '');
  const known = providers.find(([name]) => name.test(program));
  return known ? `${known[1]} (Secret Service)` : 'Secret Service';
}
