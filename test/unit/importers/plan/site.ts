import type { ImportedComment, ImportView, NewImport, NewSlice } from '../../../../worker/contract/imports.ts'
import type { Entry, SourceComment } from '../../../../worker/importers/entry.ts'
import { usualOptions } from '../../../../worker/importers/plan/options.ts'
import type { Clock } from '../../../../worker/importers/plan/plan.ts'
import { NotReceived, type Receiver } from '../../../../worker/importers/plan/receiver.ts'
import type { ImportSource } from '../../../../worker/importers/plan/source.ts'

export const now = Date.UTC(2026, 0, 1)
export const options = usualOptions({ id: 'blog', origins: ['https://blog.example'] }, now)

/** A comment as a file has it. */
export const comment = (id: string | null, more: Partial<SourceComment> = {}): SourceComment => ({
  ...{
    kind: 'comment',
    id,
    parentId: null,
    page: { address: 'https://blog.example/post/', title: 'A post' },
  },
  author: { name: 'Mika', email: null, url: null, identity: null, isStaff: false },
  ...{ body: `Words of ${id}`, form: 'text', createdAt: Date.UTC(2019, 2, 1), editedAt: null },
  ...{ status: 'approved', decided: true, likes: 0, pinned: false, line: 1 },
  ...more,
})

/** A file that holds these. */
export const fileOf = (entries: Entry[]): ImportSource => ({
  ...{ file: 'old.xml', format: 'wxr', formatName: 'WordPress', size: 100 },
  async *entries() {
    yield* entries
  },
})

/** Time that passes only while somebody waits. */
export class TestClock implements Clock {
  waited: number[] = []
  now = () => this.waited.reduce((sum, one) => sum + one, 0)
  async wait(milliseconds: number) {
    this.waited.push(milliseconds)
  }
}

/** A site in memory that takes what is sent as the routes do: in order, each once, nothing whose parent is not there. */
export class Site implements Receiver {
  readonly imports = new Map<string, ImportView>()
  readonly comments = new Map<string, ImportedComment>()
  slices = 0
  /** What the next requests fail by, the first first. */
  failures: NotReceived[] = []
  readonly changes: string[] = []

  async start({ site, ...asked }: NewImport): Promise<ImportView> {
    const known = this.imports.get(asked.id)
    if (known) return known
    const made: ImportView = {
      ...{ ...asked, siteId: site, by: 'Me', at: '2026-01-01T00:00:00.000Z', state: 'working' },
      ...{ added: 0, known: 0, removed: 0, lessons: 0, leftOut: {}, errors: 0 },
    }
    this.imports.set(asked.id, made)
    return made
  }

  async add(id: string, { comments, threads }: NewSlice) {
    const failure = this.failures.shift()
    if (failure) throw failure
    if (comments.length > 100 || threads.length > 100) throw new NotReceived('too long', 400)
    this.slices++
    let added = 0
    for (const one of comments) {
      const parent = one.parentId === null ? null : this.comments.get(one.parentId)
      if (parent === undefined || (parent && parent.key !== one.key))
        throw new NotReceived(`no ${one.parentId}`, 422)
      if (!threads.some(({ key }) => key === one.key)) throw new NotReceived(`no page ${one.key}`, 400)
      if (!this.comments.has(one.id)) added++
      this.comments.set(one.id, one)
    }
    const view = this.imports.get(id)
    if (view) view.added += added
    return { added, known: comments.length - added }
  }

  async change(id: string, body: Partial<ImportView>) {
    this.changes.push(body.state ?? '')
    return Object.assign(this.imports.get(id) as ImportView, body)
  }

  async check({ ids, keys }: { ids: string[]; keys: string[] }) {
    const here = [...this.comments.values()].filter(({ status }) => status === 'approved')
    const count = (wanted: string) => here.filter(({ key }) => key === wanted).length
    return {
      known: ids.filter((id) => this.comments.has(id)),
      threads: keys.map((key) => ({ key, title: '', count: count(key) })).filter(({ count }) => count > 0),
    }
  }
}
