// Generated from schemas/ by scripts/generate-validator.ts. Do not edit.
import type { ErrorObject } from 'ajv';

export type { ErrorObject } from 'ajv';

export declare const validate: { (data: unknown): boolean; errors?: readonly ErrorObject[] | null };
