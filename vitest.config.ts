import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

/** Nothing is a matter of time here: a machine that has other things to do, too, must come to the same results. */
const patience = { testTimeout: 60_000, hookTimeout: 60_000 };

export default defineConfig({
  test: {
    // Half of the tests wait for other programs, so that there is no need to leave a core free.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/{main,shared}/**/*.test.ts'],
          setupFiles: ['test/support/same-values.ts'],
          environment: 'node',
          ...patience,
        },
      },
      {
        test: {
          name: 'renderer',
          include: ['test/renderer/**/*.test.tsx'],
          setupFiles: ['test/support/same-values.ts', 'test/renderer/support/patience.ts'],
          environment: 'happy-dom',
          ...patience,
        },
      },
      {
        test: {
          name: 'integration',
          include: ['test/integration/**/*.test.ts'],
          setupFiles: ['test/support/same-values.ts'],
          environment: 'node',
          ...patience,
        },
      },
    ],
  },
});
