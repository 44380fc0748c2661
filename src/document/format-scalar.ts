import type { ScalarNode } from './node.ts';

/** The text a scalar stands for where an attribute wants text: `1.50` is `1.5`, `1e3` is `1000`, `null` is nothing. */
export function formatScalar(node: ScalarNode): string {
	if (node.value === null) return '';
	if (typeof node.value === 'number' && node.float === true) return formatFloat(node.value);
	return String(node.value);
}

/** Go's shortest text of a float: with an exponent below 1e-4 and from 1e6 on, never a trailing `.0`. */
export function formatFloat(value: number): string {
	if (Number.isNaN(value)) return 'NaN';
	if (!Number.isFinite(value)) return value > 0 ? '+Inf' : '-Inf';
	if (value === 0) return Object.is(value, -0) ? '-0' : '0';
	const [digits = '', exponentText = '0'] = value.toExponential().split('e');
	const exponent = Number(exponentText);
	if (exponent >= -4 && exponent < 6) return String(value);
	return `${digits}e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`;
}
