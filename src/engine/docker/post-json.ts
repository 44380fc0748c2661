import type Docker from 'dockerode';

export interface JsonPost {
	readonly path: string;
	readonly query?: Readonly<Record<string, string>>;
	readonly body: object;
}

/** Posts and gives the whole answer, of which dockerode's own methods keep only the id. */
export const postJson = (docker: Docker, { path, query = {}, body }: JsonPost): Promise<unknown> =>
	new Promise((resolve, reject) => {
		const request = {
			path: `${path}?`,
			method: 'POST',
			options: { _query: query, _body: body },
			statusCodes: { 200: true, 201: true },
		};
		docker.modem.dial(request, (error, answer) => {
			if (error) reject(error);
			else resolve(answer);
		});
	});
