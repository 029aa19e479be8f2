import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { languages } from '../../../../worker/contract/languages.ts'
import { isLogActor } from '../../../../worker/moderation/text/logActors.ts'

it.each(languages)('Nobody is called as the log calls others in %s', (language) => {
  const path = new URL(`../../../../widget/dashboard/locales/${language}.json`, import.meta.url)
  const { desk } = JSON.parse(readFileSync(path, 'utf8'))
  for (const name of [desk.screening, desk.author, desk.operator]) {
    expect(isLogActor(name), name).toBe(true)
    expect(isLogActor(` ${name.toLocaleUpperCase(language)}`), name).toBe(true)
  }
})

it.each(['Hankyo', 'ＨＡＮＫＹＯ', 'Sсreening', 'Ѕсrееnіng', 'Editors', 'スクリーニング', 'Author\u200b'])(
  '%s is no person',
  (name) => expect(isLogActor(name)).toBe(true),
)

it.each(['Mika', 'Moderator', 'owner', 'Arthur', '審査太郎'])('%s may be one', (name) =>
  expect(isLogActor(name)).toBe(false),
)
