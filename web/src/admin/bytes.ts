// Sizes as people read them.
import type { Format } from "../messages/index.ts";

const UNITS = ["B", "kB", "MB", "GB", "TB"];

/** «3,4 MB»: at most three digits, in thousands as disks are sold. */
export function inBytes(bytes: number, format: Format): string {
  const step = Math.min(UNITS.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(1, bytes)) / 3)));
  const value = bytes / 1000 ** step;
  const rounded = value < 10 && step > 0 ? Math.round(value * 10) / 10 : Math.round(value);
  return `${format.number(rounded)} ${UNITS[step]}`;
}
