/**
 * How a burstable machine of a sandbox pays for its processor: `standard` slows down to its baseline when its credits are spent. Otherwise T3 and
 * T4g go on and bill what they take beyond it, which is in no price told beforehand. They start without credits (from memory).
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/burstable-performance-instances-how-to.html (2026-11-22)
 *
 * @param types of which the machine is one
 * @returns nothing, which leaves it to EC2, where the machine is no sandbox's or may not be burstable: EC2 refuses the choice for other types
 */
export const creditsOf = (disposable: boolean | undefined, types: readonly string[]): { cpuCredits: 'standard' } | undefined =>
  disposable && types.every((type) => /^t\d/.test(type)) ? { cpuCredits: 'standard' } : undefined;
