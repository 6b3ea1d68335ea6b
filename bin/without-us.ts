import type { EngineName } from '../sandbox/engine';

/** A command of `sandbox` for the same account and engine, for somebody to go on with: `scaleprint sandbox down shop-launch-alice`. */
export const commandTo = (words: string, engine: EngineName, profile: string | undefined): string =>
  ['scaleprint sandbox', words, ...(engine === 'pulumi' ? ['--engine pulumi'] : []), ...(profile ? [`--profile ${profile}`] : [])].join(
    ' ',
  );

/**
 * What of a deletion goes on without us, by the stacks that are at work, and how to look after it. Of Pulumi it is single resources.
 * @param again the command's words
 * @param rest what becomes of that whose turn has not come
 */
export const deletionWithoutUs =
  (again: string, rest: string, engine: EngineName, profile: string | undefined) =>
  (busy: readonly string[]): string => {
    const stacks = engine === 'cloudformation' && busy.length > 0;
    const goesOn = stacks ? `AWS goes on deleting ${busy.join(', ')}` : 'AWS ends what it was told to delete';
    const [look, on] = ['list', again].map((words) => `\`${commandTo(words, engine, profile)}\``);
    return `${goesOn}, and nothing else; ${rest}. ${look} shows it, ${on} goes on.`;
  };
