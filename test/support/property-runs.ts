const asked = Number(process.env['LABC_PROPERTY_RUNS'] ?? 0);

/** How often each law is tried: ten thousand times, or as often as `LABC_PROPERTY_RUNS` says; fewer are a quick look. */
export const runs = { numRuns: asked > 0 ? asked : 10_000 };

/** For the proof that a law can fail, which ends where it does: not fewer for a quick look. */
export const counterRuns = { numRuns: Math.max(10_000, asked), endOnFailure: true };

/** Laws over a whole project on an engine cost more: five hundred times, or as often as asked (`npm run laws`). */
export const worldRuns = { numRuns: asked > 0 ? asked : 500 };
