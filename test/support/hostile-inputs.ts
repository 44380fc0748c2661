/** Input meant to hang, flood or confuse whoever reads it. Read by a test and by `scripts/hostile-table.ts`. */

export interface HostileInput {
	readonly name: string;
	/** Made when asked for: some are large. A name that ends in `|` is a named pipe. */
	readonly files: () => Readonly<Record<string, string | Uint8Array>>;
	/** Before `config -q`; the found file is read where there are none. */
	readonly args?: readonly string[];
	/** What standard error must say; undefined: the input is harmless and must load. */
	readonly says?: RegExp;
	/** Its thousands of lines or values have to be read whole, and that takes its time. */
	readonly isLarge?: boolean;
}

const mebibyte = 1024 * 1024;

const compose =
	(text: () => string): HostileInput['files'] =>
	() => ({ 'compose.yaml': text() });

/** A service with one more attribute. */
const service = (attribute: () => string): HostileInput['files'] =>
	compose(() => `services:\n  web:\n    image: busybox\n    ${attribute()}\n`);

const repeat = (count: number, of: (index: number) => string, separator = ''): string =>
	Array.from({ length: count }, (_, index) => of(index)).join(separator);

/** Each anchored value holds the one before it, put into `wrap`. */
const anchored = (count: number, wrap: (inner: string) => string): string =>
	`x-a: &a0 word\n${repeat(count, (index) => `x-a${index}: &a${index + 1} ${wrap(`*a${index}`)}\n`)}services: {a: {image: a}}\n`;

const nested = (open: string, depth: number, close: string): string =>
	`x-a: ${open.repeat(depth)}${close.repeat(depth)}`;

const parsing: readonly HostileInput[] = [
	{
		name: 'alias bomb, 9^9 values in lists',
		files: compose(() => anchored(9, (inner) => `[${repeat(9, () => inner, ', ')}]`)),
		says: /spells out to more than/,
	},
	{
		name: 'alias bomb of mappings and merge keys',
		files: compose(() =>
			anchored(20, (inner) => `{a: ${inner}, b: ${inner}, c: {<<: [{d: ${inner}}, {e: ${inner}}]}}`),
		),
		says: /spells out to more than/,
	},
	{
		name: 'aliases that nest 10 000 levels deep',
		files: compose(() => anchored(200, (inner) => `${'['.repeat(50)}${inner}${']'.repeat(50)}`)),
		says: /spells out to more than/,
	},
	{ name: '5000 open brackets', files: compose(() => '['.repeat(5000)), says: /nested deeper than/ },
	{ name: '100 000 brackets', files: compose(() => nested('[', 100_000, ']')), says: /nested deeper than/ },
	{ name: '20 000 nested braces', files: compose(() => nested('{a: ', 20_000, '}')), says: /nested deeper than/ },
	{
		name: '2000 levels of indentation',
		files: compose(() => repeat(2000, (level) => `${' '.repeat(level)}a:\n`)),
		says: /nested deeper than/,
	},
	{
		name: '10 000 dashes on a line',
		files: compose(() => `x-a:\n ${'- '.repeat(10_000)}a`),
		says: /nested deeper than/,
	},
	{ name: 'anchor that holds itself', files: compose(() => 'x-a: &a {b: *a}\n'), says: /contains itself/ },
	{ name: 'anchor that merges itself', files: compose(() => 'x-a: &a\n  <<: *a\n'), says: /contains itself/ },
	{ name: '600 000 items', files: compose(() => `x-a: [${'a,'.repeat(600_000)}]`), says: /larger than/ },
	{ name: '50 MB file', files: compose(() => '#'.repeat(50_000_000)), says: /larger than 4 MiB/ },
	{ name: 'NUL', files: compose(() => 'services: {a: {image: "a\0b"}}\n'), says: /NUL/ },
	{
		name: 'invalid UTF-8',
		files: () => ({ 'compose.yaml': Buffer.from([0x61, 0x3a, 0x20, 0xff, 0xfe, 0x0a]) }),
		says: /UTF-8/,
	},
	{
		name: 'UTF-16',
		files: () => ({ 'compose.yaml': Buffer.from('\ufeffservices: {}\n', 'utf16le') }),
	},
	{ name: '`__proto__` as a service', files: compose(() => 'services: {__proto__: {image: a}}\n'), says: /__proto__/ },
	{ name: '`__proto__` as a variable', files: service(() => 'environment: {__proto__: a}'), says: /__proto__/ },
	{ name: '`__proto__` in an extension', files: compose(() => 'x-a: {b: {__proto__: {}}}\n'), says: /__proto__/ },
	{ name: 'key of 1 MiB', files: service(() => `"${'i'.repeat(mebibyte)}": 1`), says: /not valid YAML/ },
	{
		name: '10 000 unknown attributes',
		files: service(() => repeat(10_000, (index) => `imagf${index}: 1`, '\n    ')),
		says: /has no attribute/,
		isLarge: true,
	},
	{
		name: '10 000 services with a fault each',
		files: compose(() => `services:\n${repeat(10_000, (index) => `  s${index}: {image: [a]}\n`)}`),
		says: /must be/,
		isLarge: true,
	},
];

const interpolation: readonly HostileInput[] = [
	{
		name: '${A:-${B:-…}} 1000 deep',
		files: service(() => `user: "${'${A:-'.repeat(1000)}a${'}'.repeat(1000)}"`),
		says: /not a valid use|is not closed/,
	},
	{
		name: '1 MiB of ${',
		files: service(() => `user: "${'${'.repeat(mebibyte / 2)}"`),
		says: /not a valid use|is not closed/,
	},
	{ name: '1 MiB of $$', files: service(() => `user: "${'$$'.repeat(mebibyte / 2)}"`) },
	{ name: '1 MiB of ${A}', files: service(() => `user: "${'${A}'.repeat(mebibyte / 4)}"`) },
	{ name: '1 MiB of {', files: service(() => `user: "$A${'{'.repeat(mebibyte)}"`) },
	{ name: 'variable name of 1 MiB', files: service(() => `user: "\${${'A'.repeat(mebibyte)}:-b}"`) },
	{ name: 'default of 1 MiB', files: service(() => `user: "\${A:-${'b'.repeat(mebibyte)}}"`) },
	{ name: 'value of 1 MiB', files: service(() => `environment: {A: "${'ab '.repeat(mebibyte / 3)}"}`) },
];

const shortForms: readonly HostileInput[] = [
	{ name: 'port of 1 MiB', files: service(() => `ports: ["${'1'.repeat(mebibyte)}"]`), says: /is not a port/ },
	{
		name: 'port of 100 000 colons',
		files: service(() => `ports: ["${':'.repeat(100_000)}"]`),
		says: /is not an IP address/,
	},
	{ name: 'port range of 65 535', files: service(() => 'ports: ["1-65535:1-65535"]'), isLarge: true },
	{
		name: 'volume of 100 000 colons',
		files: service(() => `volumes: ["${':'.repeat(100_000)}"]`),
		says: /is not a volume/,
	},
	{
		name: 'duration of 100 000 parts',
		files: service(() => `stop_grace_period: "${'1h'.repeat(100_000)}x"`),
		says: /1h/,
	},
	{
		name: 'size of 100 000 digits',
		files: service(() => `mem_limit: "${'9'.repeat(100_000)}"`),
		says: /9` is not|mem_limit/,
	},
	{
		name: 'command of 100 000 quotes',
		files: service(() => `command: '${`"a' `.replace("'", "''").repeat(50_000)}'`),
		says: /quote/,
	},
	{ name: 'host of 100 000 colons', files: service(() => `extra_hosts: ["a${':'.repeat(100_000)}"]`) },
	{ name: 'integer of 1 MiB', files: service(() => `scale: ${'9'.repeat(mebibyte)}`), says: /scale/ },
	{ name: 'integer of 1 MiB of underscores', files: service(() => `scale: 1${'_'.repeat(mebibyte)}`) },
	{
		name: 'project name of 1 MiB',
		files: compose(() => `name: "${'-'.repeat(mebibyte)}"\nservices: {a: {image: a}}\n`),
		says: /name/,
	},
];

const sources: readonly HostileInput[] = [
	{ name: 'pipe as the Compose file', files: () => ({ 'compose.yaml|': '' }), says: /not a regular file/ },
	{ name: 'folder as the Compose file', files: () => ({ 'x/y': '' }), args: ['-f', 'x'], says: /is a folder/ },
	{ name: '/dev/zero named', files: () => ({}), args: ['-f', '/dev/zero'], says: /larger than 4 MiB|NUL/ },
	{ name: '/dev/null named', files: () => ({}), args: ['-f', '/dev/null'], says: /is empty/ },
	{ name: '/dev/urandom named', files: () => ({}), args: ['-f', '/dev/urandom'], says: /larger than 4 MiB|UTF-8/ },
	{
		name: 'pipe as an env file',
		files: () => ({ ...service(() => 'env_file: x')(), 'x|': '' }),
		says: /not a regular file/,
	},
	{
		name: 'folder as an env file',
		files: () => ({ ...service(() => 'env_file: x')(), 'x/y': '' }),
		says: /is a folder/,
	},
	{
		name: '/dev/zero as an env file',
		files: service(() => 'env_file: /dev/zero'),
		says: /not a regular file|larger than/,
	},
	{
		name: '50 MB env file',
		files: () => ({ ...service(() => 'env_file: x')(), x: 'A=1\n'.repeat(12_500_000) }),
		says: /larger than 4 MiB/,
	},
	{
		name: 'env file of 4 MiB in one open quote',
		files: () => ({ ...service(() => 'env_file: x')(), x: `A="${'\\a'.repeat(2 * mebibyte - 2)}` }),
		says: /not closed/,
	},
	{
		name: 'env file of 4 MiB of blanks',
		files: () => ({ ...service(() => 'env_file: x')(), x: `A=${' #'.repeat(2 * mebibyte - 2)}` }),
	},
	{
		name: '.env in UTF-16',
		files: () => ({ ...service(() => 'init: true')(), '.env': Buffer.from('\ufeffA=1\n', 'utf16le') }),
		says: /UTF-8/,
	},
];

const cycles: readonly HostileInput[] = [
	{
		name: 'service that extends itself',
		files: compose(() => 'services: {a: {extends: a}}\n'),
		says: /a -> a|extends/,
	},
	{
		name: 'services that extend each other over files',
		files: () => ({
			'compose.yaml': 'services: {a: {extends: {file: x.yaml, service: b}}}\n',
			'x.yaml': 'services: {b: {extends: {file: compose.yaml, service: a}}}\n',
		}),
		says: /extends/,
	},
	{ name: 'file that includes itself', files: compose(() => 'include: [compose.yaml]\n'), says: /includes?/ },
	{
		name: 'files that include each other',
		files: () => ({ 'compose.yaml': 'include: [x.yaml]\n', 'x.yaml': 'include: [compose.yaml]\n' }),
		says: /includes?/,
	},
	{
		name: 'chain of 500 extended services',
		files: compose(
			() => `services:\n  a0: {image: a}\n${repeat(500, (index) => `  a${index + 1}: {extends: a${index}}\n`)}`,
		),
	},
	{
		name: 'includes a pipe',
		files: () => ({ 'compose.yaml': 'include: [x]\n', 'x|': '' }),
		says: /not a regular file/,
	},
	{
		name: 'extends from /dev/zero',
		files: service(() => 'extends: {file: /dev/zero, service: a}'),
		says: /larger than|NUL/,
	},
];

/** Names that every object has. They are plain data. */
const innocent: readonly HostileInput[] = ['constructor', 'toString', 'hasOwnProperty', 'valueOf'].map((name) => ({
	name: `\`${name}\` as a name everywhere`,
	files: compose(() =>
		[
			'services:',
			`  ${name}:`,
			'    image: a',
			`    environment: {${name}: a}`,
			`    labels: {${name}: a}`,
			`    networks: {${name}: {aliases: [${name}]}}`,
			`    volumes: ["${name}:/a"]`,
			`    build: {context: ., args: {${name}: a}}`,
			`    sysctls: {${name}: 1}`,
			`    extra_hosts: {${name}: 1.1.1.1}`,
			`  other: {image: a, depends_on: {${name}: {condition: service_started}}, profiles: [${name}]}`,
			`networks: {${name}: {driver_opts: {${name}: a}}}`,
			`volumes: {${name}: {labels: {${name}: a}}}`,
			`secrets: {${name}: {environment: ${name}}}`,
			`x-${name}: {${name}: {${name}: a}}`,
		].join('\n'),
	),
}));

export const hostileInputs: readonly HostileInput[] = [
	...parsing,
	...interpolation,
	...shortForms,
	...sources,
	...cycles,
	...innocent,
];
