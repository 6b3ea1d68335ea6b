import { manifestsOf } from '../../k8s/manifests';
import { InputError } from '../../plan/input-error';
import { inEnvironment } from '../../plan/environment';
import { plan } from '../../plan/plan';
import { loadSystem } from '../../systems';

const growth = plan(loadSystem('marketplace'), 'growth');

test('an environment changes the name and nothing of the plan', () => {
  expect(growth.environment).toBe('growth');
  expect(inEnvironment(growth, 'production')).toEqual({ ...growth, environment: 'production' });
});

test('what manifests are told of stacks goes by the environment', () => {
  const text = manifestsOf(inEnvironment(growth, 'production'))
    .map((manifest) => manifest.text)
    .join('\n');
  expect(text).toContain('stack-output:marketplace-production-us-east-1-data.');
  expect(text).toContain('app.kubernetes.io/instance: marketplace-production');
  expect(text).not.toContain('marketplace-growth');
});

test.each(['', 'Production', 'a_b', '-a', 'a-', 'a--b', '1a', 'a'.repeat(41)])('"%s" is no name', (name) => {
  expect(() => inEnvironment(growth, name)).toThrow(InputError);
});
