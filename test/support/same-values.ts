import fc from 'fast-check';
import { seed } from './seed.ts';

// Set up before every file of tests; a property that fails says which seed and path it failed with.
fc.configureGlobal({ seed });
