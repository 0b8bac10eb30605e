import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type ClipboardState, createClipboardKeeper } from '../../../main/keys/clipboard-keeper.ts';
import { Secret } from '../../../main/secrets/secret.ts';
import { failure } from '../../../shared/domain/failure.ts';
import { createMemoryDesktop } from '../../fakes/memory-desktop.ts';

const first = () => new Secret('first value');
const second = () => new Secret('second value');

function aWorld() {
  const desktop = createMemoryDesktop();
  const told: ClipboardState[] = [];
  const clock = { now: () => Date.now(), sleep: async () => undefined };
  const keeper = createClipboardKeeper(desktop.clipboard, clock, (state) => told.push(state));
  return { desktop, keeper, told, states: () => told.map((one) => one.state) };
}

describe('the clipboard', () => {
  beforeEach(() => void vi.useFakeTimers({ now: 1_000_000 }));
  afterEach(() => void vi.useRealTimers());

  it('forgets a copy after its time and not before, and says until when it is held', async () => {
    const { desktop, keeper, told } = aWorld();
    expect(keeper.state()).toEqual({ state: 'idle', clearsAt: null });
    expect(await keeper.copy(first(), 45)).toEqual({ ok: true, value: { by: 'main', concealed: true } });
    expect(keeper.state()).toEqual({ state: 'held', clearsAt: 1_045_000 });
    await vi.advanceTimersByTimeAsync(44_999);
    expect(desktop.board.text).toBe('first value');
    await vi.advanceTimersByTimeAsync(1);
    expect(desktop.board.text).toBeNull();
    expect(told.at(-1)).toEqual({ state: 'cleared', clearsAt: null });
  });

  it('forgets at once when asked to, and only once', async () => {
    const { desktop, keeper } = aWorld();
    await keeper.copy(first(), 45);
    await keeper.clear();
    expect(desktop.board.text).toBeNull();
    expect(keeper.state()).toEqual({ state: 'cleared', clearsAt: null });
    await vi.advanceTimersByTimeAsync(60_000);
    await keeper.clear();
    expect(desktop.clearings).toHaveLength(1);
  });

  it('is left alone where nothing of ours was put on it', async () => {
    const { desktop, keeper, told } = aWorld();
    desktop.board.text = 'a shopping list';
    await keeper.clear();
    expect(desktop.clearings).toEqual([]);
    expect(told).toEqual([]);
  });

  it('keeps what the user copied after us', async () => {
    const { desktop, keeper } = aWorld();
    await keeper.copy(first(), 45);
    desktop.board.text = 'a shopping list';
    await vi.advanceTimersByTimeAsync(45_000);
    expect(desktop.board.text).toBe('a shopping list');
    expect(keeper.state().state).toBe('cleared');
  });

  it('forgets both of two copies in a row, counted from the second', async () => {
    const { desktop, keeper } = aWorld();
    await keeper.copy(first(), 45);
    await vi.advanceTimersByTimeAsync(30_000);
    await keeper.copy(second(), 45);
    await vi.advanceTimersByTimeAsync(44_999);
    expect(desktop.board.text).toBe('second value');
    // The first one can come back, by an undo in the clipboard's history.
    desktop.board.text = 'first value';
    await vi.advanceTimersByTimeAsync(1);
    expect(desktop.board.text).toBeNull();
    expect(desktop.clearings).toEqual([['first value', 'second value']]);
  });

  it('says that a copy could not be cleared, and tries again at the next occasion', async () => {
    const { desktop, keeper, states } = aWorld();
    await keeper.copy(first(), 45);
    desktop.behaviour.clears = false;
    await vi.advanceTimersByTimeAsync(45_000);
    expect(desktop.board.text).toBe('first value');
    expect(keeper.state()).toEqual({ state: 'kept', clearsAt: null });
    desktop.behaviour.clears = true;
    await keeper.clear();
    expect(desktop.board.text).toBeNull();
    expect(states()).toEqual(['held', 'kept', 'cleared']);
  });

  it('clears a value that could not be cleared before together with the next one', async () => {
    const { desktop, keeper } = aWorld();
    await keeper.copy(first(), 45);
    desktop.behaviour.clears = false;
    await keeper.clear();
    desktop.behaviour.clears = true;
    await keeper.copy(second(), 45);
    await keeper.clear();
    expect(desktop.clearings.at(-1)).toEqual(['first value', 'second value']);
  });

  it('claims nothing where the page has to copy, and nothing where copying failed', async () => {
    const { desktop, keeper, told } = aWorld();
    desktop.behaviour.writes = 'page';
    expect(await keeper.copy(first(), 45)).toEqual({ ok: true, value: { by: 'page' } });
    desktop.behaviour.writes = 'fails';
    expect(await keeper.copy(first(), 45)).toEqual({
      ok: false,
      error: failure('clipboard-failed', { reason: 'no display' }),
    });
    expect(told).toEqual([]);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(desktop.clearings).toEqual([]);
  });

  it('is cleared of a copy that was still on its way when the vault was locked', async () => {
    const { desktop, keeper } = aWorld();
    const { promise, resolve } = Promise.withResolvers<void>();
    desktop.behaviour.writeDelay = promise;
    const copying = keeper.copy(first(), 45);
    const clearing = keeper.clear();
    resolve();
    await Promise.all([copying, clearing]);
    expect(desktop.board.text).toBeNull();
    expect(keeper.state().state).toBe('cleared');
  });

  it('is said to hold the copy that came after a clearing', async () => {
    const { desktop, keeper } = aWorld();
    await keeper.copy(first(), 45);
    await Promise.all([keeper.clear(), keeper.copy(second(), 45)]);
    expect(desktop.board.text).toBe('second value');
    expect(keeper.state().state).toBe('held');
    await vi.advanceTimersByTimeAsync(45_000);
    expect(desktop.board.text).toBeNull();
  });
});
