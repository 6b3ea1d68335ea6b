import { monthly, perMillion } from '../charges';
import type { Meter, PriceKey } from '../meter';
import { listAt, numberAt } from '../property';

const lambda = (dimension: string, spec?: string): PriceKey => ({ service: 'Lambda', dimension, spec });

/** AWS Lambda functions: requests, and GB-seconds of their memory size. https://aws.amazon.com/lambda/pricing/ */
export const lambdaMeters: Meter[] = [
  {
    type: 'AWS::Lambda::Function',
    needs: ['invocationsPerMonth', 'averageMilliseconds'],
    charges(code, { invocationsPerMonth = 0, averageMilliseconds = 0 }) {
      const megabytes = numberAt(code, 'MemorySize', 128);
      const processor = listAt(code, 'Architectures')[0] === 'arm64' ? 'arm64' : 'x86';
      const gbSeconds = invocationsPerMonth * (averageMilliseconds / 1000) * (megabytes / 1024);
      const formula = `${invocationsPerMonth.toLocaleString('en-US')} x ${averageMilliseconds} ms x ${megabytes} MB`;
      return [
        perMillion('requests', invocationsPerMonth, 'invocations', lambda('requests')),
        monthly(`duration, ${processor}`, gbSeconds, formula, lambda('duration', processor), 'GB-second'),
      ];
    },
  },
];
