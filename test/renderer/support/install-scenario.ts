import { assistedScenarios } from './scenarios-assisted.ts';
import { scenarios } from './scenarios-dialogs.ts';
import { replacingScenarios } from './scenarios-replacing.ts';

/** Puts the main of a scenario under a page in a browser: `?scenario=copy-once`. */
const name = new URLSearchParams(location.search).get('scenario') ?? 'everything';
const scenario = { ...scenarios, ...assistedScenarios, ...replacingScenarios }[name];
if (scenario === undefined) throw new Error(`No scenario is called ${name}`);
Object.defineProperty(window, 'keyturn', { value: scenario() });
