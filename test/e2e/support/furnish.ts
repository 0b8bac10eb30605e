import type { Page } from '@playwright/test';
import type { KeyId } from '../../../shared/domain/ids.ts';
import { askMain, callMain } from './call-main.ts';
import { nothingAsked } from './power-world.ts';
import type { SandboxServer } from './sandbox-server.ts';

/** The keys of a vault that has seen some life. */
export interface Furnished {
  /** Active, written to a file, its one time over. */
  readonly active: KeyId;
  /** Active, its one time not over. */
  readonly unsealed: KeyId;
  /** Replaced, in its grace. */
  readonly retiring: KeyId;
  readonly revoked: KeyId;
}

/** Fills the vault with a key of each kind, a stray, and a create whose outcome is unknown. */
export async function furnish(page: Page, sandbox: SandboxServer, file: string): Promise<Furnished> {
  await page.getByRole('navigation').waitFor();
  const connection = await callMain(page, 'connections.add', {
    providerId: 'sandbox',
    name: 'Payments',
    environment: 'test',
    settings: { url: sandbox.origin },
    credential: { token: sandbox.token },
  });
  const input = (name: string, files: readonly string[] = []) => ({
    connectionId: connection.id,
    name,
    request: nothingAsked,
    policy: { everyDays: 90 },
    targets: files.map((each) => ({ file: each, variables: { API_KEY: 'SANDBOX_API_KEY' } })),
    answers: {},
  });
  const issue = async (name: string, files?: readonly string[]): Promise<KeyId> =>
    (await callMain(page, 'keys.issue', input(name, files))).keyId;

  const active = await issue('Shop checkout', [file]);
  await callMain(page, 'keys.seal', { id: active });
  const unsealed = await issue('Reports');
  const retiring = await issue('Mail worker');
  await callMain(page, 'keys.rotate', { id: retiring, grace: '7-days', answers: {} });
  const revoked = await issue('Old importer');
  await callMain(page, 'keys.revoke', { id: revoked, confirmName: '', answers: {} });
  await sandbox.makeKey('Made elsewhere');
  await sandbox.fault({ operation: 'create', fault: 'drop-after-acting' });
  await askMain(page, 'keys.issue', input('Lost one'));
  return { active, unsealed, retiring, revoked };
}
