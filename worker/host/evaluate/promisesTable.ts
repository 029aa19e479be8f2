import { join } from 'node:path'
import { parse } from './options.ts'
import { noticed } from './ownErrors.ts'
import { planOf } from './plan.ts'
import { type Figure, promises } from './promises.ts'
import { resultsOf } from './results.ts'

/** A figure as it came out, with what it should be. */
export interface Kept extends Pick<Figure, 'what' | 'most' | 'least'> {
  about: string
  value: number | null
  isKept: boolean
}

const keptOf = (about: string, { what, most, least }: Omit<Figure, 'of'>, value: number | null): Kept => ({
  ...{ about, what, most, least, value },
  isKept: value !== null && value <= (most ?? 1) && value >= (least ?? 0),
})

/**
 * Tries everything that is promised, one command after another.
 *
 * @param folder where the corpora are
 * @param note told of each command that begins
 */
export async function* tryAll(
  folder: string,
  seed: string,
  note: (line: string) => void,
): AsyncGenerator<Kept> {
  for (const { about, args, figures } of promises) {
    const command = [...args((name) => join(folder, name)), '--seed', seed]
    note(`evaluate -- ${command.join(' ')}`)
    const values = parse(command)
    const results = resultsOf(await planOf(values), { evasion: values.evasion, note: () => {} })
    for (const { of, ...figure } of figures) yield keptOf(about, figure, of(results))
  }
  const errors = { rate: 0.05, verdicts: 500 }
  yield keptOf(
    '5 % errors of its own, 500 verdicts',
    { what: 'noticed', least: 0.8 },
    noticed(errors, Number(seed)),
  )
}

/** What is promised as a table: the figure, its goal, and whether it is reached. */
export function promisesTable(kept: Kept[]): string {
  const number = ({ what }: Pick<Kept, 'what'>, value: number) =>
    what === 'AUC' ? value.toFixed(3) : `${Math.round(1000 * value) / 10} %`
  const rows = kept.map((one, at) => {
    const goal = [
      ...(one.most === undefined ? [] : [`<= ${number(one, one.most)}`]),
      ...(one.least === undefined ? [] : [`>= ${number(one, one.least)}`]),
    ]
    return [
      one.about === kept[at - 1]?.about ? '' : one.about,
      one.what,
      one.value === null ? '–' : number(one, one.value),
      goal.join(' '),
      one.isKept ? '' : 'not reached',
    ]
  })
  const all = [['as sites really run', '', 'now', 'goal', ''], ...rows]
  const widths = all[0]?.map((_, at) => Math.max(...all.map((row) => row[at]?.length ?? 0))) ?? []
  return all
    .map((row) =>
      row
        .map((cell, at) => (at === 2 ? cell.padStart(widths[at] ?? 0) : cell.padEnd(widths[at] ?? 0)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}
