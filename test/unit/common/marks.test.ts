import { describe, expect, it } from 'vitest'
import { marks } from '../../../widget/thread/later/formatting/marks.ts'

/** What becomes of a text in which `‹…›` is selected; what is selected afterwards stands between the same. */
function press(mark: keyof typeof marks, given: string): string {
  const start = given.indexOf('‹')
  const end = given.indexOf('›') - 1
  const value = given.replace(/[‹›]/g, '')
  const { from, to, text, selected } = marks[mark](value, start, end)
  const marked = `${text.slice(0, selected[0])}‹${text.slice(...selected)}›${text.slice(selected[1])}`
  return value.slice(0, from) + marked + value.slice(to)
}

describe('a button that formats', () => {
  it.each([
    ['bold', 'a ‹b› c', 'a **‹b›** c'],
    ['bold', 'a **‹b›** c', 'a ‹b› c'],
    ['bold', 'a ‹b ›c', 'a **‹b›** c'],
    ['bold', '‹›', '**‹›**'],
    ['italic', '‹a›', '*‹a›*'],
    ['italic', '*‹a›*', '‹a›'],
    ['italic', '**‹a›**', '***‹a›***'],
    ['italic', '***‹a›***', '**‹a›**'],
    ['code', 'the ‹x›', 'the `‹x›`'],
    ['code', '‹a\nb›', '```\n‹a\nb›\n```\n'],
    ['linkWords', 'see ‹this›', 'see [this](‹https://›)'],
    ['linkWords', '‹https://a.example/›', '[‹›](https://a.example/)'],
    ['quote', 'a\n‹b\nc›', 'a\n‹> b\n> c›'],
    ['quote', '‹> b\n> c›', '‹b\nc›'],
    ['list', 'a‹›', '- a‹›'],
    ['list', 'a\n‹b\n›c', 'a\n‹- b›\nc'],
  ] as const)('%s: %j becomes %j', (mark, given, made) => {
    expect(press(mark, given)).toBe(made)
  })
})
