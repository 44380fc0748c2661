import type { Service } from './service.ts';

/** Containers outside the project, each with the name it gets here, as `NAME:ALIAS`. */
export const externalLinks = ({ external_links }: Pick<Service, 'external_links'>): readonly string[] | undefined =>
	external_links?.map((link) => (link.includes(':') ? link : `${link}:${link}`));
