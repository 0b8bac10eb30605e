/** A guard, and the code without it. `guard` stands in `file` exactly once. */
export interface Mutant {
  readonly name: string;
  readonly file: string;
  readonly guard: string;
  readonly without: string;
  /** The test files of which at least one test must fail without the guard. */
  readonly tests: readonly string[];
}

const randomLife = 'test/main/keys/model/random-life.test.ts';
const found = 'test/main/keys/model/found.test.ts';

/** The guards of the promises, in the order of the promises. `docs/security.md` lists them. */
export const mutants: readonly Mutant[] = [
  {
    name: 'a stored value is read back',
    file: 'main/secrets/keychain-secret-store.ts',
    guard: 'if (back.ok && back.value === value) return done;',
    without: 'return done;',
    tests: ['test/main/secrets/read-back.test.ts'],
  },
  {
    name: 'a value is stored before its key is recorded',
    file: 'main/keys/obtain-key.ts',
    guard: '  const stored = await ports.secrets.put(item, packFields(fields));\n  if (!stored.ok) {',
    without: '  const stored = { ok: true, error: null as never };\n  if (!stored.ok) {',
    tests: [randomLife],
  },
  {
    name: 'the intent is in the journal before the effect',
    file: 'main/keys/works.ts',
    guard:
      '      const written = await write(work);\n      beginning.delete(work);\n      if (!written.ok) return written;\n      const first',
    without: '      show(work);\n      beginning.delete(work);\n      const first',
    tests: [randomLife],
  },
  {
    name: 'a line of the journal is on the disk before it counts',
    file: 'main/storage/append-file.ts',
    guard: '      await handle.sync();\n',
    without: '',
    tests: ['test/main/storage/on-disk.test.ts'],
  },
  {
    name: 'records are on the disk before they take the place of the old ones',
    file: 'main/storage/durable-file.ts',
    guard: '      await handle.writeFile(bytes);\n      await handle.sync();\n',
    without: '      await handle.writeFile(bytes);\n',
    tests: ['test/main/storage/on-disk.test.ts'],
  },
  {
    name: 'an end that is not written down has not come yet',
    file: 'main/keys/works.ts',
    guard: '    if (!settled.ok) return settled;\n',
    without: '',
    tests: [found],
  },
  {
    name: 'a refusal of a young key is not its revocation',
    file: 'main/keys/revoke-key.ts',
    guard: 'if (!isHeardOf || !provider',
    without: 'if (!provider',
    tests: [found],
  },
  {
    name: 'a key that is listed as active is not called revoked',
    file: 'main/keys/revoke-key.ts',
    guard: 'return (await mayBeListedAsActive(provider.value, key, run)) ? needed',
    without: 'return !checked.ok ? needed',
    tests: [found],
  },
  {
    name: 'the word that a key was revoked by hand counts for that key',
    file: 'main/keys/ask-for-key.ts',
    guard: '  run.doneByHand = false;\n',
    without: '',
    tests: [found],
  },
  {
    name: 'a create is not repeated blindly',
    file: 'main/keys/obtain-key.ts',
    guard: '  if (run.mayCreate) {',
    without: "  if (run.mayCreate || work.origin === 'created') {",
    tests: [randomLife],
  },
  {
    name: 'what an unknown outcome left is looked for',
    file: 'main/keys/ask-for-key.ts',
    guard: '  const ids = strays.value.map((key) => key.providerKeyId);\n',
    without: '  const ids: string[] = [];\n',
    tests: ['test/main/keys/power-cuts.test.ts'],
  },
  {
    name: 'a key that the vault holds is no stray',
    file: 'main/keys/strays-of-work.ts',
    guard: 'key.active && !isHeld(key) && ',
    without: 'key.active && ',
    tests: [found],
  },
  {
    name: 'files are looked at before the provider is asked',
    file: 'main/keys/preflight-new-key.ts',
    guard: '  if (!writable.ok) return writable;\n',
    without: '',
    tests: [randomLife],
  },
  {
    name: 'a taken name asks nothing of the provider',
    file: 'main/keys/preflight-new-key.ts',
    guard: '  if (isNameTaken(ports, wanted.connectionId, wanted.name))\n',
    without: "  if (wanted.name === '')\n",
    tests: [randomLife],
  },
  {
    name: 'a provider with no room for a key is not asked for one',
    file: 'main/keys/key-limit.ts',
    guard: '.size >= maxKeys;',
    without: '.size > 10_000;',
    tests: ['test/main/keys/key-limit.test.ts'],
  },
  {
    name: 'a new key is verified before anything depends on it',
    file: 'main/keys/rotate-key.ts',
    guard: "  if (refusal.value === null) return moved({ step: 'verified' });\n",
    without: "  if (refusal.value !== '-') return moved({ step: 'verified' });\n",
    tests: ['test/main/keys/rotate-key.test.ts'],
  },
  {
    name: 'the old key dies when every file is written, not before',
    file: 'main/keys/rotate-key.ts',
    guard:
      "  if (!written.ok) return blocked(written.error);\n  return { ...moved({ step: 'delivered' }), wrote: written.value };",
    without: "  return { ...moved({ step: 'delivered' }), wrote: written.ok ? written.value : [] };",
    tests: [randomLife],
  },
  {
    name: 'a grace is not cut short',
    file: 'main/keys/rotate-key.ts',
    guard: ' || ports.clock.now() < work.state.until) return waiting;',
    without: ') return waiting;',
    tests: [randomLife],
  },
  {
    name: 'a grace ends with the old key',
    file: 'shared/domain/grace.ts',
    guard: 'return oldKeyExpiresAt === null ? end : Math.min(end, oldKeyExpiresAt);',
    without: 'return oldKeyExpiresAt === null ? end : end;',
    tests: ['test/main/keys/rotate-key.test.ts'],
  },
  {
    name: 'a dead key is not put back',
    file: 'main/keys/undo-rotation.ts',
    guard: 'return checked.ok ? ok(!isRefused(checked.value)) : checked;',
    without: 'return checked.ok ? ok(true) : checked;',
    tests: ['test/main/keys/undo-rotation.test.ts'],
  },
  {
    name: 'revoked is said when the provider refuses the key',
    file: 'main/keys/revoke-key.ts',
    guard: "    if (checked.value.outcome === 'refused') return done;\n  }\n",
    without: '    return done;\n  }\n',
    tests: ['test/main/keys/revoke-key.test.ts'],
  },
  {
    name: 'a live key is confirmed by its name',
    file: 'main/keys/request-revocation.ts',
    guard: "key.environment === 'live' && typed !== key.name;",
    without: "key.environment === 'live' && typed === ' ';",
    tests: ['test/main/keys/delete-key.test.ts'],
  },
  {
    name: 'a file is read back after it is written',
    file: 'main/env-files/disk-env-files.ts',
    guard: '    const isOurs = isSame(written.value.snapshot.bytes, plan.bytes);\n',
    without: '    const isOurs = true;\n',
    tests: ['test/main/env-files/disk-env-files.test.ts'],
  },
  {
    name: 'a live key is kept out of a file that Git tracks',
    file: 'main/keys/git-guard.ts',
    guard:
      "    if (mayBeCommitted(await git.standingOf(file))) return fail(failure('file-tracked', { file }));\n",
    without: '',
    tests: ['test/main/keys/git-guard.test.ts'],
  },
  {
    name: 'a line that holds another value than the key’s stays',
    file: 'main/keys/target-standing.ts',
    guard: "return fingerprint(value) === expected ? 'ours' : 'others';",
    without: "return fingerprint(value) === expected ? 'ours' : 'ours';",
    tests: ['test/main/keys/targets.test.ts'],
  },
  {
    name: 'a file that a value was taken from is not written to',
    file: 'main/keys/targets-to-write.ts',
    guard: 'return ok(ours.length > 0 ? newKey.targets : others);',
    without: 'return ok(newKey.targets);',
    tests: ['test/main/keys/take-value.test.ts'],
  },
  {
    name: 'only the value that was looked at is taken from a file',
    file: 'main/keys/paste-key.ts',
    guard: '  return isSame ? ok(value) : needed;\n',
    without: '  return ok(value);\n',
    tests: ['test/main/keys/take-value.test.ts'],
  },
  {
    name: 'a file that has the key already is not written to when the key is adopted',
    file: 'main/keys/issue-key.ts',
    guard: '  if (key.targets.length > 0 && work.adopted !== true) {\n',
    without: '  if (key.targets.length > 0) {\n',
    tests: ['test/main/keys/adopt-key.test.ts'],
  },
  {
    name: 'a value that its files cannot carry is not taken in',
    file: 'main/keys/take-in-key.ts',
    guard: '  if (!fits.ok) return fits;\n',
    without: '',
    tests: ['test/main/keys/take-in-key.test.ts'],
  },
  {
    name: 'the activity is durable before a value leaves',
    file: 'main/keys/deliver-key.ts',
    guard: '  if (!noted.ok) return noted;\n',
    without: '',
    tests: ['test/main/keys/targets.test.ts', 'test/main/keys/issue-key.test.ts'],
  },
  {
    name: 'a copy is spent before it is given',
    file: 'main/keys/copy-once.ts',
    guard:
      '    return refusedNow === null ? ok({ ...key, copyOnce: spent(key.copyOnce, wish) }) : fail(refusedNow);',
    without: '    return refusedNow === null ? ok(key) : fail(refusedNow);',
    tests: ['test/main/keys/copy-once.test.ts'],
  },
  {
    name: 'one process has the data folder',
    file: 'main/desktop/folder-lock.ts',
    guard: '  const address = (options.address ?? addressOf)(realpathSync(folder));\n',
    without: '  const address = (options.address ?? addressOf)(realpathSync(folder) + process.pid);\n',
    tests: ['test/integration/hosts/folder-lock.test.ts'],
  },
  {
    name: 'a credential goes to the origin that it was given for',
    file: 'main/providers/caller.ts',
    guard: '  if (pinned === null || base.value.origin === pinned) return base;\n',
    without: '  if (pinned !== undefined) return base;\n',
    tests: ['test/main/providers/pinned-hosts.test.ts'],
  },
  {
    name: 'no redirect is followed',
    file: 'main/providers/transport.ts',
    guard: "      redirect: 'manual',\n",
    without: "      redirect: 'follow',\n",
    tests: ['test/main/providers/transport.test.ts'],
  },
  {
    name: 'a record that was altered is noticed',
    file: 'main/storage/record-seal.ts',
    guard: '  return a.length === b.length && timingSafeEqual(a, b);',
    without: '  return a.length === b.length || timingSafeEqual(a, b);',
    tests: ['test/main/storage/open-records.test.ts'],
  },
];
