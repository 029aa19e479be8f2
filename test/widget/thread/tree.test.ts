import { describe, expect, it } from 'vitest'
import { type Branch, nest } from '../../../widget/thread/model/tree.ts'
import { commentOf } from './worker.ts'

const reply = (id: string, parentId: string | null) =>
  commentOf({ id, parentId, author: { id, name: id.toUpperCase(), url: null } })

const outline = (branches: Branch[]): string =>
  branches
    .map(
      ({ comment, replies, to }) =>
        comment.id + (to ? `>${to}` : '') + (replies.length ? `(${outline(replies)})` : ''),
    )
    .join(' ')

describe('nest', () => {
  it('hangs replies on their parents, in the order they came', () => {
    const items = [reply('a', null), reply('b', 'a'), reply('c', 'a'), reply('d', 'b'), reply('e', null)]
    expect(outline(nest(items))).toBe('a(b(d) c) e')
  })

  it('stops at the fourth level and says who is answered', () => {
    const items = [null, 'a', 'b', 'c', 'd', 'e'].map((parent, index) =>
      reply('abcdef'[index] as string, parent),
    )
    expect(outline(nest(items))).toBe('a(b(c(d e>D f>E)))')
  })

  it('hangs a reply to something not loaded on the last root before it', () => {
    expect(outline(nest([reply('a', null), reply('b', 'unknown'), reply('c', null)]))).toBe('a(b) c')
    expect(outline(nest([reply('b', 'unknown')]))).toBe('b')
  })

  it('counts what is left of a branch', () => {
    const root = { ...reply('a', null), replies: { count: 5, next: 'cursor' } }
    expect(nest([root, reply('b', 'a'), reply('c', 'b')])[0]?.rest).toBe(3)
  })

  it('takes ten thousand replies to replies', () => {
    const items = Array.from({ length: 10_000 }, (_, index) =>
      reply(`r${index}`, index ? `r${index - 1}` : null),
    )
    expect(nest(items)).toHaveLength(1)
  })
})
