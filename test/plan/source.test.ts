import { assumed, derived, docs, seed } from '../../plan/source';

test('a case study is cited by row and chapter', () => {
  expect(seed('000', 1, 'ch11')).toMatchObject({ title: 'case study 000, row 1, ch11', confidence: 'stated' });
  expect(seed('003', 2).title).toBe('case study 003, row 2');
});

test('documentation keeps its title and date', () => {
  expect(docs('AWS docs, NLB quotas', '2026-11-22')).toEqual({ title: 'AWS docs, NLB quotas', date: '2026-11-22', confidence: 'stated' });
});

test('arithmetic is no longer stated, and tells how', () => {
  expect(derived(docs('AWS docs', '2026-01-02'), '3000 by 20')).toEqual({
    title: 'AWS docs (3000 by 20)',
    date: '2026-01-02',
    confidence: 'derived',
  });
});

test('a guess says so', () => {
  expect(assumed('half at night').confidence).toBe('assumed');
});
