import { batch, computed, createModel, effect, signal, untracked } from '@preact/signals'
import type { ImportView } from '../../../worker/contract/imports.ts'
import type { ReadProgress, SendProgress } from '../../../worker/importers/plan/plan.ts'
import { detailOf } from '../core/connection.ts'
import { type Desk, modelOf } from '../desk.ts'
import { type Choices, keepChoices, keptChoices, optionsOf, usualChoices } from './choices.ts'
import { importsOf } from './imports.ts'
import { originsOf } from './origins.ts'
import { Failed, ReaderLine } from './reading/line.ts'
import type { Failure, Looked, Opened } from './reading/messages.ts'

/** What becomes of a file that was chosen: it is read, looked at, sent, and all of it is here. */
export type Phase = 'choosing' | 'reading' | 'looking' | 'sending' | 'done'

/** The file that is imported at this desk: one at a time, and it goes on while other pages are open. */
const NewImport = createModel((desk: Desk) => {
  const { connection } = desk
  const reader = new ReaderLine(connection)
  const imports = modelOf(desk, importsOf)
  const phase = signal<Phase>('choosing')
  const file = signal<File | null>(null)
  /** The site that it goes to. */
  const site = signal('')
  const opened = signal<Opened | null>(null)
  const looked = signal<Looked | null>(null)
  const choices = signal<Choices>(usualChoices())
  /** The choices that what is shown was made by. */
  const shown = signal<Choices | null>(null)
  const reading = signal<ReadProgress | null>(null)
  const sending = signal<SendProgress | null>(null)
  const cancelling = signal(false)
  const failure = signal<Failure | null>(null)
  const ended = signal<ImportView | null>(null)
  const isStale = computed(() => shown.value !== choices.value)

  /** Where its pages live. */
  let origins: string[] = []

  /** @returns whether it came to something */
  async function attempt(work: () => Promise<void>): Promise<boolean> {
    batch(() => {
      failure.value = null
      cancelling.value = false
    })
    try {
      await work()
      return true
    } catch (reason) {
      failure.value = reason instanceof Failed ? reason.failure : { kind: 'refused', error: detailOf(reason) }
      return false
    } finally {
      batch(() => {
        reading.value = null
        sending.value = null
        cancelling.value = false
      })
    }
  }

  /** Reads the file, and shows what would become of it. */
  async function look() {
    const chosen = choices.peek()
    const isFirst = looked.peek() === null
    phase.value = 'reading'
    const done = await attempt(async () => {
      const options = optionsOf(chosen, { id: site.peek(), origins }, Date.now())
      const found = await reader.run('look', options, (progress) => {
        reading.value = progress
      })
      batch(() => {
        looked.value = found
        shown.value = chosen
      })
    })
    phase.value = done || !isFirst ? 'looking' : 'choosing'
    // One that was killed after its last comment was ended.
    const { comments = 0, known = 0 } = looked.peek()?.survey ?? {}
    if (done && comments > 0 && comments === known) await imports.refresh()
  }

  function forget() {
    reader.close()
    batch(() => {
      phase.value = 'choosing'
      file.value = null
      opened.value = null
      looked.value = null
      ended.value = null
      failure.value = null
    })
  }

  // What was taken back is here no more, and would come again.
  effect(() => {
    if (imports.takenBack.value === 0) return
    untracked(() => {
      if (phase.peek() === 'looking') look()
      if (phase.peek() === 'done') forget()
    })
  })

  // Who leaves would have to choose the file again.
  effect(() => {
    if (phase.value !== 'sending') return
    const ask = (event: Event) => event.preventDefault()
    addEventListener('beforeunload', ask)
    return () => removeEventListener('beforeunload', ask)
  })

  return {
    ...{ phase, file, site, opened, looked, choices, reading, sending, cancelling, failure, ended, isStale },
    /** Opens a file for a site, and shows what would become of it. */
    async open(siteId: string, chosen: File) {
      batch(() => {
        file.value = chosen
        site.value = siteId
        opened.value = null
        looked.value = null
        ended.value = null
        choices.value = keptChoices(siteId, chosen)
        phase.value = 'reading'
      })
      const done = await attempt(async () => {
        if (await isOwn(chosen)) throw new Failed({ kind: 'unreadable', code: 'own' })
        origins = await originsOf(connection, siteId)
        opened.value = await reader.run('open', { blob: chosen, name: chosen.name }, (progress) => {
          reading.value = progress
        })
      })
      if (done) await look()
      else phase.value = 'choosing'
    },
    look,
    choose(change: Partial<Choices>) {
      choices.value = { ...choices.peek(), ...change }
    },
    /** Sends what is shown. What was sent before, or was there already, is passed over. */
    async send() {
      const mine = file.peek()
      if (!mine) return
      keepChoices(site.peek(), mine, choices.peek())
      phase.value = 'sending'
      const done = await attempt(async () => {
        ended.value = await reader.run('send', null, (progress) => {
          sending.value = progress
        })
      })
      phase.value = done ? 'done' : 'looking'
      if (done) keepChoices(site.peek(), mine, null)
      const made = ended.peek()
      if (done && made) imports.tellEnded(made)
      await imports.refresh()
    },
    /** Calls off what is at work. */
    cancel() {
      cancelling.value = true
      reader.cancel()
    },
    /** Lets the file go. */
    forget,
  }
})
export type NewImport = InstanceType<typeof NewImport>

/** How lines of JSON begin that an instance wrote itself, which are put back as a whole and not as comments. */
const ownHead = '{"hankyo":'

const isOwn = async (file: File) => (await file.slice(0, ownHead.length).text()) === ownHead

/** A desk's import that is being made. */
export const newImportOf = (desk: Desk): NewImport => new NewImport(desk)
