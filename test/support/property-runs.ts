/** How often each law is tried: ten thousand times, or more where `LABC_PROPERTY_RUNS` says so; never less. */
export const runs = { numRuns: Math.max(10_000, Number(process.env['LABC_PROPERTY_RUNS'] ?? 0)) };
