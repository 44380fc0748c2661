#!/usr/bin/env node
/** The start of the program. On Node the compiled code is kept between runs; the executable has it built in. */
if (process.versions['bun'] === undefined) process.getBuiltinModule('node:module').enableCompileCache();
const { run } = await import('./cli/run.ts');
process.exit(await run(process.argv.slice(2)));
