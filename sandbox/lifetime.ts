import { InputError } from '../plan/input-error';
import { ENDING_MINUTES } from '../stacks/sandbox';

const SECONDS = { m: 60, h: 3600, d: 86_400 } as const;
/** Assumed: bringing a database up takes about that long, so less would end before it has begun. */
const LEAST = 15 * SECONDS.m;
/** Assumed: what has to stay longer is an environment, with protection and backups; see `synth --environment`. */
const MOST = 14 * SECONDS.d;

/** Of a sandbox whose owner does not say, in seconds. */
const USUAL = 4 * SECONDS.h;

/** Seconds of `30m`, `4h` or `2d`. @throws {InputError} on anything else, or below 15 minutes or above 14 days */
export function lifetimeOf(text: string): number {
  const [, number, unit] = /^(\d+(?:\.\d+)?)([mhd])$/.exec(text) ?? [];
  if (!unit) throw new InputError(`--ttl is "${text}"; it takes minutes, hours or days, such as 30m, 4h or 2d`);
  const seconds = Number(number) * SECONDS[unit as keyof typeof SECONDS];
  if (seconds < LEAST) throw new InputError(`--ttl is ${text}; it takes at least 15m, because bringing a database up takes as long`);
  if (seconds > MOST)
    throw new InputError(
      `--ttl is ${text}; it takes at most 14d, because a sandbox keeps no backups; \`scaleprint synth\` writes what has to stay`,
    );
  return seconds;
}

/**
 * When a sandbox that is brought up now ends, and how many hours of it are to be paid from its first to its last, its deletion included. The last
 * counts whole: NAT gateways, balancers and endpoints are billed by the begun hour (https://aws.amazon.com/vpc/pricing/,
 * https://aws.amazon.com/elasticloadbalancing/pricing/, https://aws.amazon.com/privatelink/pricing/, from memory).
 * @param lifetime seconds from now. @default as long as it already has; a new one, or one with less than 15 minutes left, 4 hours
 * @param existing the sandbox as it is. @default it is new
 */
export function termOf(
  lifetime: number | undefined,
  existing: { created: Date; expires?: Date } | undefined,
  now: Date,
): { expires: Date; hours: number } {
  const secondsUntil = (end: Date) => (end.getTime() - now.getTime()) / 1000;
  const end = existing?.expires;
  const keeps = lifetime === undefined && end && secondsUntil(end) >= LEAST;
  // Tags and schedules know no fractions of a second.
  const seconds = Math.floor(now.getTime() / 1000) + (lifetime ?? USUAL);
  const expires = keeps ? end : new Date(seconds * 1000);
  const since = existing?.created ?? now;
  const paid = (expires.getTime() - since.getTime()) / 1000 + ENDING_MINUTES * SECONDS.m;
  return { expires, hours: Math.ceil(paid / SECONDS.h) };
}

/** `45 min`, `3 h 20 min`, `2 d 4 h`: of a duration in seconds, to the minute. */
export function inWords(seconds: number): string {
  const minutes = Math.round(Math.max(0, seconds) / SECONDS.m);
  const [d, h, m] = [Math.floor(minutes / 1440), Math.floor(minutes / 60) % 24, minutes % 60];
  const words = [d && `${d} d`, h && `${h} h`, d === 0 && m && `${m} min`].filter(Boolean);
  return words.join(' ') || '0 min';
}
