import { homedir } from 'node:os';
import { connectEngine } from '../../src/engine/docker/connect.ts';
import type { Engine } from '../../src/engine/engine.ts';

export const testImage = 'labc/busybox:latest';

/** The engine that the environment names, as a user of labc would reach it. */
export const connectTestEngine = (): Promise<Engine> => connectEngine({ env: process.env, homeDir: homedir() });

/** Why tests on a real engine can't run here, or undefined where they can. */
export async function whyNoTestEngine(): Promise<string | undefined> {
	try {
		const engine = await connectTestEngine();
		await engine.version();
		const image = await engine.findImage(testImage);
		return image === undefined ? `the engine lacks ${testImage}: run scripts/base-image.sh busybox` : undefined;
	} catch (error) {
		return error instanceof Error ? error.message : String(error);
	}
}
