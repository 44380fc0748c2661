const credentialWord = /token|pass|secret|key|credential|auth/i;
export const mask = '••••';

/** Whether a key of that name is likely to hold a credential. */
export const isCredential = (key: string): boolean => credentialWord.test(key);

/** The value as it may be shown beside `key`. */
export const maskValue = (key: string, value: string): string => (isCredential(key) ? mask : value);

/** Hides what stands behind a credential's name in a text such as a command: `--token=…`, `PASSWORD=…`. */
export const maskText = (text: string): string =>
	text.replaceAll(
		/([\w.-]*(?:token|pass|secret|key|credential|auth)[\w.-]*[=:]\s*|--?[\w-]*(?:token|pass|secret|key)[\w-]*[ ,]+)[^\s,]+/gi,
		`$1${mask}`,
	);

/** Hides the password of each `scheme://user:password@host`. */
export const maskUrls = (text: string): string => text.replaceAll(/(:\/\/[^\s/:@]*:)[^\s/@]+(?=@)/g, `$1${mask}`);
