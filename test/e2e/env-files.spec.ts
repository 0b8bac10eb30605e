import { readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, type Page } from '@playwright/test';
import { callMain } from './support/call-main.ts';
import { isElectron } from './support/host.ts';
import { readWithDotenv } from './support/read-env.ts';
import { createRepository } from './support/repository.ts';
import { type SandboxServer, startSandboxServer } from './support/sandbox-server.ts';
import { addSandbox, beginKeyAt, generateKeyAt, goTo } from './support/screens.ts';
import { filesHolding } from './support/search-files.ts';
import { test } from './support/with-sandbox.ts';

/** Opens the key in the list, its one time over. */
async function openKey(page: Page, name: string): Promise<void> {
  await goTo(page, 'Keys');
  await page.getByRole('row', { name: new RegExp(name) }).click();
  await page.getByRole('heading', { name }).waitFor();
}

async function connectLive(page: Page, sandbox: SandboxServer): Promise<void> {
  await page.getByRole('navigation').waitFor();
  await callMain(page, 'connections.add', {
    providerId: 'sandbox',
    name: 'Live shop',
    environment: 'live',
    settings: { url: sandbox.origin },
    credential: { token: sandbox.token },
  });
}

test('a key goes into a project as the project calls it, Git is told to leave the file alone, and the example knows the name', async ({
  page,
  world,
  sandbox,
}) => {
  const envFile = path.join(world.project, '.env');
  const { git, put } = createRepository(world);
  put('.env.example', '# Ask Ada for these\nAPP_SANDBOX_API_KEY=\n');
  git('add', '.');
  git('commit', '--quiet', '-m', 'Begin');
  writeFileSync(envFile, 'export APP_SANDBOX_API_KEY=\n');

  await world.open();
  const generate = await beginKeyAt(page, sandbox);
  await generate.getByLabel('Name', { exact: true }).fill('Shop checkout');
  await generate.getByLabel('File', { exact: true }).fill(envFile);
  await expect(generate.getByLabel('Variable for API key')).toHaveValue('APP_SANDBOX_API_KEY');
  await generate.getByRole('button', { name: 'Add to .gitignore' }).click();
  await expect(() =>
    expect(readFileSync(path.join(world.project, '.gitignore'), 'utf8')).toBe('/.env\n'),
  ).toPass({ timeout: 30_000 });
  expect(git('check-ignore', '.env').trim()).toBe('.env');
  await generate.getByRole('button', { name: 'Generate key' }).click();
  const copyOnce = page.getByRole('dialog', { name: 'Shop checkout' });
  // What stands before the name keeps some readers from the value; it is left alone, and they are named.
  const differing = /foreman.* and systemd read this value differently/;
  await expect(copyOnce.getByText(differing)).toBeVisible();
  await copyOnce.getByRole('button', { name: 'Done' }).click();
  await expect(page.getByRole('list', { name: 'Files' }).getByText(differing)).toBeVisible();

  expect(await sandbox.statusOf(readWithDotenv(envFile, 'APP_SANDBOX_API_KEY') ?? '')).toBe(200);
  expect(git('status', '--porcelain').trim()).toBe('?? .gitignore');
});

test('a file that someone changes shows it at once, and is written again, taken for true, or left alone', async ({
  page,
  world,
  sandbox,
}) => {
  const envFile = path.join(world.project, '.env');
  const second = path.join(world.project, 'worker.env');
  writeFileSync(envFile, '# Shop\nOTHER=1 # stays\n');
  await world.open();
  const copyOnce = await generateKeyAt(page, sandbox, { file: envFile });
  await copyOnce.getByRole('button', { name: 'Done' }).click();
  const [key] = (await callMain(page, 'keys.list', {})).keys;
  if (key === undefined) throw new Error('There is no key');
  await callMain(page, 'keys.write', {
    id: key.id,
    target: { file: second, variables: { API_KEY: 'WORKER_KEY' } },
  });
  const issued = readWithDotenv(envFile, 'SANDBOX_API_KEY') ?? '';
  await openKey(page, 'Shop checkout');
  const files = page.getByRole('list', { name: 'Files' });
  const target = files.getByRole('listitem', { name: envFile });
  await expect(target).toContainText('In step');

  writeFileSync(envFile, readFileSync(envFile, 'utf8').replace(issued, 'something-else'));
  await expect(target).toContainText('Differs');
  await target.getByRole('button', { name: /^Write again/ }).click();
  await expect(target).toContainText('In step');
  expect(readWithDotenv(envFile, 'SANDBOX_API_KEY')).toBe(issued);
  expect(readFileSync(envFile, 'utf8')).toContain('# Shop\nOTHER=1 # stays\n');

  // A colleague has put a key of their own into the file: it becomes the key, everywhere.
  const theirs = await sandbox.makeKey('Made by a colleague');
  writeFileSync(envFile, readFileSync(envFile, 'utf8').replace(issued, theirs.key));
  await expect(target).toContainText('Differs');
  await target.getByRole('button', { name: /^Take this value in/ }).click();
  const taking = page.getByRole('dialog', { name: 'Take this value in' });
  await taking.getByText('Now', { exact: true }).click();
  await taking.getByRole('button', { name: 'Take this value in' }).click();
  await expect.poll(() => readWithDotenv(second, 'WORKER_KEY')).toBe(theirs.key);
  await expect.poll(async () => sandbox.statusOf(issued)).toBe(401);
  expect(await sandbox.statusOf(theirs.key)).toBe(200);
  expect(readWithDotenv(envFile, 'SANDBOX_API_KEY')).toBe(theirs.key);
  await page.keyboard.press('Escape');
  expect(world.answers.count(theirs.key)).toBe(0);
  expect(await filesHolding(world.dataFolder, theirs.key)).toEqual([]);

  const [successor] = (await callMain(page, 'keys.list', {})).keys.filter(
    ({ status }) => status === 'active',
  );
  if (successor === undefined) throw new Error('There is no successor');
  await world.goTo(`#/keys/${successor.id}`);
  await expect(target).toContainText('In step');
  await target.getByRole('button', { name: /^Actions|^More/ }).click();
  await page.getByRole('menuitem', { name: /^Unlink/ }).click();
  const unlink = page.getByRole('dialog', { name: /^Stop following/ });
  await unlink.getByText('Remove its lines from the file').click();
  await unlink.getByRole('button', { name: 'Unlink' }).click();
  await expect(unlink).toBeHidden();
  await expect(target).toBeHidden();
  expect(readFileSync(envFile, 'utf8')).toBe('# Shop\nOTHER=1 # stays\n');
  expect(readWithDotenv(second, 'WORKER_KEY')).toBe(theirs.key);
});

test('a live key goes into a file that Git tracks only when its name was typed, and the provider is not asked before', async ({
  page,
  world,
}) => {
  const envFile = path.join(world.project, 'settings.env');
  const { git, put } = createRepository(world);
  put('settings.env', 'A=1\n');
  git('add', '.');
  const folder = await mkdtemp(path.join(tmpdir(), 'keyturn-sandbox-'));
  const sandbox = await startSandboxServer(folder, 'live');
  await world.open();
  await connectLive(page, sandbox);
  await goTo(page, 'Keys');
  await page.getByRole('button', { name: 'Generate key' }).first().click();
  const generate = page.getByRole('dialog', { name: 'Generate key' });
  await generate.getByLabel('Name', { exact: true }).fill('Shop live');
  await generate.getByLabel('File', { exact: true }).fill(envFile);
  const confirm = generate.getByLabel(/Type .*name/i);
  await confirm.waitFor();
  await generate.getByRole('button', { name: 'Generate key' }).click();
  await expect(generate).toBeVisible();
  expect(await sandbox.calls('create')).toBe(0);
  await confirm.fill('Shop live');
  await generate.getByRole('button', { name: 'Generate key' }).click();
  await page.getByRole('dialog', { name: 'Shop live' }).getByRole('button', { name: 'Done' }).click();
  expect(readWithDotenv(envFile, 'SANDBOX_API_KEY')).toBeTruthy();
  await sandbox.stop();
  await rm(folder, { recursive: true, force: true });
});

test('the keys that lie in a folder are found, told apart and adopted with their files', async ({
  page,
  world,
  sandbox,
}) => {
  const one = await sandbox.makeKey('Made long ago');
  const other = await sandbox.makeKey('Made elsewhere');
  const { put } = createRepository(world);
  put('.env', `# Shop\nSANDBOX_API_KEY=${one.key}\nDEBUG=1\n`);
  put('.env.local', `SHOP_KEY=${one.key}\n`);
  put('.env.production', `SANDBOX_API_KEY='${other.key}'\nPLACEHOLDER_API_KEY=changeme\n`);
  await world.open();
  const added = await addSandbox(page, sandbox);
  await added.getByRole('button', { name: 'Close', exact: true }).last().click();

  await goTo(page, 'Keys');
  await page.getByRole('button', { name: 'Find keys in a folder' }).first().click();
  await page.getByLabel('Folder').fill(world.project);
  await page.getByRole('button', { name: 'Find keys' }).click();
  const rows = page.getByRole('row', { name: /SANDBOX_API_KEY/ });
  await expect(rows).toHaveCount(2);
  await page.getByRole('button', { name: 'Choose all' }).click();
  await page.getByRole('button', { name: 'Adopt 2 keys' }).click();
  await expect.poll(async () => (await callMain(page, 'keys.list', {})).keys.length).toBe(2);

  const { keys } = await callMain(page, 'keys.list', {});
  expect(keys.map(({ lastFour, targets }) => [lastFour, targets]).sort()).toEqual(
    [
      [one.last4, 2],
      [other.last4, 1],
    ].sort(),
  );
  expect(readFileSync(path.join(world.project, '.env'), 'utf8')).toBe(
    `# Shop\nSANDBOX_API_KEY=${one.key}\nDEBUG=1\n`,
  );
  for (const value of [one.key, other.key]) {
    expect(world.answers.count(value)).toBe(0);
    expect(await page.content()).not.toContain(value);
    expect(await filesHolding(world.dataFolder, value)).toEqual([]);
  }
});

test('a key that was committed is found where it stands and where it stood, and replaced from there', async ({
  page,
  world,
  sandbox,
}) => {
  await world.open();
  const copyOnce = await generateKeyAt(page, sandbox, { file: path.join(world.project, '.env') });
  await copyOnce.getByRole('button', { name: 'Done' }).click();
  const value = readWithDotenv(path.join(world.project, '.env'), 'SANDBOX_API_KEY') ?? '';
  const { git, put } = createRepository(world);
  put('.gitignore', '/.env\n');
  put('old.js', `// first line\nconst key = "${value}";\n`);
  git('add', '.');
  git('commit', '--quiet', '-m', 'Call the API');
  put('old.js', '// first line\nconst key = process.env.SANDBOX_API_KEY;\n');
  put('notes.txt', `the key: ${value}\n`);
  git('commit', '--quiet', '-am', 'Take the key out');

  await expect(copyOnce).toBeHidden();
  await page.keyboard.press('ControlOrMeta+k');
  await page.getByRole('combobox', { name: 'Search actions and keys' }).fill('leaks');
  await page.getByRole('option', { name: /Check .*leaks/i }).click();
  await page.getByLabel('Folder').fill(world.project);
  await page.getByRole('button', { name: 'Check for leaks' }).click();
  await expect(page.getByText('old.js:2')).toBeVisible();
  await expect(page.getByText('Only in history', { exact: true })).toBeVisible();
  await expect(page.getByText('notes.txt:1')).toBeVisible();
  await expect(page.getByText('Still there', { exact: true })).toBeVisible();
  await expect(page.getByText('.env:')).toHaveCount(0);
  expect(await page.content()).not.toContain(value);
  await page.getByRole('button', { name: 'Leaked: replace now' }).click();
  await expect(page.getByRole('dialog', { name: /Leaked|Replace/ })).toBeVisible();
  expect(world.answers.count(value)).toBe(0);
});

test('the pre-commit hook keeps a key of the vault out of a commit, and lets everything else through', async ({
  page,
  world,
  sandbox,
}) => {
  test.skip(isElectron, 'The hook runs the packaged program there');
  await world.open();
  const copyOnce = await generateKeyAt(page, sandbox, { file: path.join(world.project, '.env') });
  await copyOnce.getByRole('button', { name: 'Done' }).click();
  const value = readWithDotenv(path.join(world.project, '.env'), 'SANDBOX_API_KEY') ?? '';
  const { git, put } = createRepository(world);
  await callMain(page, 'leaks.installHook', { folder: world.project });
  put('.gitignore', '/.env\n');
  put('app.js', 'console.log(1);\n');
  git('add', '.');
  const commit = () => git('-c', `core.editor=true`, 'commit', '--quiet', '-m', 'Step');
  commit();
  put('app.js', `console.log("${value}");\n`);
  git('add', '.');
  expect(commit).toThrow(/app\.js:1.*Shop checkout/);
  expect(git('log', '--oneline').trim().split('\n')).toHaveLength(1);
});
