import { InputError } from './input-error';
import type { Plan } from './plan';

/** Stack names, cluster names and what AWS makes of them stay below its limits. */
const MOST_CHARACTERS = 40;

/**
 * The plan under a name of its own: for one of several copies of a stage, or for an environment that keeps its name, and so its stacks
 * and data, while it grows from stage to stage.
 * @throws {InputError} on a name that stacks and clusters cannot have
 */
export function inEnvironment(plan: Plan, environment: string): Plan {
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(environment) || environment.length > MOST_CHARACTERS)
    throw new InputError(
      `environment "${environment}"; it takes lower-case letters, digits and single dashes, at most ${MOST_CHARACTERS}, such as production`,
    );
  return { ...plan, environment };
}
