import { spawnSync } from 'node:child_process';
import path from 'node:path';

/*
 * `npm run test:conformance`: every definition of the catalogue against mocks that are made from the vendors' own
 * OpenAPI descriptions. Those are not part of the project; OPENAPI_DIR names the folder that they are in.
 */
const folder = process.env.OPENAPI_DIR ?? '';

function main(): number {
  if (folder === '') {
    process.stdout.write(
      'OPENAPI_DIR names no folder with OpenAPI descriptions: nothing to check against.\n',
    );
    return 0;
  }
  const args = ['run', '--config=test/conformance/vitest.config.ts'];
  const env = { ...process.env, OPENAPI_DIR: path.resolve(folder) };
  return spawnSync('vitest', args, { stdio: 'inherit', env }).status ?? 1;
}

process.exitCode = main();
