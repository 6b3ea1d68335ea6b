import { cellLabel, entriesOf, nameBelow } from '../../stacks/entries';
import { tinyPlan } from './tiny-shop';

const namesOf = (stage: string) => Object.fromEntries(entriesOf(tinyPlan(stage).deployments[0]!).map(({ id, labels }) => [id, labels]));

test('the domain leads to the edge that answers requests, other entries and origins lie below it', () => {
  expect(namesOf('zones')).toEqual({ cdn: [''], front: ['front-origin'], lines: ['lines'] });
});

test('the domain leads to the machine where the edge only serves files', () => {
  expect(namesOf('box')).toEqual({ cdn: ['cdn'], box: [''] });
});

test('nothing the outside does not reach is an entry', () => {
  const deployment = tinyPlan('zones').deployments[0]!;
  const closed = { ...deployment, flows: deployment.flows.filter(({ to, from }) => from !== 'clients' || to !== 'lines') };
  expect(entriesOf(closed).map(({ id }) => id)).toEqual(['cdn', 'front']);
  expect(entriesOf({ ...deployment, flows: [] })).toEqual([]);
});

test('a name below a domain', () => {
  expect([nameBelow('shop.example.com', ''), nameBelow('shop.example.com', 'cdn')]).toEqual(['shop.example.com', 'cdn.shop.example.com']);
});

test('a cell has its region in its name', () => {
  expect([cellLabel('api', 'us-east-1', 3), cellLabel('', 'us-east-1', 3)]).toEqual(['api-us-east-1-cell3', 'us-east-1-cell3']);
});
