import path from 'node:path';
import { expect } from '@playwright/test';
import { callMain } from './support/call-main.ts';
import { automatic, writeDefinition } from './support/own-definitions.ts';
import { readWithDotenv } from './support/read-env.ts';
import { goTo } from './support/screens.ts';
import { test } from './support/with-sandbox.ts';

test('a definition of the user’s own is shown before it is added, and works like any other', async ({
  page,
  world,
  sandbox,
}) => {
  const envFile = path.join(world.project, '.env');
  await world.open();
  await goTo(page, 'Providers');
  await page.getByRole('button', { name: 'Add provider' }).first().click();
  await page
    .getByRole('dialog', { name: 'Add provider' })
    .getByRole('button', { name: 'Add from a file' })
    .click();
  const add = page.getByRole('dialog', { name: 'Add from a file' });

  const good = automatic(sandbox.origin);
  const { response, ...create } = good.operations.create;
  const faulty = {
    ...good,
    website: 'ftp://acme.example',
    operations: {
      ...good.operations,
      create: { ...create, response: { id: response.id, secret: '/data/key' } },
      revoke: { ...good.operations.revoke, path: '/v1/api-keys/{credential.token}' },
    },
  };
  await add.getByLabel('File', { exact: true }).fill(await writeDefinition(world.project, faulty));
  await add.getByRole('button', { name: 'Check file' }).click();
  await expect(add).toContainText('operations.create.response.secret');
  await expect(add).toContainText('operations.create.response.fields');
  await expect(add).toContainText('operations.revoke.path');
  await expect(add).toContainText('website');
  await expect(add.getByRole('button', { name: 'Add definition' })).toHaveCount(0);
  expect((await callMain(page, 'providers.catalog', {})).providers.map(({ id }) => id)).not.toContain('acme');

  await writeDefinition(world.project, good);
  await add.getByRole('button', { name: 'Check file' }).click();
  await expect(add).toContainText(sandbox.origin);
  await expect(add).toContainText('DELETE');
  // What is added is what was seen: the file holds another one by now.
  await writeDefinition(world.project, {
    ...good,
    hosts: { api: { kind: 'fixed', url: 'https://elsewhere.example' } },
  });
  await add.getByRole('button', { name: 'Add definition' }).click();
  await expect(add).toContainText('changed');
  await writeDefinition(world.project, good);
  await add.getByRole('button', { name: 'Check file' }).click();
  await add.getByRole('button', { name: 'Add definition' }).click();

  const connect = page.getByRole('dialog', { name: 'Add Acme' });
  await connect.getByLabel('Admin token').fill(sandbox.token);
  await connect.getByRole('button', { name: 'Add provider' }).click();
  const added = page.getByRole('dialog', { name: 'Add provider' });
  await added.getByText('is connected').waitFor();
  await added.getByRole('button', { name: 'Generate key' }).click();
  const generate = page.getByRole('dialog', { name: 'Generate key' });
  await generate.getByLabel('Name', { exact: true }).fill('Shop');
  await generate.getByLabel('File', { exact: true }).fill(envFile);
  await generate.getByRole('button', { name: 'Generate key' }).click();
  await page.getByRole('dialog', { name: 'Shop' }).getByRole('button', { name: 'Done' }).click();
  const value = readWithDotenv(envFile, 'ACME_API_KEY') ?? '';
  expect(await sandbox.statusOf(value)).toBe(200);
});

test('a definition of the user’s own is there after a restart, and is not removed from under its connections', async ({
  page,
  world,
  sandbox,
}) => {
  await world.open();
  await page.getByRole('navigation').waitFor();
  const file = await writeDefinition(world.project, automatic(sandbox.origin));
  const { digest } = await callMain(page, 'providers.preview', { file });
  await callMain(page, 'providers.addFromFile', { file, digest });
  await callMain(page, 'connections.add', {
    providerId: 'acme',
    name: 'Acme',
    environment: 'test',
    settings: {},
    credential: { token: sandbox.token },
  });
  await world.restart('kill');
  await goTo(page, 'Providers');
  const card = page.getByRole('article', { name: 'Acme' });
  await card.getByRole('button', { name: 'Check', exact: true }).click();
  await expect(card).toContainText(sandbox.origin);
  await expect(callMain(page, 'providers.remove', { providerId: 'acme' })).rejects.toThrow(
    'definition-in-use',
  );
});
