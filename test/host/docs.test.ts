import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, test } from 'vitest'
import { languages, pages } from '../../widget/docs/pages.ts'
import { root } from '../../worker/host/paths.ts'

const run = promisify(execFile)
const scripts: Record<string, string> = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).scripts

/** Every command that a reader is told to run: `npm start …` or `npm run NAME …`. */
const commands = languages.flatMap((lang) =>
  ['README.md', ...pages.map(({ name }) => `widget/docs/pages/${lang}/${name}.md`)]
    .map((path) => readFileSync(join(root, path), 'utf8'))
    .flatMap((text) => text.match(/npm (?:start|test|run [^\n`)]+)(?: -- [^\n`)]+)?/g) ?? []),
)

const helps = new Map<string, Promise<string>>()

/** What a script of the package says of itself; asked once. */
function helpOf(name: string): Promise<string> {
  const [file = '', ...words] = scripts[name]?.replace(/^(exec )?node /, '').split(' ') ?? []
  const help =
    helps.get(name) ??
    run(process.execPath, [join(root, file), ...words, '--help']).then(({ stdout }) => stdout)
  helps.set(name, help)
  return help
}

/** The script that a command runs, and what is handed to it. */
function partsOf(command: string) {
  const [, name = '', rest = ''] = /^npm (?:run )?(?:--silent )?([\w:]+)(?: -- (.*))?/.exec(command) ?? []
  return { name, rest: rest.replace(/ #.*| > .*/, '') }
}

describe('What the documentation tells people to run', () => {
  test('is a script of the package', () => {
    expect(commands.length).toBeGreaterThan(20)
    for (const command of commands) expect(scripts, command).toHaveProperty([partsOf(command).name])
  })

  test.each(['start', 'admin', 'upgrade', 'deploy', 'evaluate'])(
    '%s knows every flag and word it is given',
    async (name) => {
      const help = await helpOf(name)
      const given = commands.map(partsOf).filter((command) => command.name === name)
      expect(given.length).toBeGreaterThan(0)
      for (const { rest } of given) {
        for (const flag of rest.match(/--[\w-]+/g) ?? []) expect(help, rest).toContain(flag)
        const words = /^(?:site \w+|[\w-]+)(?= |$)/.exec(rest)?.[0]
        if (words && name === 'admin') expect(help, rest).toMatch(new RegExp(`^ +${words}\\b`, 'm'))
      }
    },
  )

  test('and its tables of options and commands name what there is', async () => {
    const table = (text: string) => Array.from(text.matchAll(/^\| `([^`]+)` \|/gm), ([, cell]) => cell ?? '')
    const [start, admin] = await Promise.all([helpOf('start'), helpOf('admin')])
    for (const lang of languages) {
      const text = readFileSync(join(root, `widget/docs/pages/${lang}/operating.md`), 'utf8')
      const [options = '', subcommands = ''] = [section(text, 'start'), section(text, 'admin')]
      expect(table(options).sort()).toEqual(
        [...start.matchAll(/^ {2}(--\S+(?: [A-Z]+)?)/gm)].map(([, flag]) => flag).sort(),
      )
      const known = [...admin.matchAll(/^ {2}((?:site )?[a-z][\w-]*)/gm)].map(([, words]) => words)
      expect(
        table(subcommands)
          .map((cell) => /^(?:site )?[\w-]+/.exec(cell)?.[0])
          .sort(),
      ).toEqual(known.sort())
    }
  })
})

/** What a page says under the heading of an anchor. */
const section = (text: string, anchor: string) =>
  text.split(/^## /m).find((part) => part.includes(`{#${anchor}}`)) ?? ''
