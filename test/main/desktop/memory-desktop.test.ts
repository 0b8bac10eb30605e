import { expect, it } from 'vitest';
import { createMemoryDesktop } from '../../fakes/memory-desktop.ts';

it('the desktop of the tests keeps notices, and answers them only with what they offer', async () => {
  const desktop = createMemoryDesktop();
  const answers: string[] = [];
  desktop.notify({ title: 't', body: 'b', actions: [{ id: 'rotate', label: 'Rotate' }] }, (action) =>
    answers.push(action),
  );
  const [notice] = desktop.notices;
  notice?.answer('rotate');
  notice?.answer('open');
  expect(() => notice?.answer('snooze')).toThrow('offers no snooze');
  expect(answers).toEqual(['rotate', 'open']);
});

it('the desktop of the tests wakes, moves to another zone, and refuses the start at login as it is told', async () => {
  const desktop = createMemoryDesktop();
  let wakes = 0;
  desktop.onWake(() => {
    wakes += 1;
  });
  desktop.wake();
  desktop.behaviour.zone = 'Asia/Kolkata';
  expect([wakes, desktop.zone()]).toEqual([1, 'Asia/Kolkata']);
  expect(await desktop.loginStart.set(true)).toMatchObject({ ok: true, value: { state: 'on' } });
  desktop.behaviour.loginFault = 'EACCES';
  expect(await desktop.loginStart.set(false)).toMatchObject({ ok: false, error: { reason: 'EACCES' } });
  expect((await desktop.loginStart.get()).state).toBe('on');
});
