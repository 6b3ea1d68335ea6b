import { isStackName } from '../stacks/stack-name';
import type { TaggedStack } from './cloudformation';
import { TAGS } from './sandbox';

/**
 * Whether a stack is one that CloudFormation was given for a sandbox, by its tags and its name: tags alone get onto others, as by a copied template
 * or a tag editor, and what is the sandbox's is deleted.
 */
export const isStackOf = (sandbox: string, region: string, { stack, tags }: TaggedStack): boolean =>
  tags[TAGS.sandbox] === sandbox && isStackName(stack.StackName!, sandbox, region, tags[TAGS.room] ?? '', Number(tags[TAGS.cell] ?? 1));
