import { compose, idle, type Story } from '../story.ts';

const onto = (...networks: readonly string[]): string => `networks: [${networks.join(', ')}]`;
const nets = 'networks: {n1: {}, n2: {}}';
const mounted = idle('volumes: ["data:/data"]');

/** Networks, volumes and what stands in the way of them. */
export const resourceStories: readonly Story[] = [
	{
		name: 'a service moves to another network and back',
		files: compose({ a: idle(onto('n1')), b: idle(onto('n1', 'n2')) }, nets),
		steps: [
			'up -d',
			{ write: compose({ a: idle(onto('n2')), b: idle(onto('n1', 'n2')) }, nets), run: 'up -d' },
			{ write: compose({ a: idle(onto('n1')), b: idle(onto('n1', 'n2')) }, nets), run: 'up -d' },
			'down',
		],
	},
	{
		name: 'aliases change',
		files: compose({ a: idle('networks: {n1: {aliases: [x]}}') }, 'networks: {n1: {}}'),
		steps: [
			'up -d',
			{ write: compose({ a: idle('networks: {n1: {aliases: [x, y]}}') }, 'networks: {n1: {}}'), run: 'up -d' },
		],
	},
	{
		name: 'a network gets another name',
		files: compose({ a: idle() }, 'networks: {default: {name: @P@_first}}'),
		steps: [
			'up -d',
			{ write: compose({ a: idle() }, 'networks: {default: {name: @P@_second}}'), run: 'up -d' },
			'down',
		],
	},
	{
		name: 'the options of a network in use change',
		kept: 'containers keep their aliases when they come onto the new network; docker compose loses them',
		files: compose({ a: idle(), b: idle('scale: 2') }, 'networks: {default: {labels: {v: "1"}}}'),
		steps: [
			'up -d',
			{ write: compose({ a: idle(), b: idle('scale: 2') }, 'networks: {default: {labels: {v: "2"}}}'), run: 'up -d' },
		],
	},
	{
		name: 'the options of a network change while only one service is named',
		kept: 'every container comes back onto the new network; docker compose stops the named one and fails for the other',
		files: compose({ a: idle(), b: idle() }, 'networks: {default: {internal: false}}'),
		steps: [
			'up -d',
			{ write: compose({ a: idle(), b: idle() }, 'networks: {default: {internal: true}}'), run: 'up -d a' },
			'up -d',
		],
	},
	{
		name: 'a network is removed by hand',
		kept: 'docker compose starts the container without any network; labc recreates it, so that it can be reached',
		files: compose({ a: idle() }),
		steps: [
			'up -d',
			'stop',
			{ docker: 'network disconnect -f @P@_default @P@-a-1' },
			{ docker: 'network rm @P@_default' },
			'up -d',
		],
	},
	{
		name: 'a network of the name is there and nobody made it',
		files: compose({ a: idle() }, 'networks: {default: {name: @P@_foreign}}'),
		steps: [{ docker: 'network create @P@_foreign' }, 'up -d', 'down', { docker: 'network rm @P@_foreign' }],
	},
	{
		name: 'an external network is missing',
		files: compose({ a: idle(onto('n1')) }, 'networks: {n1: {external: true}}'),
		steps: ['up -d'],
	},
	{
		name: 'an external network that is not used may be missing',
		files: compose({ a: idle(), b: idle(onto('n1')) }, 'networks: {n1: {external: true}}'),
		steps: ['up -d a', 'up -d'],
	},
	{
		name: 'an external network and volume are left when all goes',
		files: compose(
			{ a: idle('networks: [n1], volumes: ["v1:/v"]') },
			'networks: {n1: {external: true, name: @P@_net}}\nvolumes: {v1: {external: true, name: @P@_vol}}',
		),
		steps: [
			{ docker: 'network create @P@_net' },
			{ docker: 'volume create @P@_vol' },
			'up -d',
			'down -v',
			{ docker: 'network rm @P@_net' },
			{ docker: 'volume rm @P@_vol' },
		],
	},
	{
		name: 'a service without a network',
		files: compose({ a: idle('network_mode: none'), b: idle('network_mode: host') }),
		steps: ['up -d', 'down'],
	},
	{
		name: 'a volume gets another name',
		files: compose({ a: mounted }, 'volumes: {data: {name: @P@_one}}'),
		steps: ['up -d', { write: compose({ a: mounted }, 'volumes: {data: {name: @P@_two}}'), run: 'up -d' }, 'down -v'],
	},
	{
		name: 'the options of a volume change and nobody answers',
		files: compose({ a: mounted }, 'volumes: {data: {labels: {v: "1"}}}'),
		steps: ['up -d', { write: compose({ a: mounted }, 'volumes: {data: {labels: {v: "2"}}}'), run: 'up -d' }],
	},
	{
		name: 'the options of a volume change and the answer is yes',
		files: compose({ a: mounted, b: mounted }, 'volumes: {data: {labels: {v: "1"}}}'),
		steps: [
			'up -d',
			{ write: compose({ a: mounted, b: mounted }, 'volumes: {data: {labels: {v: "2"}}}'), run: 'up -d -y' },
			'down -v',
		],
	},
	{
		name: 'an external volume is missing',
		kept: 'refused before anything is made; docker compose makes the network first',
		files: compose({ a: mounted }, 'volumes: {data: {external: true}}'),
		steps: ['up -d'],
	},
	{
		name: 'anonymous volumes stay with the container that replaces theirs',
		files: compose({ a: idle('volumes: [/data]') }),
		steps: [
			'up -d',
			'exec -T a touch /data/kept',
			{ write: compose({ a: idle('volumes: [/data], environment: {X: "1"}') }), run: 'up -d' },
			{ run: 'exec -T a ls /data', prints: 'lines' },
			'up -d -V',
			{ run: 'exec -T a ls /data', prints: 'lines' },
		],
	},
	{
		name: 'a folder takes the place of a volume',
		files: compose({ a: mounted }, 'volumes: {data: {}}'),
		steps: ['up -d', { write: compose({ a: idle('volumes: ["./data:/data"]') }), run: 'up -d' }, 'down -v'],
	},
	{
		name: 'volumes of every kind',
		files: compose(
			{
				a: idle(
					'tmpfs: [/t1], volumes: [{type: tmpfs, target: /t2, tmpfs: {size: 1m, mode: 0700}}, {type: volume, source: data, target: /d, read_only: true}, {type: bind, source: ., target: /b, read_only: true}]',
				),
			},
			'volumes: {data: {}}',
		),
		steps: ['up -d', 'up -d'],
	},
	{
		name: 'ports change',
		files: compose({ a: idle('ports: ["127.0.0.1:31877:80"]') }),
		steps: [
			'up -d',
			{ write: compose({ a: idle('ports: ["127.0.0.1:31878:80"]') }), run: 'up -d' },
			{ run: 'port a 80', prints: 'lines' },
		],
	},
	{
		name: 'a port is taken',
		files: compose({
			a: idle('ports: ["127.0.0.1:31879:80"]'),
			b: idle('ports: ["127.0.0.1:31879:81"], depends_on: [a]'),
		}),
		steps: ['up -d a', 'down'],
	},
];
