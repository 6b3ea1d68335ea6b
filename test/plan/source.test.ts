import { assumed, derived, docs, remembered, seed } from '../../plan/source';

test('a case study is cited by row and chapter', () => {
  expect(seed('000', 1, 'ch11')).toMatchObject({ title: 'case study 000, row 1, ch11', confidence: 'stated' });
  expect(seed('003', 2).title).toBe('case study 003, row 2');
});

test('documentation keeps its title, date and page', () => {
  const source = { title: 'AWS docs, NLB quotas', date: '2026-11-22', confidence: 'stated' };
  expect(docs('AWS docs, NLB quotas', '2026-11-22')).toEqual(source);
  expect(docs('AWS docs, NLB quotas', '2026-11-22', 'https://aws')).toEqual({ ...source, url: 'https://aws' });
});

test('arithmetic is no longer stated, and tells how', () => {
  expect(derived(docs('AWS docs', '2026-01-02'), '3000 by 20')).toEqual({
    title: 'AWS docs (3000 by 20)',
    date: '2026-01-02',
    confidence: 'derived',
  });
});

test('a guess says so, and so does what nobody looked up', () => {
  expect(remembered('a cold start takes a second').confidence).toBe('remembered');
  expect(assumed('half at night').confidence).toBe('assumed');
});
