// Generated from schemas/ by scripts/generate-validator.ts. Do not edit.
export declare function validate(data: unknown): boolean;
