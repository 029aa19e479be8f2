import { describe, expect, it } from 'vitest'
import type { Entry } from '../../../../worker/importers/entry.ts'
import { checkPlan } from '../../../../worker/importers/plan/checkPlan.ts'
import { endKilled, isAllHere } from '../../../../worker/importers/plan/endKilled.ts'
import type { PlanOptions } from '../../../../worker/importers/plan/options.ts'
import { NotReceived } from '../../../../worker/importers/plan/receiver.ts'
import { sendImport } from '../../../../worker/importers/plan/sendImport.ts'
import { surveyImport } from '../../../../worker/importers/plan/surveyImport.ts'
import { comment, fileOf, now, options, Site, TestClock } from './site.ts'

const planOf = (entries: Entry[], more: Partial<PlanOptions> = {}) =>
  surveyImport(fileOf(entries), { ...options, ...more })

async function sent(entries: Entry[], site = new Site(), more: Partial<PlanOptions> = {}) {
  const view = await sendImport(await planOf(entries, more), site, new TestClock())
  return { site, view, comments: [...site.comments.values()] }
}

/** The same every time, in an order that looks like chance. */
function shuffled<Item>(items: Item[], seed: number): Item[] {
  let state = seed
  const next = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
  return items
    .map((item) => ({ item, rank: next() }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ item }) => item)
}

describe('Whatever the order of a file', () => {
  const tree = Array.from({ length: 350 }, (_, at) =>
    comment(String(at), { parentId: at < 7 ? null : String(Math.floor(at / 3)) }),
  )

  it.each([1, 2, 3, 4, 5])(
    'each comment comes once, after what it answers, and answers the same (%i)',
    async (seed) => {
      const straight = await sent(tree)
      const { comments, view, site } = await sent(shuffled(tree, seed))
      const answers = (all: typeof comments) => new Map(all.map(({ id, parentId }) => [id, parentId]))
      expect(answers(comments)).toEqual(answers(straight.comments))
      expect([comments.length, view.state, view.added]).toEqual([350, 'done', 350])
      expect(site.slices).toBeLessThan(10)
    },
  )

  it('a file that lies upside down and is large is read more than once', async () => {
    const long = 'x'.repeat(60_000)
    const chain = Array.from({ length: 100 }, (_, at) =>
      comment(String(at), { parentId: at === 0 ? null : String(at - 1), body: `${at} ${long}` }),
    )
    expect((await sent(chain.toReversed())).comments.length).toBe(100)
  })

  it('a long chain of answers that lies upside down is read a few times, and not once for each', async () => {
    const long = 'x'.repeat(60_000)
    const chain = Array.from({ length: 300 }, (_, at) =>
      comment(String(at), { parentId: at === 0 ? null : String(at - 1), body: `${at} ${long}` }),
    ).toReversed()
    let readings = 0
    const counted = (asked: never) => {
      readings++
      return fileOf(chain).entries(asked)
    }
    const file = { ...fileOf(chain), entries: counted }
    const site = new Site()
    await sendImport(await surveyImport(file, options), site, new TestClock())
    expect(site.comments.size).toBe(300)
    expect(readings).toBeLessThan(20)
  })

  it('a file that has changed since it was looked at is told, and nothing of it gets the id of another comment', async () => {
    let entries = [comment('1'), comment('2')]
    const file = { ...fileOf([]), entries: (asked: never) => fileOf(entries).entries(asked) }
    const plan = await surveyImport(file, options)
    entries = entries.toReversed()
    const site = new Site()
    await expect(sendImport(plan, site, new TestClock())).rejects.toThrow('The file has changed')
    expect(site.comments.size).toBe(0)
  })
})

describe('Answers', () => {
  const parents = async (entries: Entry[]) => {
    const { survey } = await planOf(entries)
    const { comments } = await sent(entries)
    const bodies = new Map(comments.map(({ id, body }) => [id, body]))
    const answered = comments.map(({ body, parentId }) => [body, bodies.get(parentId ?? '') ?? null])
    return { flaws: survey.parents, answered: Object.fromEntries(answered) }
  }

  it('to what is not in the file go to the top', async () => {
    const { flaws, answered } = await parents([comment('1', { parentId: '9' })])
    expect([flaws.missing, answered]).toEqual([1, { 'Words of 1': null }])
  })

  it('to what is left out go to the nearest ancestor that comes', async () => {
    const { flaws, answered } = await parents([
      comment('1'),
      { kind: 'leftOut', reason: 'staff_note', id: '2', parentId: '1', line: 2 },
      comment('3', { parentId: '2' }),
    ])
    expect([flaws.leftOut, answered['Words of 3']]).toEqual([1, 'Words of 1'])
  })

  it('to another page go to the top of theirs', async () => {
    const page = { address: '/other', title: '' }
    const { flaws, answered } = await parents([comment('1'), comment('2', { parentId: '1', page })])
    expect([flaws.elsewhere, answered['Words of 2']]).toEqual([1, null])
  })

  it('that readers see, to comments that they do not, are counted: the site hangs them elsewhere', async () => {
    const { flaws } = await parents([
      comment('1', { status: 'spam' }),
      comment('2', { parentId: '1' }),
      comment('3', { parentId: '2' }),
      comment('4', { parentId: '1', status: 'pending' }),
      comment('5', { status: 'deleted' }),
      comment('6', { parentId: '5' }),
    ])
    expect(flaws).toMatchObject({ hidden: 1, first: [{ reason: 'hidden' }] })
  })

  it('in a circle are cut at the first of them', async () => {
    const circle = ['1', '2', '3'].map((id, at) =>
      comment(id, { parentId: String(((at + 1) % 3) + 1), line: at + 1 }),
    )
    const { flaws, answered } = await parents([...circle, comment('4', { parentId: '4' })])
    expect(flaws.circles).toBe(2)
    expect(answered).toEqual({
      ...{ 'Words of 1': null, 'Words of 2': 'Words of 3', 'Words of 3': 'Words of 1', 'Words of 4': null },
    })
  })
})

describe('What is counted', () => {
  it('is what comes: by state, by page, with what is mended and left out', async () => {
    const { survey } = await planOf([
      comment('1', { status: 'spam' }),
      comment('2', { author: { ...comment('').author, url: 'no address' } }),
      comment('2', { body: 'Another of that number' }),
      comment('2', { body: 'Another of that number' }),
      comment('3', { body: ' ' }),
      comment('4', { page: { address: 'https://blog.example/post/index.html?utm_source=x', title: '' } }),
      comment('5', { createdAt: now + 1 }),
      comment('6', { createdAt: { local: '0000-00-00T00:00:00' } }),
      { kind: 'broken', line: 9, message: 'No end.' },
    ])
    expect(survey).toMatchObject({
      ...{ comments: 6, repeatedIds: 1, leftOut: { empty: 1, duplicate: 1 }, broken: { count: 1 } },
      statuses: { approved: 5, spam: 1, pending: 0 },
      mended: { websites: 1 },
      times: { future: 1, impossible: 1, needsZone: false },
      pages: { count: 1, merged: { count: 1 }, most: [{ key: '/post', comments: 6, approved: 5 }] },
    })
  })

  it('asks for a zone where a time that can be names none', async () => {
    const { survey } = await planOf([comment('1', { createdAt: { local: '2019-03-01T00:00:00' } })])
    expect(survey.times.needsZone).toBe(true)
  })

  it('gives a comment without a date that of the last one with a date that can be', async () => {
    const { comments } = await sent([
      comment('1'),
      comment('2', { createdAt: now + 86_400_000 }),
      comment('3', { createdAt: { local: '' } }),
    ])
    expect(comments.map(({ createdAt }) => createdAt)).toEqual([
      ...['2019-03-01T00:00:00.000Z', '2026-01-01T00:00:00.000Z', '2019-03-01T00:00:00.000Z'],
    ])
  })

  it('tells what the pages show already, and will', async () => {
    const { site } = await sent([comment('1'), comment('2')])
    const plan = await planOf([comment('1'), comment('2'), comment('3'), comment('4', { status: 'pending' })])
    await checkPlan(plan, site)
    expect(plan.survey.known).toBe(2)
    expect(plan.pages()).toMatchObject([{ there: 2, willShow: 3 }])
  })

  it('tells which pages have no path, so that no page would show their comments', async () => {
    const page = (address: string) => ({ page: { address, title: '' } })
    const { survey } = await planOf([comment('1', page('day')), comment('2', page('/day')), comment('3')])
    expect(survey.pages.pathless).toEqual({ count: 1, first: ['day'] })
  })

  it('is names too that would mislead readers: they come without the signs that do', async () => {
    const heap = `Z${'\u0351\u036b\u0343\u036a'.repeat(9)}oe`
    const names = ['Mika', 'Ann\u202eeciN', 'Owner \u2714\ufe0f', heap, '\u05d3\u05df\u200f']
    const entries = names.map((name, at) =>
      comment(String(at), { author: { ...comment('').author, name, identity: 'one' } }),
    )
    const { comments } = await sent(entries)
    expect(comments.map(({ author }) => author.name)).toEqual([
      ...['Mika', 'AnneciN', 'Owner', 'Z\u0351\u036boe', '\u05d3\u05df\u200f'],
    ])
    expect((await planOf(entries)).survey.mended.names).toBe(3)
  })

  it('keeps ten examples from all over the file', async () => {
    const { survey } = await planOf(
      Array.from({ length: 1000 }, (_, at) => comment(String(at), { line: at })),
    )
    const lines = survey.samples.map(({ line }) => line)
    expect([lines.length, lines.toSorted((a, b) => a - b)]).toEqual([10, lines])
    expect(Math.max(...lines)).toBeGreaterThan(700)
  })
})

describe('Choices', () => {
  it('decide where pages are, what comes, and whose it is', async () => {
    const { comments } = await sent(
      [
        comment('1', { page: { address: 'https://old.example/2019/a', title: '' } }),
        comment('2', { page: { address: '/gone', title: '' } }),
        comment('3', { status: 'spam' }),
        comment('4', {
          author: { ...comment('').author, name: 'Ines', identity: 'ines', email: 'i@x.example' },
        }),
        comment('5', { createdAt: { local: '2019-07-01T12:00:00' } }),
      ],
      new Site(),
      {
        pages: [
          { from: '/2019/*', to: '/archive/*' },
          { from: '/gone', to: '' },
        ],
        ...{ statuses: ['approved'], staff: { ines: 's1' }, zone: 'Asia/Tokyo' },
      },
    )
    expect(comments.map(({ body, key }) => [body, key])).toEqual([
      ['Words of 1', '/archive/a'],
      ['Words of 4', '/post'],
      ['Words of 5', '/post'],
    ])
    expect(comments[1]?.author).toMatchObject({ staffId: 's1', email: null })
    expect(comments[2]?.createdAt).toBe('2019-07-01T03:00:00.000Z')
  })
})

describe('Sent again', () => {
  it('a file doubles nothing, and a longer one brings what is new', async () => {
    const first = [comment('1'), comment(null), comment(null)]
    const { site } = await sent(first)
    expect(site.comments.size).toBe(3)
    await sent(first, site)
    await sent([...first, comment('2', { parentId: '1' })], site)
    expect(site.comments.size).toBe(4)
  })

  it('one that was broken off goes on as the same import', async () => {
    const site = new Site()
    const entries = Array.from({ length: 250 }, (_, at) => comment(String(at)))
    site.failures = [new NotReceived('forbidden', 403, 'forbidden')]
    await expect(sent(entries, site)).rejects.toThrow('forbidden')
    expect(site.changes).toEqual(['stopped'])
    const { view } = await sent(entries, site)
    expect([site.imports.size, view.state, site.comments.size]).toEqual([1, 'done', 250])
  })

  it('one that was killed after its last comment is ended, and no other', async () => {
    const { site, view } = await sent([comment('1')])
    const others = [
      { ...view, id: 'of another file', file: 'other.xml', state: 'working' as const },
      { ...view, id: 'killed', state: 'working' as const },
      { ...view, id: 'stopped', state: 'stopped' as const },
    ]
    for (const one of others) site.imports.set(one.id, one)
    const plan = await planOf([comment('1')])
    await checkPlan(plan, site)
    expect(isAllHere(plan)).toBe(true)
    await endKilled(plan, site, [...site.imports.values()])
    expect([...site.imports.values()].map(({ state }) => state)).toEqual(['done', 'working', 'done', 'done'])
  })

  it('what was not answered is asked again, with longer waits', async () => {
    const site = new Site()
    const clock = new TestClock()
    site.failures = [new NotReceived('no answer', 0), new NotReceived('too much', 429, undefined, 7)]
    const waits: unknown[] = []
    await sendImport(await planOf([comment('1')]), site, clock, {
      onProgress: ({ waiting }) => waiting && waits.push(waiting.seconds),
    })
    expect([clock.waited, waits]).toEqual([
      [1000, 7000],
      [1, 7],
    ])
  })

  it('one that is called off is stopped, and says so to the site', async () => {
    const site = new Site()
    const calling = new AbortController()
    const entries = Array.from({ length: 250 }, (_, at) => comment(String(at)))
    const sending = sendImport(await planOf(entries), site, new TestClock(), {
      signal: calling.signal,
      onProgress: ({ sent }) => sent === 100 && calling.abort(new Error('enough')),
    })
    await expect(sending).rejects.toThrow('enough')
    expect([site.comments.size, site.changes]).toEqual([100, ['stopped']])
  })
})
