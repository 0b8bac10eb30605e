import path from 'node:path';
import type { Page } from '@playwright/test';
import { goTo } from '../test/e2e/support/screens.ts';
import type { Camera } from './pictures.ts';

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).first().click();

/** What is due, told and shown, in a vault of so many keys that is open in the page. `prefix` begins the pictures' names. */
export async function shootReminders(
  page: Page,
  camera: Camera,
  prefix: string,
  count: number,
): Promise<void> {
  const shoot = (name: string) => camera.shoot(page, `${prefix}-${name}`);
  const list = page.getByRole('grid', { name: 'Keys' });
  await list.getByRole('row').nth(1).waitFor();
  await page.getByRole('button', { name: /^Reminders, \d+ new/ }).waitFor();
  await shoot('keys-ages');
  await page.getByRole('button', { name: /^Reminders/ }).click();
  await page
    .getByRole('dialog', { name: 'Reminders' })
    .getByText(/due|overdue/i)
    .first()
    .waitFor();
  await shoot('reminders');
  await press(page, 'Snooze');
  await shoot('reminders-snooze');
  await page.getByRole('menuitem', { name: /Until a day/ }).click();
  await page.getByRole('dialog', { name: 'Snooze' }).getByLabel('Until').waitFor();
  await shoot('snooze-until');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');

  await goTo(page, 'Rotation');
  await page.getByRole('heading', { name: 'Rotation', exact: true }).waitFor();
  await page.getByRole('region', { name: 'Worth a look' }).waitFor();
  await page.getByRole('img', { name: 'Looking at the keys' }).waitFor({ state: 'hidden' });
  await shoot('rotation');
  await page.getByRole('region', { name: 'Worth a look' }).scrollIntoViewIfNeeded();
  await shoot('rotation-scrolled');
  await page.keyboard.press('Control+k');
  await page.keyboard.type('worth a look');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Worth a look' }).first().waitFor();
  await page.getByRole('img', { name: 'Loading' }).waitFor({ state: 'hidden' });
  await shoot('worth-a-look');
  if (count === 1) return;

  await goTo(page, 'Keys');
  const rows = list.getByRole('row', { name: /days/ });
  await rows.nth(1).click({ modifiers: ['Control'] });
  await rows.nth(4).click({ modifiers: ['Shift'] });
  await page.getByRole('region', { name: 'Chosen keys' }).waitFor();
  await shoot('keys-chosen');
  await press(page, 'Set period…');
  await page.getByRole('dialog').waitFor();
  await shoot('set-period');
  await page.keyboard.press('Escape');
  await page.setViewportSize({ width: 900, height: 700 });
  await shoot('keys-chosen-narrow');
  await press(page, 'Choose none');
  await shoot('keys-narrow');
  await rows.nth(1).click();
  await page.getByRole('article').getByRole('heading', { name: 'History' }).waitFor();
  await shoot('key-narrow');
  await page.keyboard.press('Escape');
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.emulateMedia({ forcedColors: 'active' });
  await shoot('keys-forced-colors');
  await page.emulateMedia({ forcedColors: 'none' });
}

/** How reminders are set, in every state that one machine can show. `projects` is where the calendar file goes. */
export async function shootReminderSettings(page: Page, camera: Camera, projects: string): Promise<void> {
  await goTo(page, 'Settings');
  const reminders = page.getByRole('heading', { name: 'Reminders', exact: true });
  const calendar = page.getByRole('region', { name: 'Calendar file' });
  await reminders.scrollIntoViewIfNeeded();
  await press(page, 'Show a notice now');
  await page.getByText(/notice was handed|shows no notices/).waitFor();
  await page.getByText('Quiet hours', { exact: true }).click();
  await page.getByLabel('To', { exact: true }).fill('22:00');
  await page.getByText('would end when they begin').waitFor();
  await page.getByText('would end when they begin').scrollIntoViewIfNeeded();
  await camera.shoot(page, 'f0-settings-reminders');
  await page.getByLabel('To', { exact: true }).fill('07:00');
  await calendar.getByLabel('File', { exact: true }).fill('calendar.ics');
  await calendar.getByRole('button', { name: 'Keep a calendar file' }).click();
  await calendar.getByRole('alert').waitFor();
  await calendar.scrollIntoViewIfNeeded();
  await camera.shoot(page, 'f1-settings-calendar-refused');
  await calendar.getByLabel('File', { exact: true }).fill(path.join(projects, 'keyturn.ics'));
  await calendar.getByRole('button', { name: 'Keep a calendar file' }).click();
  await calendar.getByText(/\d events?/).waitFor();
  await camera.shoot(page, 'f2-settings-calendar');
}
