import { defineConfig } from 'vitest/config';

// biome-ignore lint/style/noDefaultExport: this is how Vitest takes a configuration.
export default defineConfig({
  test: {
    name: 'conformance',
    root: import.meta.dirname,
    include: ['*.test.ts'],
    environment: 'node',
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
