import { LabcError } from '../../../errors/labc-error.ts';

const unconfinedPaths = 'systempaths=unconfined';

/** Security options as the engine takes them; `systempaths=unconfined` is a client's word for two other fields. */
export function securityOptions(options: readonly string[]) {
	for (const option of options) refuseProfileFile(option);
	const passed = options.filter((option) => option !== unconfinedPaths);
	return {
		...(passed.length > 0 && { SecurityOpt: passed }),
		...(passed.length < options.length && { MaskedPaths: [], ReadonlyPaths: [] }),
	};
}

function refuseProfileFile(option: string): void {
	const profile = /^seccomp[=:](.*)$/.exec(option)?.[1];
	if (profile === undefined || profile === 'unconfined' || profile === 'builtin') return;
	throw new LabcError(
		'ATTRIBUTE_UNSUPPORTED',
		`\`security_opt: ${option}\`: seccomp profiles from files are not supported`,
		{
			hint: 'Use `seccomp=unconfined` or leave the entry out.',
		},
	);
}
