import { unresolvedIn } from '../../../k8s/cell';
import { controllersOf } from '../../../k8s/controllers';
import { manifestsOf } from '../../../k8s/manifests';
import type { Plan } from '../../../plan/plan';
import type { Account } from '../../../sandbox/account';
import type { Outputs } from '../../../sandbox/engine';

export const account: Account = {
  id: '123456789012',
  region: 'us-east-1',
  principalArn: 'arn:aws:iam::123456789012:role/developer',
  caller: 'alice',
  credentials: async () => ({ accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'secret', sessionToken: 'a+b/c==' }),
};

/** A value for every output that the files of a plan refer to. */
export function madeUpOutputs(plan: Plan): Outputs {
  const outputs: Outputs = {};
  for (const { text } of [...manifestsOf(plan), ...controllersOf(plan)])
    for (const name of unresolvedIn(text)) {
      const [stack, output] = name.split('.') as [string, string];
      (outputs[stack] ??= {})[output] = `value-of-${output}`;
    }
  return outputs;
}
