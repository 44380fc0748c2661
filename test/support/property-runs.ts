const asked = Number(process.env['LABC_PROPERTY_RUNS'] ?? 0);

/** How often each law is tried: ten thousand times, or more where `LABC_PROPERTY_RUNS` says so; never less. */
export const runs = { numRuns: Math.max(10_000, asked) };

/** Laws over a whole project on an engine cost more: five hundred times, or as often as asked (`npm run laws`). */
export const worldRuns = { numRuns: asked > 0 ? asked : 500 };
