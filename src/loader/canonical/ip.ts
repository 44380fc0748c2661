/** Whether `text` is an IPv4 or IPv6 address as engines read them: no leading zeros, no zone. */
export const isIP = (text: string): boolean => isIPv4(text) || isIPv6(text);

const isIPv4 = (text: string): boolean => {
	const parts = text.split('.');
	return parts.length === 4 && parts.every((part) => /^(?:0|[1-9]\d{0,2})$/.test(part) && Number(part) <= 255);
};

/** An IPv4 tail counts as two groups; `::` stands for at least one group of zeros. */
function isIPv6(text: string): boolean {
	const tail = text.slice(text.lastIndexOf(':') + 1);
	const spelled = tail.includes('.') && isIPv4(tail) ? `${text.slice(0, -tail.length)}0:0` : text;
	const halves = spelled.split('::');
	if (halves.length > 2) return false;
	const groups = halves.flatMap((half) => (half === '' ? [] : half.split(':')));
	if (!groups.every((group) => /^[\da-fA-F]{1,4}$/.test(group))) return false;
	return halves.length === 2 ? groups.length < 8 : groups.length === 8;
}
