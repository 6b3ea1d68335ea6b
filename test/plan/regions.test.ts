import type { Region } from '../../plan/blueprint';
import { InputError } from '../../plan/input-error';
import { moveHome, oneRegion, REGIONS } from '../../plan/regions';

const three: Region[] = [
  { name: 'us-east-1', share: 0.5, role: 'active' },
  { name: 'eu-west-1', share: 0.3, role: 'active' },
  { name: 'ap-south-1', share: 0.2, role: 'recovery' },
];
const names = (regions: readonly Region[]) => regions.map((r) => r.name);

test('another home takes the place of the first region', () => {
  expect(names(moveHome(three, 'sa-east-1'))).toEqual(['sa-east-1', 'eu-west-1', 'ap-south-1']);
});

test('a home that was there already swaps places', () => {
  expect(names(moveHome(three, 'ap-south-1'))).toEqual(['ap-south-1', 'eu-west-1', 'us-east-1']);
});

test('the home it has changes nothing', () => {
  expect(moveHome(three, 'us-east-1')).toEqual(three);
});

test.each(REGIONS)('with %s as home no region is there twice, and shares and roles stay in place', (home) => {
  for (const regions of [oneRegion, three]) {
    const moved = moveHome(regions, home);
    expect(moved[0]!.name).toBe(home);
    expect(new Set(names(moved)).size).toBe(regions.length);
    expect(moved.map(({ share, role }) => ({ share, role }))).toEqual(regions.map(({ share, role }) => ({ share, role })));
  }
});

test('an unknown region is a mistake that names the nearest', () => {
  expect(() => moveHome(three, 'eu-west-9')).toThrow(InputError);
  expect(() => moveHome(three, 'eu-west-9')).toThrow('unknown region "eu-west-9"; did you mean "eu-west-1"?');
});
