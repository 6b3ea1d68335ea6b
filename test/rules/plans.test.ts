import type { Part } from '../../plan/sizing';
import { CLIENTS } from '../../plan/part-ref';
import { clusterDimensions } from '../../plan/cluster';
import { endpointsOf } from '../../plan/endpoints';
import { InputError } from '../../plan/input-error';
import { type Deployment, type Plan, plan } from '../../plan/plan';
import { SENDING, type Verb } from '../../plan/flow';
import type { Source } from '../../plan/source';
import type { System } from '../../plan/system';
import { UNITS } from '../../plan/workload';
import { allSystems } from '../../systems';

const ROUNDING = 1 + 1e-6;
const KEBAB_CASE = /^[a-z0-9]+(-[a-z0-9]+)*$/;
const STATEFUL: readonly Part['kind'][] = [
  'cache',
  'relational',
  'keyValue',
  'wideColumn',
  'kafka',
  'rabbitmq',
  'queue',
  'objectStore',
  'search',
];

/** Kinds that hold what one part tells another; caches count, and files may be kept for nobody but the law. */
const ASKED: readonly Part['kind'][] = ['relational', 'keyValue', 'wideColumn', 'kafka', 'rabbitmq', 'queue', 'search'];
const TAKING: readonly Verb[] = ['reads', 'consumes'];

const partitionsOf = (log: Part): number => (log.kind === 'kafka' ? log.topics.reduce((n, { partitions }) => n + partitions, 0) : 0);

const systems = allSystems().map((system) => ({ id: system.id, system }));
const stages = systems.flatMap(({ id, system }) => Object.keys(system.stages).map((stage) => ({ id, stage, system })));

const partsOf = (p: Plan) => p.deployments.flatMap((d) => d.parts);
const isSourced = ({ title, date, confidence }: Source) =>
  title !== '' && /^\d{4}-\d\d-\d\d$/.test(date) && ['stated', 'derived', 'remembered', 'assumed'].includes(confidence);

/** Sizes up to a tenth dearer are taken when they are fewer (plan/choose-size). */
const FEWER_UNITS_MAY_COST = 1.1;

const briefly = (p: Part) => `${p.id}: ${p.reason}`;

const decidedOf = (p: Plan): string => JSON.stringify(p.decisions.map((d) => d.chosen));

function sharedFigures(system: System, stage: string, factor: number): Record<string, number> {
  const stated = Object.entries(system.stages[stage]!.figures as Record<string, number>);
  return Object.fromEntries(
    stated.filter(([name]) => UNITS[system.workload.figures[name]!.unit].shared).map(([name, value]) => [name, value * factor]),
  );
}

/** Cells of each region, and what each tier's nodes have together of one of theirs. */
function machinesOf(p: Plan, of: 'vcpu' | 'memoryBytes'): Record<string, number> {
  return Object.fromEntries(
    p.deployments.flatMap(({ region, cells, nodeGroups }) => [
      [`cells in ${region.name}`, cells],
      ...nodeGroups.map((g) => [`nodes of ${g.tier} in ${region.name}`, cells * g.nodes.peak * g[of]]),
    ]),
  ) as Record<string, number>;
}

/** What all cells together offer of the dimension that binds each part of the smaller plan. */
function capacityOf(p: Plan, smaller: Plan): Record<string, number> {
  const offered = p.deployments.flatMap(({ region, cells, parts }, i) =>
    parts.flatMap(({ id, dimensions }) => {
      const binding = smaller.deployments[i]?.parts.find((part) => part.id === id)?.binding;
      const limit = dimensions.find((d) => d.name === binding && d.demand > 0);
      return limit ? [[`${limit.name} of ${id} in ${region.name}`, (cells * limit.demand) / limit.atPeak] as const] : [];
    }),
  );
  return Object.fromEntries(offered);
}

test('there are systems, each with stages', () => {
  expect(systems.length).toBeGreaterThan(0);
  expect(systems.filter(({ system }) => Object.keys(system.stages).length === 0)).toEqual([]);
});

describe.each(systems)('$id', ({ id, system }) => {
  test('ids of system, aliases and stages are in kebab case', () => {
    expect([id, ...system.aliases, ...Object.keys(system.stages)].filter((name) => !KEBAB_CASE.test(name))).toEqual([]);
  });

  test('every figure says what it counts', () => {
    const figures = Object.entries(system.workload.figures);
    expect(figures.filter(([, f]) => !Object.hasOwn(UNITS, f.unit) || f.description === '').map(([name]) => name)).toEqual([]);
  });

  test('every figure with a value or formula has a source', () => {
    const figures = Object.entries(system.workload.figures);
    expect(figures.filter(([, f]) => f.value !== undefined && !(f.source && isSourced(f.source))).map(([name]) => name)).toEqual([]);
  });

  test('every stage has a title and a source', () => {
    const unsourced = Object.entries(system.stages).filter(([, s]) => s.title === '' || !isSourced(s.source));
    expect(unsourced.map(([name]) => name)).toEqual([]);
  });

  test('stages state only figures that the workload has', () => {
    const known = Object.keys(system.workload.figures);
    const unknown = Object.values(system.stages).flatMap((s) => Object.keys(s.figures).filter((name) => !known.includes(name)));
    expect(unknown).toEqual([]);
  });

  test('the headline names figures of the workload', () => {
    const { users, peak } = system.headline;
    expect(Object.keys(system.workload.figures)).toEqual(expect.arrayContaining([peak, ...(users ? [users] : [])]));
  });

  test('claims are of stages it has, each with an id of its own and a source', () => {
    const ids = system.claims.map((c) => c.id);
    expect(system.claims.filter((c) => !Object.hasOwn(system.stages, c.stage) || !KEBAB_CASE.test(c.id) || !isSourced(c.source))).toEqual(
      [],
    );
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('it names the rows of the case studies it covers', () => {
    expect(system.sources.length).toBeGreaterThan(0);
    expect(system.sources.filter(({ seed, row }) => !/^\d{3}$/.test(seed) || !(row > 0))).toEqual([]);
  });

  test('the stages that grow under one name each are in order of their headline', () => {
    const own = Object.keys(system.stages).filter((name) => !/^seed-\d/.test(name));
    const peaks = own.map((name) => plan(system, name).headline.peak);
    expect(peaks).toEqual([...peaks].sort((a, b) => a - b));
  });
});

/** Growths that could be compared; most stages keep their technology at twice the load. */
const compared: string[] = [];

describe.each(stages)('$id $stage', ({ system, stage }) => {
  const planned = plan(system, stage);
  const parts = partsOf(planned);

  test('no part is above its target at peak', () => {
    expect(parts.filter((p) => !(p.utilisation <= p.target * ROUNDING)).map(briefly)).toEqual([]);
    expect(parts.filter((p) => p.dimensions.some((d) => !(d.atPeak <= p.target * ROUNDING))).map(briefly)).toEqual([]);
  });

  test('with a zone lost no part is above its target', () => {
    const lost = parts.flatMap((p) => p.dimensions.map((d) => ({ part: p.id, target: p.target, name: d.name, zoneLost: d.zoneLost })));
    expect(lost.filter((d) => d.zoneLost !== null && !(d.zoneLost <= d.target * ROUNDING))).toEqual([]);
  });

  test('no part is down with a zone where three zones are paid for, but for copies that wait in a recovery region', () => {
    const waits = (d: Deployment, p: Part) => d.region.role === 'recovery' && p.kind === 'relational' && p.copyOf !== undefined;
    const threefold = planned.deployments.filter((d) => d.zones > 1).flatMap((d) => d.parts.filter((p) => !waits(d, p)));
    expect(threefold.filter((p) => p.utilisationZoneLost === null || p.dimensions.some((d) => d.zoneLost === null)).map(briefly)).toEqual(
      [],
    );
  });

  test('every limit that was used has a source', () => {
    expect(parts.filter((p) => !isSourced(p.source) || p.dimensions.some((d) => !isSourced(d.source))).map(briefly)).toEqual([]);
  });

  test('figures are finite numbers of 0 or more', () => {
    expect(Object.entries(planned.workload).filter(([, value]) => !(Number.isFinite(value) && value >= 0))).toEqual([]);
  });

  test('ids of parts are in kebab case', () => {
    expect(parts.map((p) => p.id).filter((id) => !KEBAB_CASE.test(id))).toEqual([]);
  });

  test('flows connect declared parts, or come from clients', () => {
    for (const { parts: own, flows } of planned.deployments) {
      const ids = own.map((p) => p.id);
      expect(flows.filter((f) => !ids.includes(f.to) || !(ids.includes(f.from) || f.from === CLIENTS))).toEqual([]);
    }
  });

  test('rates and bytes are finite, and no average is above its peak', () => {
    const odd = planned.deployments
      .flatMap((d) => d.flows)
      .filter(
        (f) =>
          ![f.rate.average, f.rate.peak, f.sentBytes, f.returnedBytes].every((n) => Number.isFinite(n) && n >= 0) ||
          f.rate.average > f.rate.peak * ROUNDING,
      );
    expect(odd).toEqual([]);
  });

  test('everything that holds state is reached by a flow, but for copies of it in a recovery region', () => {
    for (const { region, parts: own, flows } of planned.deployments) {
      const reached = new Set(flows.map((f) => f.to));
      const idle = own.filter((p) => STATEFUL.includes(p.kind) && !reached.has(p.id));
      if (region.role === 'active') expect(idle.map(briefly)).toEqual([]);
    }
  });

  test('what is asked was told before: databases, indices and brokers are written and read', () => {
    for (const { region, parts: own, flows } of planned.deployments) {
      if (region.role !== 'active') continue;
      const into = (id: string) => new Set(flows.filter((f) => f.to === id).map((f) => f.verb));
      const half = own.filter(({ id, kind }) => {
        const verbs = into(id);
        return ASKED.includes(kind) && !(SENDING.some((verb) => verbs.has(verb)) && TAKING.some((verb) => verbs.has(verb)));
      });
      expect(half.map(briefly)).toEqual([]);
    }
  });

  test('no service has more pods than there are partitions to take from', () => {
    for (const { parts: own, flows } of planned.deployments) {
      const idle = own.filter((p) => {
        const logs = own.filter((log) => flows.some((f) => f.from === p.id && f.to === log.id && f.verb === 'consumes'));
        if (p.kind !== 'service' || !logs.some(({ kind }) => kind === 'kafka') || logs.some(({ kind }) => kind !== 'kafka')) return false;
        return p.pods.peak > logs.reduce((n, log) => n + partitionsOf(log), 0);
      });
      expect(idle.map(briefly)).toEqual([]);
    }
  });

  test('every service is reached by a flow, consumes one, or starts one by itself', () => {
    for (const { parts: own, flows } of planned.deployments) {
      const busy = new Set(flows.flatMap((f) => [f.from, f.to]));
      expect(own.filter((p) => p.kind === 'service' && !busy.has(p.id)).map(briefly)).toEqual([]);
    }
  });

  test('pods grow from the night over the average to the peak', () => {
    const odd = parts.filter((p) => p.kind === 'service' && !(p.pods.min <= p.pods.expected && p.pods.expected <= p.pods.peak));
    expect(odd.map(briefly)).toEqual([]);
  });

  test('the shares of the tables of a wide-column part add up to one', () => {
    const sums = parts.flatMap((p) => (p.kind === 'wideColumn' ? [p.tables.reduce((n, t) => n + t.share, 0)] : []));
    sums.forEach((sum) => expect(sum).toBeCloseTo(1, 3));
  });

  test('regions share the whole load', () => {
    const active = planned.deployments.filter((d) => d.region.role === 'active');
    expect(active.reduce((n, d) => n + d.region.share, 0)).toBeCloseTo(1, 6);
  });

  test('decisions name what was chosen and why, and why not the rest', () => {
    expect(planned.decisions.length).toBeGreaterThan(0);
    expect(planned.decisions.filter((d) => d.about === '' || d.chosen === '' || d.because === '')).toEqual([]);
    expect(planned.decisions.flatMap((d) => d.rejected).filter((r) => r.option === '' || r.because === '')).toEqual([]);
  });

  test('a decision is asked once', () => {
    const asked = planned.decisions.map((d) => d.about);
    expect(asked).toEqual([...new Set(asked)]);
  });

  test('its clusters and subnets hold every node and pod there is at most, with an address each', () => {
    const clusters = planned.deployments.filter((d) => d.platform === 'eks');
    for (const d of clusters) {
      const full = clusterDimensions(d);
      expect(full.map((x) => x.name)).toEqual(expect.arrayContaining(['nodes', 'addresses of private subnets']));
      expect(full.filter((x) => !(x.demand > 0 && x.demand <= x.perUnit && isSourced(x.source)))).toEqual([]);
    }
  });

  test('fleets of a service are alike, and as many as the balancers that route to it', () => {
    for (const { parts: own, flows, zones } of planned.deployments)
      for (const p of own.filter((x) => x.kind === 'service')) {
        if (p.fleets > 1) expect(Object.values(p.pods).filter((pods) => pods % (p.fleets * zones) !== 0)).toEqual([]);
        const balancers = own.filter((x) => x.kind === 'loadBalancer' && flows.some((f) => f.from === x.id && f.to === p.id));
        expect(balancers.filter((x) => x.count !== p.fleets).map(briefly)).toEqual([]);
      }
  });

  test('it comes in cells only with a decision that says why', () => {
    const split = planned.deployments.filter((d) => d.cells > 1);
    expect(planned.decisions.filter((d) => d.about === 'cells')).toHaveLength(split.length > 0 ? 1 : 0);
  });

  test('alarms watch parts that exist', () => {
    for (const { parts: own, alarms } of planned.deployments) {
      const ids = own.map((p) => p.id);
      expect(alarms.filter((a) => !ids.includes(a.part) || !isSourced(a.source) || !(a.threshold > 0))).toEqual([]);
    }
  });

  test('no two endpoints have one name', () => {
    for (const { parts: own } of planned.deployments) {
      const variables = own.flatMap(endpointsOf).map((e) => e.variable);
      expect(variables).toEqual([...new Set(variables)]);
    }
  });

  test('its availability is estimated from entries whose every term has a source', () => {
    const { estimated, promised, entries, notCounted } = planned.availability;
    expect(promised).toBe(planned.workload.availability);
    expect(estimated).toBeGreaterThan(0);
    expect(estimated).toBeLessThan(1);
    expect(entries.length).toBeGreaterThan(0);
    expect(entries.map((e) => e.estimated)).toEqual(entries.map((e) => e.estimated).sort((a, b) => a - b));
    const terms = entries.flatMap((e) => e.path);
    expect(entries.filter((e) => e.path.length === 0 || !e.path.some((t) => t.part === e.weakest))).toEqual([]);
    expect(terms.filter((t) => !isSourced(t.source) || !(t.availability > 0 && t.availability < 1))).toEqual([]);
    const ids = parts.map((p) => p.id);
    const named = [...terms.flatMap((t) => t.services ?? [t.part]), ...notCounted.map((n) => n.part), ...entries.map((e) => e.entry)];
    expect(named.filter((id) => !ids.includes(id))).toEqual([]);
  });

  test('it stays small enough to be read and passed around', () => {
    expect(parts.length).toBeLessThan(200);
    expect(JSON.stringify(planned).length).toBeLessThan(1e6);
  });

  test('it is plain data', () => {
    expect(JSON.parse(JSON.stringify(planned))).toEqual(planned);
  });

  describe.each([2, 10])('%i times the traffic and data', (factor) => {
    const grown = planUnlessTooLarge(system, stage, sharedFigures(system, stage, factor)) ?? planned;
    // Another technology may carry more with fewer units.
    const comparable = decidedOf(grown) === decidedOf(planned);
    if (comparable && grown !== planned) compared.push(`${system.id} ${stage} x ${factor}`);
    const shrunk = (before: Record<string, number>, after: Record<string, number>) =>
      Object.keys(before).filter((what) => comparable && (after[what] ?? Infinity) * FEWER_UNITS_MAY_COST < before[what]!);

    test('never gets fewer cells or smaller fleets of nodes', () => {
      // Memory may be what more pods want first, and a type with more of it has fewer vCPUs.
      const less = (of: 'vcpu' | 'memoryBytes') => shrunk(machinesOf(planned, of), machinesOf(grown, of));
      const memory = less('memoryBytes');
      expect(less('vcpu').filter((what) => memory.includes(what))).toEqual([]);
    });

    test('never gets less of what limited a part', () => {
      expect(shrunk(capacityOf(planned, planned), capacityOf(grown, planned))).toEqual([]);
    });
  });
});

test('no stage comes in cells: what passes a limit is split by itself', () => {
  const split = stages.flatMap(({ id, stage, system }) =>
    plan(system, stage).deployments.some((d) => d.cells > 1) ? [`${id} ${stage}`] : [],
  );
  expect(split).toEqual([]);
});

test('most stages were compared with themselves at more load', () => {
  expect(compared.length).toBeGreaterThan(stages.length / 2);
});

/** The largest stages cannot be ten times as large: they would take more cells than a region may have. */
function planUnlessTooLarge(system: System, stage: string, set: Record<string, number>): Plan | undefined {
  try {
    return plan(system, stage, set);
  } catch (error) {
    if (error instanceof InputError && /more than \d+ cells/.test(error.message)) return undefined;
    throw error;
  }
}
