// The rooms and what each may not know; see docs/architecture.md. Nothing upstream imports downstream.
const forbid = (name, from, to, comment) => ({ name, comment, severity: 'error', from: { path: from }, to: { path: to } });
/** Words of the vocabulary may be used where its rules may not. */
const forbidCode = (name, from, to, comment) => ({
  ...forbid(name, from, to, comment),
  to: { path: to, dependencyTypesNot: ['type-only'] },
});

module.exports = {
  forbidden: [
    forbid(
      'systems-know-only-the-plan',
      '^systems/',
      '^(constructs|stacks|k8s|cost|pipeline|sandbox|bin)/|node_modules/(aws-cdk-lib|cdk8s)',
      'a system reads like its design',
    ),
    forbid(
      'plan-is-pure',
      '^plan/',
      '^(systems|constructs|stacks|k8s|cost|pipeline|sandbox|bin)/|node_modules/(aws-cdk-lib|cdk8s|constructs)',
      'ten thousand plans draw a curve',
    ),
    forbid('constructs-stand-alone', '^constructs/', '^(systems|stacks|k8s|pipeline|sandbox|bin)/', 'any CDK app can use them'),
    forbidCode('constructs-do-not-plan', '^constructs/', '^plan/', 'any CDK app can use them'),
    forbid('constructs-write-usage-only', '^constructs/', '^cost/(?!usage)', 'the usage contract is all they share with the estimator'),
    forbid('stacks-come-from-the-plan', '^stacks/', '^(systems|k8s|pipeline|sandbox|bin)/', 'the plan is all they are told'),
    forbidCode('stacks-do-not-size', '^stacks/', '^plan/sizing/', 'sizes come from the plan'),
    forbid(
      'k8s-knows-no-stacks',
      '^k8s/',
      '^(systems|constructs|stacks|cost|pipeline|sandbox|bin)/|node_modules/aws-cdk-lib',
      'manifests come from the plan',
    ),
    forbid(
      'cost-prices-what-is-there',
      '^cost/',
      '^(systems|plan|constructs|stacks|k8s|pipeline|sandbox|bin)/|node_modules/(aws-cdk-lib|cdk8s)',
      'it prices any template',
    ),
    forbid('pipeline-knows-no-account', '^pipeline/', '^(sandbox|bin)/|node_modules/@aws-sdk', 'it writes folders'),
    forbid('sandbox-is-not-the-command-line', '^sandbox/', '^(systems|bin)/', 'it is given a plan'),
    { name: 'no-circles', severity: 'error', from: {}, to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } } },
  ],
  options: { doNotFollow: { path: 'node_modules' }, tsPreCompilationDeps: true, tsConfig: { fileName: 'tsconfig.json' } },
};
