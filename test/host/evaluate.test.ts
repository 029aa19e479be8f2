import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parse } from '../../worker/host/evaluate/options.ts'
import { planOf } from '../../worker/host/evaluate/plan.ts'
import { sentence } from '../../worker/host/terminal.ts'
import { script } from '../server.ts'
import { csv, rows } from '../unit/host/evaluate/samples.ts'

let folder: string
const at = (name: string) => join(folder, name)

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hankyo-evaluate-'))
  const ham = rows().filter(({ label }) => label === 'fine')
  await Promise.all([
    writeFile(at('all.csv'), csv(rows())),
    writeFile(at('first.csv'), csv(rows().slice(0, 100))),
    writeFile(at('last.csv'), csv(rows().slice(100))),
    writeFile(at('ham.csv'), csv(ham)),
    writeFile(at('elsewhere.json'), '["今日は海がとても静かでした。"]'),
    writeFile(at('broken.json'), '{'),
    writeFile(at('blog.xml'), wxr()),
    writeFile(at('blog.txt'), movableType),
    writeFile(at('huge.csv'), ''),
  ])
  await truncate(at('huge.csv'), 64 * 1024 * 1024 + 1)
})
afterAll(() => rm(folder, { recursive: true }))

/** The same comments, as WordPress exports them: the first is pending, and decided by nobody. */
const wxr = () => `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:wp="http://wordpress.org/export/1.2/"><channel><link>https://a.example</link>
${[...rows(), ...rows()]
  .map(
    (
      { label, body },
      at,
    ) => `<item><title>P</title><link>https://a.example/${at % 9}/</link><wp:post_id>${at + 1}</wp:post_id>
<wp:post_type>post</wp:post_type><wp:status>publish</wp:status><wp:comment><wp:comment_id>${at + 1}</wp:comment_id>
<wp:comment_author>A</wp:comment_author><wp:comment_date_gmt>2020-01-0${1 + (at % 9)} 00:00:${10 + (at % 50)}</wp:comment_date_gmt>
<wp:comment_content><![CDATA[<p>${body} ${at < rows().length ? '' : 'Again'}</p>]]></wp:comment_content>
<wp:comment_approved>${at === 0 ? '0' : label === 'spam' ? 'spam' : '1'}</wp:comment_approved></wp:comment></item>`,
  )
  .join('\n')}</channel></rss>`

const movableType =
  'TITLE: A\nDATE: 01/01/2020 10:00:00\n-----\nBODY:\nx\n-----\nCOMMENT:\nAUTHOR: B\nDATE: 01/01/2020 10:00:00\nHi\n-----\n--------\n'

async function evaluate(...args: string[]) {
  const running = script('evaluate.ts', args)
  const code = await running.ended
  return { code, out: running.stdout, said: running.stderr }
}

describe('evaluate', () => {
  test('prints one JSON document for a machine, the same for the same seed', async () => {
    const args = ['--corpus', at('all.csv'), '--protocol', 'curve', '--decisions', '20', '--json']
    const [one, again, other] = await Promise.all([
      evaluate(...args),
      evaluate(...args),
      evaluate(...args, '--seed', '2'),
    ])
    expect(one.code).toBe(0)
    expect(again.out).toBe(one.out)
    expect(other.out).not.toBe(one.out)
    expect(JSON.parse(one.out)).toMatchObject({
      protocol: 'curve',
      seed: 1,
      errorRate: 0.01,
      corpus: { rows: 120, spam: 60, ham: 60, groups: 2 },
      results: [{ name: '20 decisions', runs: 50, decisions: 20, figures: { held: { mean: 1, spread: 0 } } }],
    })
  })

  test('prints tables for people, progress apart from them', async () => {
    const { code, out, said } = await evaluate('--corpus', at('all.csv'), '--protocol', 'leave-one-group-out')
    expect(code).toBe(0)
    expect(out).toMatch(/^How well scores tell spam from ham\n/)
    expect(out.match(/^(north|south|mean) /gm)).toHaveLength(6)
    expect(said).toBe('north…\nsouth…\n')
  })

  test('learns one file and tests another, texts from elsewhere and disguises', async () => {
    const { code, out } = await evaluate(
      ...['--train', at('first.csv'), '--test', at('last.csv'), '--json'],
      ...['--others', at('elsewhere.json'), '--evasion'],
    )
    expect(code).toBe(0)
    const [result] = JSON.parse(out).results
    expect(result).toMatchObject({ decisions: 100, tested: 20, runs: 1 })
    expect(result.others[at('elsewhere.json')].held.mean).toBe(1)
    expect(Object.keys(result.evasion)).toContain('padding with good words')
  })

  test('takes what another system exported, and says where a site begins that imports it', async () => {
    const [text, json] = await Promise.all([
      evaluate('--corpus', at('blog.xml')),
      evaluate('--corpus', at('blog.xml'), '--json'),
    ])
    expect(text.said).toBe('191 decisions…\n')
    expect(text.out).toMatch(
      /^A site that imports this begins with 239 decisions, 120 of them spam\. Screening may publish/,
    )
    expect(JSON.parse(json.out)).toMatchObject({
      protocol: 'import',
      corpus: { rows: 239, spam: 120, ham: 119, groups: 9, automatic: true },
      results: [{ name: '191 decisions', decisions: 191, tested: 48 }],
    })
  })

  test.each([
    ['no corpus', [], 'Which corpus?'],
    ['a file that is not there', ['--corpus', 'none.csv', '--protocol', 'curve'], 'none.csv cannot be read'],
    ['a huge file', ['--corpus', 'huge.csv', '--protocol', 'curve'], 'huge.csv is larger than 64 MB.'],
    [
      'no protocol',
      ['--corpus', 'all.csv'],
      '--protocol takes leave-one-group-out, curve, time-order, import, closed-loop, new-page, abuse.',
    ],
    ['another protocol', ['--corpus', 'all.csv', '--protocol', 'guess'], '--protocol takes'],
    [
      'an export without decisions',
      ['--corpus', 'blog.txt'],
      'is a file of Movable Type, which tells of none of its 1 comments whether a person decided it.',
    ],
    ['one class', ['--corpus', 'ham.csv', '--protocol', 'curve'], 'ham.csv has no spam.'],
    [
      'too many decisions',
      ['--corpus', 'all.csv', '--protocol', 'curve', '--decisions', '500'],
      '120 rows are too few to learn from 500',
    ],
    ['half a split', ['--train', 'all.csv'], '--train and --test go together.'],
    [
      'both ways',
      ['--train', 'first.csv', '--test', 'last.csv', '--corpus', 'all.csv'],
      '--train and --test go without',
    ],
    [
      'a seed in words',
      ['--corpus', 'all.csv', '--protocol', 'curve', '--seed', 'one'],
      '--seed takes a whole number',
    ],
    [
      'an order without a queue',
      ['--corpus', 'all.csv', '--protocol', 'curve', '--order', 'hardest'],
      '--order goes with closed-loop and new-page.',
    ],
    [
      'another order',
      ['--corpus', 'all.csv', '--protocol', 'closed-loop', '--order', 'easiest'],
      '--order takes arrival, hardest, fine-first, select-all.',
    ],
    [
      'nothing but mistakes',
      ['--corpus', 'all.csv', '--protocol', 'closed-loop', '--mistakes', '1'],
      '--mistakes takes a share such as 0.05, not "1".',
    ],
    [
      'no runs',
      ['--corpus', 'all.csv', '--protocol', 'closed-loop', '--runs', '0'],
      '--runs takes a whole number from 1 on, not "0".',
    ],
    ['nothing refused', ['--corpus', 'all.csv', '--protocol', 'abuse'], 'What is refused? --abuse FILE.'],
    [
      'too little spam for so many decisions',
      ['--corpus', 'all.csv', '--protocol', 'curve', '--decisions', '100', '--spam-share', '0.05'],
      '63 comments come, too few to learn from 100.',
    ],
    [
      'broken texts',
      ['--corpus', 'all.csv', '--protocol', 'curve', '--others', 'broken.json'],
      'must be a JSON array',
    ],
    ['an unknown flag', ['--corps', 'all.csv'], "Unknown option '--corps'"],
  ])('says in one sentence what is wrong with %s', async (_, args, complaint) => {
    const files = args.map((arg) => (/\.(csv|json|txt)$/.test(arg) ? at(arg) : arg))
    const plan = async () => planOf(parse(files))
    const said = await plan().then(() => '', sentence)
    expect(said).toContain(complaint)
    expect(said.split('\n')).toHaveLength(1)
  })

  test('wants to know where the corpora of the table are', async () => {
    expect((await evaluate('--table')).said).toBe('Where are the corpora? --corpora FOLDER.\n')
  })

  test('ends with that sentence and prints nothing', async () => {
    expect(await evaluate()).toEqual({
      code: 1,
      out: '',
      said: 'Which corpus? --corpus FILE, or --train and --test.\n',
    })
  })

  test('documents its figures', async () => {
    const { code, out } = await evaluate('--help')
    expect(code).toBe(0)
    for (const figure of [
      'auc',
      'falsePositivesAt95Recall',
      'recallAt1FalsePositives',
      'calibrationError',
      'held',
    ])
      expect(out).toContain(`  ${figure} `)
  })
})
