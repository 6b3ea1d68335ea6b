import { DAY } from './units';

/** How often each field of a cron expression can fire, and where its values start. */
const FIELDS = [
  { name: 'minute', from: 0, to: 59 },
  { name: 'hour', from: 0, to: 23 },
  { name: 'day of the month', from: 1, to: 31 },
  { name: 'month', from: 1, to: 12 },
  { name: 'day of the week', from: 0, to: 6 },
] as const;
/** Days of the week as EventBridge Scheduler names them; Kubernetes counts them from Sunday, 0. */
const WEEKDAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

/**
 * Firings a second of a cron expression of five fields, over a year.
 * @throws {Error} on anything but numbers, `*`, lists, ranges and steps: a defect of the system file
 */
export function firingsPerSecond(cron: string): number {
  const [minutes, hours, days, months, weekdays] = fieldsOf(cron).map((field, i) => firing(field, FIELDS[i]!).length);
  return (minutes! * hours! * (days! / 31) * (months! / 12) * (weekdays! / 7)) / DAY;
}

/**
 * The same as EventBridge Scheduler writes it, which takes a day of the month or of the week, not both.
 * @throws {Error} on both, or what {@link firingsPerSecond} refuses: a defect of the system file
 */
export function schedulerExpression(cron: string): string {
  const [minute, hour, day, month, weekday] = fieldsOf(cron) as [string, string, string, string, string];
  if (day !== '*' && weekday !== '*') throw new Error(`schedule "${cron}" names days of the month and of the week; take one of them`);
  const days = firing(weekday, FIELDS[4]);
  const named = days.map((n) => WEEKDAYS[n]).join(',');
  return weekday === '*' ? `cron(${minute} ${hour} ${day} ${month} ? *)` : `cron(${minute} ${hour} ? ${month} ${named} *)`;
}

function fieldsOf(cron: string): string[] {
  const fields = cron.split(' ');
  if (fields.length !== FIELDS.length) throw new Error(`schedule "${cron}" has ${fields.length} fields; a cron expression has 5`);
  return fields;
}

/** Values at which a field fires. */
function firing(field: string, { name, from, to }: (typeof FIELDS)[number]): number[] {
  const fires = new Set<number>();
  for (const part of field.split(',')) {
    const [, low, high, step] = /^(?:\*|(\d+)(?:-(\d+))?)(?:\/(\d+))?$/.exec(part) ?? [];
    const [first, last] = low === undefined ? [from, to] : [Number(low), Number(high ?? (step ? to : low))];
    if (!/^[\d*]/.test(part) || first < from || last > to || first > last || step === '0')
      throw new Error(`"${part}" is no ${name} of a schedule; it takes ${from} to ${to}, *, lists, ranges and steps`);
    for (let value = first; value <= last; value += Number(step ?? 1)) fires.add(value);
  }
  return [...fires].sort((a, b) => a - b);
}
