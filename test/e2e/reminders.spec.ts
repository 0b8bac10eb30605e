import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, type Page } from '@playwright/test';
import ICAL from 'ical.js';
import type { KeyId } from '../../shared/domain/ids.ts';
import type { RotationPolicy } from '../../shared/domain/key.ts';
import { expectAccessible } from './support/axe.ts';
import { callMain } from './support/call-main.ts';
import type { SandboxServer } from './support/sandbox-server.ts';
import { goTo } from './support/screens.ts';
import { test } from './support/with-sandbox.ts';

const dayMs = 86_400_000;

async function connect(page: Page, sandbox: SandboxServer) {
  await page.getByRole('navigation').waitFor();
  return callMain(page, 'connections.add', {
    providerId: 'sandbox',
    name: 'Payments',
    environment: 'test',
    settings: { url: sandbox.origin },
    credential: { token: sandbox.token },
  });
}

/** Takes keys in that were made so many days ago. */
async function keysOfAge(
  page: Page,
  sandbox: SandboxServer,
  ages: Readonly<Record<string, number>>,
  policy: RotationPolicy = {},
): Promise<Record<string, KeyId>> {
  const connection = await connect(page, sandbox);
  const ids: Record<string, KeyId> = {};
  for (const [name, days] of Object.entries(ages)) {
    const made = await sandbox.makeKey(name);
    const { keyId } = await callMain(page, 'keys.takeIn', {
      connectionId: connection.id,
      name,
      key: { API_KEY: made.key },
      providerKeyId: made.id,
      issuedAt: Date.now() - days * dayMs,
      anyForm: false,
      policy,
      targets: [],
    });
    ids[name] = keyId;
  }
  return ids;
}

const bell = (page: Page) => page.getByRole('button', { name: /^Reminders/ });

test('a key that is due is told once: in the list, from where it is rotated, and not again after a restart', async ({
  page,
  world,
  sandbox,
}) => {
  await world.open();
  await keysOfAge(page, sandbox, { 'Old worker': 100, 'Young worker': 10 });
  await expect(bell(page)).toHaveAccessibleName('Reminders, 1 new');
  await world.restart('kill');
  await expect(bell(page)).toHaveAccessibleName('Reminders, 1 new');
  await bell(page).click();
  const list = page.getByRole('dialog', { name: 'Reminders' });
  await expect(list).toContainText('Old worker');
  await expect(list).toContainText('10 days overdue');
  await expect(list).not.toContainText('Young worker');
  await expectAccessible(page, 'Reminders');
  await list.getByRole('button', { name: /^Rotate/ }).click();
  const rotate = page.getByRole('dialog', { name: /Rotate/ });
  await rotate.getByText('Now', { exact: true }).click();
  await rotate.getByRole('button', { name: 'Rotate', exact: true }).click();
  await expect
    .poll(async () =>
      (await callMain(page, 'keys.list', {})).keys.map(({ name, status }) => `${name} ${status}`).sort(),
    )
    .toEqual(['Old worker active', 'Old worker revoked', 'Young worker active']);

  await world.restart('stop');
  await expect(bell(page)).toHaveAccessibleName('Reminders');
  const { notices } = await callMain(page, 'reminders.list', {});
  expect(notices).toHaveLength(1);
});

test('a snoozed key is quiet until its day, over a restart, and says so', async ({
  page,
  world,
  sandbox,
}) => {
  await world.open();
  const { 'Old worker': id } = await keysOfAge(page, sandbox, { 'Old worker': 100 });
  await expect(bell(page)).toHaveAccessibleName('Reminders, 1 new');
  await bell(page).click();
  await page
    .getByRole('dialog', { name: 'Reminders' })
    .getByRole('button', { name: /^Snooze/ })
    .click();
  await page.getByRole('menuitem', { name: 'For 1 week' }).click();
  await expect
    .poll(async () => (await callMain(page, 'keys.list', {})).keys[0]?.snoozedUntil ?? null)
    .not.toBeNull();
  await world.restart('kill');
  await world.goTo(`#/keys/${id}`);
  await expect(page.getByRole('article')).toContainText('nothing is said about it before');
  expect((await callMain(page, 'reminders.list', {})).notices).toHaveLength(1);
});

test('a week with too many keys is told, spread on request, and put back', async ({
  page,
  world,
  sandbox,
}) => {
  await world.open();
  const ages = Object.fromEntries(Array.from({ length: 8 }, (_, index) => [`Service ${index}`, 40]));
  await keysOfAge(page, sandbox, ages);
  await goTo(page, 'Rotation');
  await expect(page.getByText(/8 keys come due in the week of/)).toBeVisible();
  await expectAccessible(page, 'Rotation with a forecast');
  const dueDays = async () => {
    const { keys } = await callMain(page, 'keys.list', {});
    return new Set(keys.map(({ dueAt }) => dueAt)).size;
  };
  expect(await dueDays()).toBe(1);
  await page.getByRole('button', { name: 'Spread them' }).click();
  const spread = page.getByRole('dialog', { name: 'Spread them' });
  await spread.getByRole('button', { name: /^Plan \d keys earlier/ }).click();
  await expect(spread).toBeHidden();
  expect(await dueDays()).toBeGreaterThan(2);
  await expect(page.getByText(/keys are planned for earlier days/)).toBeVisible();
  await page.getByRole('button', { name: 'Take back' }).click();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /[Tt]ake .*back/ })
    .last()
    .click();
  await expect.poll(dueDays).toBe(1);
});

test('the time line is walked by the keyboard, says what it is at, and opens it', async ({
  page,
  world,
  sandbox,
}) => {
  await world.open();
  const ids = await keysOfAge(page, sandbox, { Late: 95, Soon: 85, Later: 30 });
  await goTo(page, 'Rotation');
  const line = page.getByRole('listbox', { name: 'Time line of what is due' });
  await line.focus();
  await page.keyboard.press('Home');
  await expect(line.getByRole('option', { selected: true })).toHaveAccessibleName(/Late.*overdue/);
  await page.keyboard.press('ArrowRight');
  await expect(line.getByRole('option', { selected: true })).toHaveAccessibleName(/Soon.*in 5 days/);
  await page.keyboard.press('End');
  await expect(line.getByRole('option', { selected: true })).toHaveAccessibleName(/Later/);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(new RegExp(`${ids.Later}$`));
});

test('the time line is moved by the mouse, and leads from a mark to its rotation and back', async ({
  page,
  world,
  sandbox,
}) => {
  await world.open();
  await keysOfAge(page, sandbox, { Soon: 85, Later: 30, Last: 0 });
  await goTo(page, 'Rotation');
  const line = page.getByRole('listbox', { name: 'Time line of what is due' });
  const scrolled = () => line.evaluate((element) => Math.round(element.scrollLeft));
  const box = await line.boundingBox();
  if (box === null) throw new Error('There is no line');
  const today = { x: box.x + 20, y: box.y + 60 };
  await page.getByText('2 weeks', { exact: true }).click();
  await page.mouse.move(today.x + 400, today.y);
  await page.mouse.down();
  await page.mouse.move(today.x, today.y, { steps: 4 });
  await page.mouse.up();
  expect(await scrolled()).toBe(400);
  await page.getByRole('button', { name: 'Today' }).click();
  expect(await scrolled()).toBe(0);

  await line.focus();
  await page.keyboard.press('Home');
  const mark = line.getByRole('option', { selected: true });
  await expect(mark).toHaveAccessibleName(/^Soon/);
  await page.keyboard.press('r');
  await expect(page.getByRole('dialog')).toContainText('Soon');
  await page.keyboard.press('Escape');
  await expect(line).toBeFocused();
  await expect(mark).toHaveAccessibleName(/^Soon/);

  const place = await mark.boundingBox();
  if (place === null) throw new Error('There is no mark');
  await page.mouse.click(place.x + place.width / 2, place.y + place.height / 2);
  const card = page.getByRole('group', { name: 'Soon', exact: true });
  await expectAccessible(page, 'A mark of the time line');
  await card.getByRole('button', { name: 'Rotate Soon' }).click();
  await expect(page.getByRole('dialog')).toContainText('Soon');
  await page.keyboard.press('Escape');
  await expect(line).toBeFocused();
});

test('Rotate all due leaves out what is in no file or was put off, and says which new keys nobody has', async ({
  page,
  world,
  sandbox,
}) => {
  await world.open();
  const ids = await keysOfAge(page, sandbox, { Written: 100, Nowhere: 95, Quiet: 92 });
  const file = path.join(world.project, '.env');
  await callMain(page, 'keys.write', {
    id: ids.Written as KeyId,
    target: { file, variables: { API_KEY: 'SANDBOX_KEY' }, dialect: 'any', keepsExample: false },
  });
  await callMain(page, 'reminders.snooze', {
    ids: [ids.Quiet as KeyId],
    until: new Date(Date.now() + 20 * dayMs).toISOString().slice(0, 10),
  });
  await goTo(page, 'Rotation');
  await expect(page.getByText('2 overdue, 1 snoozed')).toBeVisible();
  await page.getByRole('button', { name: 'Rotate all due' }).click();
  const dialog = page.getByRole('dialog', { name: 'Rotate all due' });
  await expect(dialog).toContainText('1 of 3 keys');
  await expectAccessible(page, 'Rotate all due');
  await dialog.getByText('1 key in no file').click();
  await expect(dialog).toContainText('2 of 3 keys');
  await dialog.getByRole('button', { name: 'Rotate', exact: true }).click();
  await expect(dialog).toContainText('2 keys rotated');
  await expect(dialog).toContainText(/1 new key is in no file: copy it before/);
  await expectAccessible(page, 'Rotate all due, over');
  await dialog
    .getByRole('list', { name: 'New keys that are in no file' })
    .getByRole('link', { name: 'Nowhere' })
    .click();
  await expect(page.getByRole('article')).toContainText('Nowhere');
  const { keys } = await callMain(page, 'keys.list', {});
  expect(keys.find(({ id }) => id === ids.Quiet)?.status).toBe('active');
});

test('the calendar file has one event per key, under the same UID after a rotation', async ({
  page,
  world,
  sandbox,
}) => {
  const file = path.join(world.project, 'keys.ics');
  await world.open();
  const { Mail: id } = await keysOfAge(page, sandbox, { Mail: 60, Shop: 20 });
  if (id === undefined) throw new Error('There is no key');
  await goTo(page, 'Settings');
  const section = page.getByRole('region', { name: 'Calendar file' });
  await section
    .getByLabel(/File|Calendar/)
    .first()
    .fill(file);
  await section.getByRole('button', { name: 'Keep a calendar file' }).click();
  await expect(section).toContainText('2 events');
  const events = () =>
    new ICAL.Component(ICAL.parse(readFileSync(file, 'utf8')))
      .getAllSubcomponents('vevent')
      .map((component) => new ICAL.Event(component))
      .map(({ uid, summary, startDate }) => ({ uid, summary, day: startDate.toString() }));
  const before = events();
  expect(before.map(({ summary }) => summary).sort()).toEqual(['Rotate Mail', 'Rotate Shop']);

  await callMain(page, 'keys.rotate', { id, grace: 'now', answers: {} });
  const mail = before.find(({ summary }) => summary === 'Rotate Mail');
  await expect.poll(() => events().find(({ uid }) => uid === mail?.uid)?.day).not.toBe(mail?.day);
  expect(events()).toHaveLength(2);
});

test('the period of many keys is set at once, and never needs a reason', async ({ page, world, sandbox }) => {
  await world.open();
  await keysOfAge(page, sandbox, { One: 10, Two: 20, Three: 30 });
  await goTo(page, 'Keys');
  await page.keyboard.press('ControlOrMeta+k');
  await page.getByRole('combobox', { name: 'Search actions and keys' }).fill('how often');
  await page
    .getByRole('option', { name: /rotate/i })
    .first()
    .click();
  const dialog = page.getByRole('dialog', { name: 'How often to rotate' });
  await expect(dialog).toContainText('3 keys');
  await expectAccessible(page, 'How often to rotate');
  await dialog
    .getByRole('button', { name: /How often/ })
    .last()
    .click();
  await page
    .getByRole('option', { name: /30 days/ })
    .first()
    .click();
  await dialog.getByRole('button', { name: /^Set|^Change|^Apply/ }).click();
  await expect
    .poll(async () => (await callMain(page, 'keys.list', {})).keys.map(({ everyDays }) => everyDays))
    .toEqual([30, 30, 30]);
});
