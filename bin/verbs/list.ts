import { allSystems, loadSystem } from '../../systems';
import { heading, print, printJson, printTable } from '../print';
import type { Verb } from '../run-verb';

/** Systems, their stages and what each stage's source states. */
export const list: Verb = ([id], { json }) => {
  const systems = (id ? [loadSystem(id as string)] : allSystems()).map((s) => ({
    id: s.id,
    aliases: s.aliases,
    title: s.title,
    sources: s.sources,
    stages: Object.entries(s.stages).map(([name, { title, figures }]) => ({ name, title, figures })),
  }));
  if (json) {
    printJson(systems);
    return 0;
  }
  for (const s of systems) {
    heading(`${s.id}  ${s.title}`);
    if (s.aliases.length) print(`also known as ${s.aliases.join(', ')}`);
    print(`case studies: ${s.sources.map(({ seed, row }) => `${seed} row ${row}`).join(', ')}`);
    printTable(
      ['stage', 'title'],
      s.stages.map(({ name, title }) => [name, title]),
    );
  }
  return 0;
};
