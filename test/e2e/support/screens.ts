import type { Locator, Page } from '@playwright/test';
import type { SandboxServer } from './sandbox-server.ts';

/** What a person does on the screens, in steps that many tests share. */

/** Goes to a place by the navigation. */
export async function goTo(page: Page, place: 'Keys' | 'Rotation' | 'Providers' | 'Activity' | 'Settings') {
  await page
    .getByRole('navigation')
    .getByRole('link', { name: new RegExp(`^${place}`) })
    .click();
  await page.getByRole('heading', { level: 1, name: place }).waitFor();
}

/** Opens the form of a provider from the catalogue; answers its dialog. */
export async function chooseProvider(page: Page, name: string): Promise<Locator> {
  await goTo(page, 'Providers');
  await page.getByRole('button', { name: 'Add provider' }).click();
  await page
    .getByRole('dialog', { name: 'Add provider' })
    .getByRole('list', { name: 'Providers' })
    .getByRole('button', { name: new RegExp(`^${name}`) })
    .click();
  return page.getByRole('dialog', { name: `Add ${name}` });
}

/** Connects to a sandbox outside the app; answers the dialog that says so. */
export async function addSandbox(page: Page, { origin, token }: SandboxServer): Promise<Locator> {
  const form = await chooseProvider(page, 'Sandbox');
  await form.getByLabel('Address').fill(origin);
  await form.getByLabel('Management token').fill(token);
  await form.getByRole('button', { name: 'Add provider' }).click();
  const added = page.getByRole('dialog', { name: 'Add provider' });
  await added.getByText('is connected').waitFor();
  return added;
}

/** Connects to a sandbox outside the app and opens the form of a new key there; answers its dialog. */
export async function beginKeyAt(page: Page, server: SandboxServer): Promise<Locator> {
  const added = await addSandbox(page, server);
  await added.getByRole('button', { name: 'Generate key' }).click();
  const generate = page.getByRole('dialog', { name: 'Generate key' });
  await generate.getByLabel('Name', { exact: true }).waitFor();
  return generate;
}

/** Generates a key at a sandbox outside the app; answers the dialog of its one time. */
export async function generateKeyAt(
  page: Page,
  server: SandboxServer,
  { name = 'Shop checkout', file }: { readonly name?: string; readonly file?: string } = {},
): Promise<Locator> {
  const generate = await beginKeyAt(page, server);
  await generate.getByLabel('Name', { exact: true }).fill(name);
  if (file !== undefined) await generate.getByLabel('File', { exact: true }).fill(file);
  await generate.getByRole('button', { name: 'Generate key' }).click();
  const copyOnce = page.getByRole('dialog', { name });
  await copyOnce.getByRole('button', { name: 'Done' }).waitFor();
  return copyOnce;
}
