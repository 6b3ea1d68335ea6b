/** Outputs of the stacks deployed so far, by region and stack name. */
export class StackOutputs {
  private readonly byStack = new Map<string, Readonly<Record<string, string>>>();

  add(region: string, stack: string, outputs: Readonly<Record<string, string>>): void {
    this.byStack.set(`${region}/${stack}`, outputs);
  }

  /** @throws {Error} when the stack is not deployed or has no such output */
  get(region: string, stack: string, output: string): string {
    const outputs = this.byStack.get(`${region}/${stack}`);
    if (!outputs) throw new Error(`stack ${stack} in ${region} is not deployed, but its output ${output} is referred to`);
    const value = outputs[output];
    if (value === undefined)
      throw new Error(`stack ${stack} in ${region} has no output ${output}; it has ${Object.keys(outputs).join(', ') || 'none'}`);
    return value;
  }
}

/**
 * Replaces every weak reference (`Fn::GetStackOutput`) of a template by the output's value; emulators do not know the function.
 * @param region the region of the stack itself, where a reference without a region looks
 * @throws {Error} when a reference is malformed or leads nowhere
 */
export function resolveStackOutputs<T>(value: T, region: string, outputs: StackOutputs): T {
  const resolve = (node: unknown): unknown => {
    if (Array.isArray(node)) return node.map(resolve);
    if (typeof node !== 'object' || node === null) return node;
    if (!('Fn::GetStackOutput' in node)) return Object.fromEntries(Object.entries(node).map(([key, child]) => [key, resolve(child)]));
    const { StackName, OutputName, Region = region, ...rest } = (node['Fn::GetStackOutput'] ?? {}) as Record<string, unknown>;
    const others = [...Object.keys(node).filter((key) => key !== 'Fn::GetStackOutput'), ...Object.keys(rest)];
    if (typeof StackName !== 'string' || typeof OutputName !== 'string' || typeof Region !== 'string' || others.length > 0)
      throw new Error(`cannot resolve ${JSON.stringify(node)}: it takes StackName, OutputName and Region as text, and nothing else`);
    return outputs.get(Region, StackName, OutputName);
  };
  return resolve(value) as T;
}
