import { loadOn } from '../flow';
import { unsized } from '../part';
import type { Part } from '../sizing';
import { assumed, docs, type Source } from '../source';
import { steady } from '../units';

export const UNUSED = assumed('nobody uses a sandbox but to look at it');
export const NOTHING = steady(0);

/** A part that nothing reaches. What is billed by use then has no size to choose. */
export const idle = <P extends Part>(part: P): P => ({
  ...part,
  load: loadOn(part.id, []),
  cellsNeeded: 1,
  reason: 'In a sandbox, where nobody uses it.',
  ...unsized(UNUSED),
});

/** The smallest size of a part, as AWS sells it. */
export interface SmallestSize {
  size: string;
  source: Source;
}

/** @param page below docs.aws.amazon.com, where it was seen on 2026-11-22 */
export const documented = (size: string, title: string, page: string): SmallestSize => ({
  size,
  source: docs(`AWS docs, ${title}`, '2026-11-22', `https://docs.aws.amazon.com/${page}`),
});

/** A part that nothing reaches, in one piece of the smallest size there is, which is down with its zone. */
export const one = <P extends Part>(part: P, { size, source }: SmallestSize): P => ({
  ...idle(part),
  size,
  reason: `The smallest there is, for a sandbox: one ${size}.`,
  source,
  utilisationZoneLost: null,
});
