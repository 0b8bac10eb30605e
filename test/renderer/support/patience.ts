import { configure } from '@testing-library/react';

/** How long a test waits for what it expects: long enough for a machine that has other things to do. */
const patienceMs = 10_000;

configure({ asyncUtilTimeout: patienceMs });
