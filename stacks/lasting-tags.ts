import type { Stack } from 'aws-cdk-lib';
import { TAGS } from './sandbox';

/** Tags for what machines start from: a sandbox's end moves, and each time it did they would all be replaced. */
export const lastingTags = (stack: Stack): Record<string, string> =>
  Object.fromEntries(Object.entries(stack.tags.tagValues()).filter(([key]) => key !== TAGS.expires));
