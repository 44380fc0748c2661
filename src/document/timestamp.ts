const date = String.raw`(\d{4})-(\d{1,2})-(\d{1,2})`;
const time = String.raw`(\d{1,2}):(\d{1,2}):(\d{1,2})(?:[.,](\d+))?`;
const form = new RegExp(`^${date}(?:(?:[Tt]${time}(?:Z|([-+])(\\d\\d):(\\d\\d))| +${time}))?$`);

/**
 * The moment that an unquoted word of YAML names, as docker compose's JSON writes it; undefined where it names none. A
 * day or an hour that there is not makes the word text.
 */
export function timestampOf(text: string): string | undefined {
	const groups = form.exec(text);
	if (groups === null) return undefined;
	const [year, month, day] = groups.slice(1, 4).map(Number);
	const [hour = '0', minute = '0', second = '0', fraction = ''] =
		groups[4] === undefined ? groups.slice(11) : groups.slice(4);
	if (!isDay(year ?? 0, month ?? 0, day ?? 0)) return undefined;
	if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return undefined;
	const zone = zoneOf(groups[8], groups[9], groups[10]);
	if (zone === undefined) return undefined;
	const days = [String(year).padStart(4, '0'), twoDigits(month), twoDigits(day)].join('-');
	const times = [hour, minute, second].map(twoDigits).join(':');
	const part = fraction.slice(0, nanoseconds).replace(/0+$/, '');
	return `${days}T${times}${part === '' ? '' : `.${part}`}${zone}`;
}

const nanoseconds = 9;

const isDay = (year: number, month: number, day: number): boolean =>
	month >= 1 && month <= 12 && day >= 1 && day <= new Date(Date.UTC(2000 + (year % 400), month, 0)).getUTCDate();

function zoneOf(sign: string | undefined, hours = '', minutes = ''): string | undefined {
	if (sign === undefined) return 'Z';
	if (Number(hours) > 23 || Number(minutes) > 59) return undefined;
	return hours === '00' && minutes === '00' ? 'Z' : `${sign}${hours}:${minutes}`;
}

const twoDigits = (amount: number | string | undefined): string => String(amount ?? 0).padStart(2, '0');
