import { compose, idle, type Story } from '../story.ts';

/** Tells one variable and its value, and keeps a record of what it was asked. */
const telling = (variable: string, more = '') => `#!/bin/sh
[ "$2" = metadata ] && exit 1
echo "$@" >> asked.txt
case "$*" in *' up '*) echo '{"type": "setenv", "message": "${variable}"}'; ${more} ;; esac
`;

const failing = `#!/bin/sh
[ "$2" = metadata ] && exit 1
echo '{"type": "error", "message": "no room"}'
exit 4
`;

const provided = 'provider: {type: ./provide.sh, options: {size: 2}}';

/** Services that another program provides. */
export const providerStories: readonly Story[] = [
	{
		name: 'what a provider tells is in the environment of those who need it',
		files: {
			...compose({ db: `{${provided}}`, a: idle('depends_on: [db]'), b: idle() }),
			'provide.sh': telling('URL=db://one'),
		},
		steps: ['up -d', 'up -d', { write: { 'provide.sh': telling('URL=db://two') }, run: 'up -d' }, 'stop', 'down'],
	},
	{
		name: 'two providers tell a service',
		files: {
			...compose({
				db: `{${provided}}`,
				'my-cache': '{provider: {type: ./cache.sh}}',
				a: idle('depends_on: [db, my-cache], environment: {OWN: "1"}'),
			}),
			'provide.sh': telling('URL=db'),
			'cache.sh': telling('URL=cache'),
		},
		steps: ['up -d', 'run --rm a env', 'down'],
	},
	{
		name: 'a provider fails',
		kept: 'providers are asked before anything is made, as their words are hashed; docker compose makes the network first',
		files: { ...compose({ db: `{${provided}}`, a: idle('depends_on: [db]') }), 'provide.sh': failing },
		steps: ['up -d', { write: { 'provide.sh': telling('URL=db') }, run: 'up -d' }, 'down'],
	},
	{
		name: 'a provider is not installed',
		kept: 'refused before anything is made, and down removes all else; docker compose makes the network and leaves it there',
		files: compose({ db: '{provider: {type: labc-no-such-provider}}', a: idle('depends_on: [db]') }),
		steps: ['up -d', 'up -d --no-deps a', 'down'],
	},
];
