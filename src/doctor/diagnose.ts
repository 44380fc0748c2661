import { checkCdi } from './checks/cdi.ts';
import { checkCgroup } from './checks/cgroup.ts';
import { checkDisk } from './checks/disk.ts';
import { checkDriver } from './checks/driver.ts';
import { checkEngine } from './checks/engine.ts';
import { checkInotify } from './checks/inotify.ts';
import { checkLocks } from './checks/locks.ts';
import { checkShm } from './checks/shm.ts';
import { checkToolkit } from './checks/toolkit.ts';
import type { Facts } from './facts.ts';
import type { Finding } from './finding.ts';

/** Each looks at facts alone and finds one thing: the worst there is. */
const checks: readonly ((facts: Facts) => Finding)[] = [
	checkEngine,
	checkDriver,
	checkToolkit,
	checkCdi,
	checkCgroup,
	checkShm,
	checkInotify,
	checkDisk,
	checkLocks,
];

export const diagnose = (facts: Facts): readonly Finding[] => checks.map((check) => check(facts));
