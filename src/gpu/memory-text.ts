const gib = 1024 ** 3;

/** Memory of GPUs is told in one unit wherever it is told, so that numbers can be compared: `79.6 GiB`. */
export const memoryText = (bytes: number): string => `${inGib(bytes)} GiB`;

/** `2.0 / 79.6 GiB` */
export const memoryOfText = (used: number, total: number): string => `${inGib(used)} / ${memoryText(total)}`;

const inGib = (bytes: number): string => (bytes / gib).toFixed(1);
