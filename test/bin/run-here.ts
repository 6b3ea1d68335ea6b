import type { Options, Verb } from '../../bin/run-verb';

/** What STS tells of alice, who calls. */
export const IDENTITY =
  '<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>arn:aws:iam::123456789012:user/alice</Arn><Account>123456789012</Account></GetCallerIdentityResult></GetCallerIdentityResponse>';

/** Runs a verb in this process, where it reaches a server of the test's own. */
export async function runHere(verb: Verb, args: string[], options: Options) {
  const written = { stdout: '', stderr: '' };
  const spies = (['stdout', 'stderr'] as const).map((stream) =>
    jest.spyOn(process[stream], 'write').mockImplementation((text) => {
      written[stream] += text.toString();
      return true;
    }),
  );
  try {
    return { code: await verb(args, { engine: 'cloudformation', json: true, ...options }), ...written };
  } finally {
    spies.forEach((spy) => spy.mockRestore());
  }
}
