import { existsSync, readFileSync, statSync } from 'node:fs';
import { setImmediate as turn } from 'node:timers/promises';
import { parse } from 'yaml';
import { withKubeconfig } from '../../../sandbox/apps/kubeconfig';
import { account } from './made-up';

const access = { name: 'shop', region: 'us-east-1', endpoint: 'https://shop.example', authority: 'Y2VydGlmaWNhdGU=' };
const tokenFileOf = (kubeconfig: string): string => parse(readFileSync(kubeconfig, 'utf8')).users[0].user.tokenFile;

test('nobody else can read it, and it goes when it is no longer needed', async () => {
  const [config, token] = await withKubeconfig(access, account, async (file) => {
    for (const secret of [file, tokenFileOf(file)]) expect(statSync(secret).mode & 0o077).toBe(0);
    expect(parse(readFileSync(file, 'utf8')).contexts).toEqual([{ name: 'shop', context: { cluster: 'shop', user: 'shop' } }]);
    return [file, tokenFileOf(file)];
  });
  expect([config, token].map(existsSync)).toEqual([false, false]);
});

test('goes also where its use fails', async () => {
  let file = '';
  const failing = withKubeconfig(access, account, async (given) => {
    file = given;
    throw new Error('no');
  });
  await expect(failing).rejects.toThrow('no');
  expect(existsSync(file)).toBe(false);
});

test('its token is renewed before the cluster stops taking it', async () => {
  jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'setTimeout', 'queueMicrotask'] });
  try {
    await withKubeconfig(access, account, async (file) => {
      const token = () => readFileSync(tokenFileOf(file), 'utf8');
      const first = token();
      jest.advanceTimersByTime(10 * 60_000);
      for (let i = 0; i < 1000 && token() === first; i++) await turn();
      expect(token()).toMatch(/^k8s-aws-v1\./);
      expect(token()).not.toBe(first);
    });
  } finally {
    jest.useRealTimers();
  }
});
