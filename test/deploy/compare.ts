/** A value that is not what the template says. */
export interface Difference {
  /** Where, without positions in lists: `LaunchTemplateData.BlockDeviceMappings.Ebs.VolumeSize`. */
  path: string;
  text: string;
}

/** What of a template's value is not found; what is found beside it are a service's defaults. */
export function differences(wanted: unknown, found: unknown, path: string): Difference[] {
  if (wanted === undefined || isEmptyList(wanted))
    return isEmptyList(found ?? []) || wanted === undefined ? [] : [difference(wanted, found, path)];
  if (found === undefined || found === null) return [difference(wanted, found, path)];
  // Only the service can know it, and does.
  if (typeof wanted === 'symbol') return [];
  if (Array.isArray(wanted)) {
    if (!Array.isArray(found)) return [difference(wanted, found, path)];
    return wanted.every(isPair) ? differencesOfPairs(wanted, found as Pair[], path) : differencesOfLists(wanted, found as unknown[], path);
  }
  if (typeof wanted === 'object' && wanted !== null) {
    if (typeof found !== 'object') return [difference(wanted, found, path)];
    return Object.entries(wanted).flatMap(([key, value]) => differences(value, (found as Record<string, unknown>)[key], `${path}.${key}`));
  }
  const same = found instanceof Date ? found.getTime() === Date.parse(String(wanted)) : isSame(String(wanted), String(found));
  return same ? [] : [difference(wanted, found, path)];
}

/** A resource that stands alone in its stack, as Cloud Control makes them, is called R there, and so is what stands for one that is left out. */
const ALONE = /:::placeholder-R\b[\w-]*/g;
const PLACEHOLDER = /:::placeholder-[\w-]+/g;

function isSame(wanted: string, found: string): boolean {
  const named = found.replace(ALONE, ':::placeholder');
  return named === found
    ? wanted === found
    : wanted.replace(PLACEHOLDER, ':::placeholder') === named.replace(PLACEHOLDER, ':::placeholder');
}

interface Pair {
  Key: string;
  Value: unknown;
}

const isPair = (node: unknown): node is Pair => typeof node === 'object' && node !== null && 'Key' in node && 'Value' in node;

/** Tags and attributes: services add some of their own. */
function differencesOfPairs(wanted: Pair[], found: Pair[], path: string): Difference[] {
  const values = new Map(found.map(({ Key, Value }) => [Key, Value]));
  return wanted.flatMap(({ Key, Value }) => differences(Value, values.get(Key), path).map((d) => ({ ...d, text: `${Key} in ${d.text}` })));
}

/** Lists hold the same number of values; in which order is the service's matter, so each is held against the one most like it. */
function differencesOfLists(wanted: unknown[], found: unknown[], path: string): Difference[] {
  if (wanted.length !== found.length) return [difference(wanted, found, path)];
  const left = [...found];
  return wanted.flatMap((value) => {
    const tried = left.map((candidate) => differences(value, candidate, path));
    const best = tried.reduce((least, { length }, i) => (length < tried[least]!.length ? i : least), 0);
    left.splice(best, 1);
    return tried[best]!;
  });
}

const isEmptyList = (node: unknown): boolean => Array.isArray(node) && node.length === 0;

const difference = (wanted: unknown, found: unknown, path: string): Difference => ({
  path,
  text: `${path} is ${shown(found)}, its template says ${shown(wanted)}`,
});

const shown = (value: unknown): string => {
  const text = JSON.stringify(value, (_, node: unknown) => (typeof node === 'symbol' ? '?' : node)) ?? 'nothing';
  return text.length > 300 ? `${text.slice(0, 300)}...` : text;
};
