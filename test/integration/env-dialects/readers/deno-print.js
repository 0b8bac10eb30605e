import process from 'node:process';

// Run by Deno, which has read a `.env` file: prints the environment.
process.stdout.write(JSON.stringify(process.env));
