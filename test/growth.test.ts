import { execFileSync } from 'node:child_process'
import {
  copyFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import * as v from 'valibot'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { pages } from '../widget/dashboard/pages.ts'
import { findingCodes } from '../worker/contract/findings.ts'
import { languages } from '../worker/contract/languages.ts'
import { root } from '../worker/host/paths.ts'
import { importers } from '../worker/importers/importers.ts'
import { rules } from '../worker/moderation/rules/index.ts'
import { destinations } from '../worker/notify/destinations.ts'
import { routes } from '../worker/routes.ts'

/** What git has or would take of the product and its tests, as text by path. */
const files = new Map(
  execFileSync(
    'git',
    ['ls-files', '-co', '--exclude-standard', '-z', 'worker', 'widget', 'test', 'README.md'],
    {
      cwd: root,
      encoding: 'utf8',
    },
  )
    .split('\0')
    .filter((path) => /\.(tsx?|json|html|css|sql|md)$/.test(path) && path !== 'test/growth.test.ts')
    .flatMap((path): [string, string][] => {
      try {
        return [[path, readFileSync(join(root, path), 'utf8')]]
      } catch {
        return [] // Removed, and git does not know yet.
      }
    }),
)

/** The files that hold the words of the dashboard. */
const dashboardWords = languages.map((name) => `widget/dashboard/locales/${name}.json`).toSorted()

/** Files that hold one of the words, by where they are: the product's and the tests'. */
function mentions(...words: string[]) {
  const word = new RegExp(`(?<![\\w-])(${words.join('|')})(?![\\w-])`)
  const found = [...files].flatMap(([path, text]) => (word.test(text) ? [path] : [])).toSorted()
  return {
    product: found.filter((path) => !path.startsWith('test/')),
    tests: found.filter((path) => path.startsWith('test/')),
  }
}

/** A copy of some files and folders, with changes to its texts; it lies where it finds the libraries. */
function scratch(paths: string[], changes: Record<string, (text: string) => string>) {
  mkdirSync(join(root, '.hankyo'), { recursive: true })
  const folder = mkdtempSync(join(root, '.hankyo/growth-'))
  for (const path of paths) cpSync(join(root, path), join(folder, path), { recursive: true })
  for (const [path, change] of Object.entries(changes)) {
    const before = readFileSync(join(folder, path), 'utf8')
    const after = change(before)
    expect(after.split('\n').length, `${path} is a line longer`).toBe(before.split('\n').length + 1)
    writeFileSync(join(folder, path), after)
  }
  return folder
}

/** A text with a line more after the first line that begins so. */
const lineAfter = (start: string, line: string) => (text: string) =>
  text.replace(new RegExp(`^\\s*${start}.*\\n`, 'm'), (found) => `${found}${line}\n`)

describe('A setting of a site costs a line in the table, its words and its use', () => {
  let folder = ''
  beforeAll(() => {
    const line = "  holdShouting: flag(false, 'besides', 'Holds comments in capitals.'),"
    folder = scratch(['worker/contract', 'widget/dashboard/settings/form.ts'], {
      'worker/contract/siteSettings.ts': lineAfter('holdLinks: ', line),
    })
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  const load = (path: string) => import(/* @vite-ignore */ join(folder, path))

  it('from the line follow its default and what the server takes', async () => {
    const { defaultSettings, readSettings } = await load('worker/contract/siteSettings.ts')
    expect(defaultSettings.holdShouting).toBe(false)
    expect(readSettings('{"holdShouting":true}')).toEqual({ ...defaultSettings, holdShouting: true })
    const { settingsChange } = await load('worker/contract/siteSchemas.ts')
    expect(v.safeParse(settingsChange, { holdShouting: true }).output).toEqual({ holdShouting: true })
    for (const wrong of [{ holdShouting: 'yes' }, { holdShouts: true }])
      expect(v.safeParse(settingsChange, wrong).success).toBe(false)
    const { holdShouting } = settingsChange.entries
    expect(v.getDescription(holdShouting.wrapped)).toBe('Holds comments in capitals. Default: false.')
  })

  it('and its field on the settings page, in its place', async () => {
    const { defaultSettings, settingsIn } = await load('worker/contract/siteSettings.ts')
    const names = settingsIn('besides')
    expect(names.indexOf('holdShouting')).toBe(names.indexOf('holdLinks') + 1)
    const { fieldAt, formOf, readForm } = await load('widget/dashboard/settings/form.ts')
    const lists = { hold: [], spam: [], domains: [] }
    const site = { name: 'Blog', locale: 'en', origins: ['https://blog.example'] }
    const form = formOf({ ...site, policy: 'trusted', settings: defaultSettings, lists }, 'UTC')
    expect(form.holdShouting).toBe(false)
    expect(readForm({ ...form, holdShouting: true }).values.settings.holdShouting).toBe(true)
    expect(fieldAt('settings.holdShouting')).toBe('holdShouting')
  })

  it.each([
    ['flagThreshold', 'worker/store/flagCounts.ts'],
    ['auditShare', 'worker/moderation/learner/automation.ts'],
  ])('and nobody else names one, but its words, its use and its tests: %s', (name, use) => {
    const { product, tests } = mentions(name)
    expect(product).toEqual([...dashboardWords, 'worker/contract/siteSettings.ts', use].toSorted())
    expect(tests).not.toEqual([])
  })
})

describe('A rule costs a file, its line in the list and in the contract, its words and its table of cases', () => {
  it('nobody else names one', () => {
    const { product, tests } = mentions('too_fast', 'typingTime')
    expect(product).toEqual([
      ...dashboardWords,
      'worker/contract/findings.ts',
      'worker/moderation/rules/index.ts',
      'worker/moderation/rules/typingTime.ts',
    ])
    expect(tests).toContain('test/unit/moderation/rules.test.ts')
  })

  it('each file is one rule, and each kind of finding has cases', () => {
    const names = readdirSync(join(root, 'worker/moderation/rules')).filter((name) => name !== 'index.ts')
    expect(rules).toHaveLength(names.length)
    for (const name of names) {
      const rule = name.replace('.ts', '')
      expect(files.get(`worker/moderation/rules/${name}`)).toContain(`export const ${rule}: Rule`)
    }
    const cases = [...files]
      .filter(([path]) => path.startsWith('test/unit/moderation/'))
      .map(([, text]) => text)
    for (const code of findingCodes) expect(cases.join('\n')).toContain(`'${code}'`)
  })
})

describe('A language costs three files of words and a line', () => {
  let folder = ''
  beforeAll(() => {
    folder = scratch(['worker/contract/languages.ts', 'widget/common'], {
      'worker/contract/languages.ts': lineAfter("'en',", "  'eo',"),
    })
    const words = join(folder, 'widget/common/locales')
    copyFileSync(join(words, 'en.json'), join(words, 'eo.json'))
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  const load = (path: string) => import(/* @vite-ignore */ join(folder, path))

  it('from which follow the words of pages and feeds, and who is spoken to in it', async () => {
    const { locales } = await load('widget/common/locales.ts')
    expect(Object.keys(locales)).toEqual(['en', 'eo', ...languages.slice(1)])
    expect(locales.eo).toEqual(locales.en)
    const { languageOf } = await load('widget/common/i18n.ts')
    expect(languageOf('eo')).toEqual({ language: 'eo', tag: 'eo' })
    expect(languageOf('eo-DE').language).toBe('eo')
  })

  it.each(['zh-Hant', 'ko', 'pt-BR'])('and nobody else names one: %s', (language) => {
    const quoted = new RegExp(`['"\`]${language}['"\`]`)
    const named = [...files].filter(([path, text]) => !path.startsWith('test/') && quoted.test(text))
    expect(named.map(([path]) => path)).toEqual(['worker/contract/languages.ts'])
    const words = [...files.keys()].filter((path) => path.endsWith(`/${language}.json`))
    expect(words.toSorted()).toEqual([
      `widget/common/locales/${language}.json`,
      `widget/dashboard/locales/${language}.json`,
      `worker/letters/words/${language}.json`,
    ])
  })
})

describe('A language of the dashboard costs its words alone', () => {
  let folder = ''
  beforeAll(() => {
    folder = scratch(['widget/dashboard/build/words.ts', 'widget/dashboard/locales'], {})
    const words = { desk: { undo: 'Malfari', selected: { other: '{count}' } } }
    writeFileSync(join(folder, 'widget/dashboard/locales/eo.json'), JSON.stringify(words))
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it('from which its words are built, in English where it has none', async () => {
    const { wordFiles } = await import(/* @vite-ignore */ join(folder, 'widget/dashboard/build/words.ts'))
    const wordsOf = (name: string) => JSON.parse(wordFiles().get(`${name}.json`))
    expect(wordsOf('eo')).toEqual({ ...wordsOf('en'), undo: 'Malfari', selected: { other: '{count}' } })
    expect(wordsOf('eo.bans')).toEqual(wordsOf('en.bans'))
    expect(wordsOf('ja.bans')).not.toEqual(wordsOf('en.bans'))
  })

  it('and every language of the list has its file', () => {
    const names = [...files.keys()].filter((path) => path.startsWith('widget/dashboard/locales/'))
    expect(names.toSorted()).toEqual(dashboardWords)
  })
})

describe('An endpoint costs a file and a line', () => {
  it.each(routes.map(({ method, path, run }) => [`${method} ${path}`, run.name] as const))(
    '%s',
    (_, handler) => {
      const handlers = handler
        ? mentions(handler).product.filter((path) => /^worker\/routes\//.test(path))
        : ['']
      expect(handlers).toHaveLength(1)
    },
  )
})

describe('A format of files that comments are brought from costs a file, a line, its name and its test', () => {
  it.each(importers.map(({ format }) => format))('%s', (format) => {
    const named = [...files].filter(([, text]) => text.includes(`format: '${format}',`)).map(([path]) => path)
    const [own, ...others] = named.filter((path) => path.startsWith('worker/'))
    expect([own, others]).toEqual([expect.stringMatching(/^worker\/importers\/formats\//), []])
    const name = own?.replace('worker/importers/', '') ?? ''
    const users = [...files].filter(([, text]) => text.includes(`${name}'`)).map(([path]) => path)
    expect(users.filter((path) => !path.startsWith('test/'))).toEqual(['worker/importers/importers.ts'])
    const tests = [...files.keys()].filter((path) => path.startsWith('test/unit/importers/'))
    expect(tests.some((path) => files.get(path)?.toLowerCase().includes(format.replace('-', '')))).toBe(true)
  })
})

describe('A page of the dashboard costs a folder, a line and its words', () => {
  const list = 'widget/dashboard/pages.ts'
  const folders = [...(files.get(list) ?? '').matchAll(/import\('\.\/(\w+)\//g)].map(
    ([, folder = '']) => folder,
  )

  it('every page has a folder of its own', () => {
    expect(pages.length).toBeGreaterThan(5)
    expect(new Set(folders).size).toBe(pages.length)
  })

  it.each(folders)('nobody but the list names %s', (folder) => {
    const named = [...files].filter(
      ([path, text]) =>
        path.startsWith('widget/') && new RegExp(`['"][./]*(dashboard/)?${folder}/`).test(text),
    )
    expect(named.map(([path]) => path)).toEqual([list])
  })
})

describe('What the dashboard loads later names the words that it says', () => {
  const inside = (path: string) => path.startsWith('widget/dashboard/')
  /** All that a file brings along at once. */
  function withImports(start: string): string[] {
    const found = new Set([start])
    for (const path of found)
      for (const [, name = ''] of (files.get(path) ?? '').matchAll(
        /^(?:import|export) [^;]*?from '([^']+)'/gms,
      )) {
        const next = join(path, '..', name)
        if (inside(next) && files.has(next)) found.add(next)
      }
    return [...found]
  }
  const saidBy = (start: string) => [
    ...new Set(
      withImports(start).flatMap((path) =>
        [...(files.get(path) ?? '').matchAll(/\bwords\('(\w+)'\)/g)].map(([, section = '']) => section),
      ),
    ),
  ]
  const parts = [...files]
    .filter(([path]) => inside(path))
    .flatMap(([path, text]) =>
      [...text.matchAll(/\[([^\]]*)\],\s*(?:load: )?async \(\) =>\s*\(await import\('([^']+)'/g)].map(
        ([, words = '', name = '']) => [join(path, '..', name), words.match(/\w+/g) ?? []] as const,
      ),
    )

  it.each(parts)('%s', (path, named) => {
    expect(named).toEqual(expect.arrayContaining(saidBy(path)))
  })

  it('and what is there from the start says the desk’s alone', () => {
    expect(parts.length).toBeGreaterThan(pages.length + 2)
    expect(saidBy('widget/dashboard/main.tsx')).toEqual([])
  })
})

describe('A destination costs a file and a line', () => {
  it.each(destinations.map(({ kind }) => kind))('%s', (kind) => {
    const { product } = mentions(kind)
    const name = kind.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase())
    expect(product.filter((path) => path.startsWith('worker/'))).toEqual([`worker/notify/${name}.ts`])
  })
})
