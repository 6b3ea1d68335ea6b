import { monthly } from '../charges';
import type { Meter, PriceKey } from '../meter';
import { textAt } from '../property';

const emr = (dimension: string, processor: string): PriceKey => ({
  service: 'EMR',
  dimension: `EMR Serverless ${dimension}`,
  spec: processor,
});

/** EMR Serverless: vCPU-hours and GB-hours of workers while they run; the first 20 GB of a worker's disk are free. https://aws.amazon.com/emr/pricing/ */
export const emrServerlessMeters: Meter<'AWS::EMRServerless::Application'>[] = [
  {
    type: 'AWS::EMRServerless::Application',
    needs: ['vcpuHoursPerMonth', 'gbHoursPerMonth'],
    charges(application, { vcpuHoursPerMonth = 0, gbHoursPerMonth = 0 }) {
      const processor = textAt(application, 'Architecture', 'X86_64') === 'ARM64' ? 'arm64' : 'x86';
      const hours = (figure: number, unit: string) => `${figure.toLocaleString('en-US')} ${unit}`;
      return [
        monthly(
          `workers, vCPU, ${processor}`,
          vcpuHoursPerMonth,
          hours(vcpuHoursPerMonth, 'vCPU-hours'),
          emr('vCPU', processor),
          'vCPU-hour',
        ),
        monthly(`workers, memory, ${processor}`, gbHoursPerMonth, hours(gbHoursPerMonth, 'GB-hours'), emr('memory', processor), 'GB-hour'),
      ];
    },
  },
];
