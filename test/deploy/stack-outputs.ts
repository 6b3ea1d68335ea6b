/** Tells the value of a deployed stack's output. @throws {Error} when there is none */
export type OutputOf = (region: string, stack: string, output: string) => Promise<string>;

/**
 * Replaces the weak references (`Fn::GetStackOutput`) of a template to stacks of other regions by the outputs' values: the emulator knows the
 * function and looks in the stack's own region only.
 * @param region the region of the stack itself, where a reference without a region looks
 * @throws {Error} when a reference is malformed or leads nowhere
 */
export async function resolveForeignOutputs<T>(value: T, region: string, outputOf: OutputOf): Promise<T> {
  const resolve = async (node: unknown): Promise<unknown> => {
    if (Array.isArray(node)) return Promise.all(node.map(resolve));
    if (typeof node !== 'object' || node === null) return node;
    if ('Fn::GetStackOutput' in node) {
      const { StackName, OutputName, Region = region, ...rest } = (node['Fn::GetStackOutput'] ?? {}) as Record<string, unknown>;
      const others = [...Object.keys(node).filter((key) => key !== 'Fn::GetStackOutput'), ...Object.keys(rest)];
      if (typeof StackName !== 'string' || typeof OutputName !== 'string' || typeof Region !== 'string' || others.length > 0)
        throw new Error(`cannot resolve ${JSON.stringify(node)}: it takes StackName, OutputName and Region as text, and nothing else`);
      return Region === region ? node : outputOf(Region, StackName, OutputName);
    }
    const entries = Object.entries(node).map(async ([key, child]) => [key, await resolve(child)] as const);
    return Object.fromEntries(await Promise.all(entries));
  };
  return (await resolve(value)) as T;
}
