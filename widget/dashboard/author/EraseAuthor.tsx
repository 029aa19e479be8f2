import { useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import type { Author } from '../../../worker/contract/authors.ts'
import type { Erasure } from '../../../worker/contract/erasures.ts'
import { held } from '../core/held.ts'
import { errorWords, formatMessage, tag, words } from '../core/words.ts'
import { use } from '../desk.ts'
import { Visible } from '../ui/Visible.tsx'
import { erasuresOf } from './erasure.ts'
import { Namesakes } from './Namesakes.tsx'

interface Props {
  author: Author
  /** Reads the author again. */
  reload: () => void
}

/** For owners: erases a person for good, after saying what goes and what stays, and tells how far that is. */
export function EraseAuthor({ author, reload }: Props) {
  const erasures = use(erasuresOf)
  const open = useSignal(author.erasure?.state === 'working')
  const button = useRef<HTMLButtonElement>(null)
  const w = words('author').erase
  useEffect(() => {
    if (open.value) erasures.look(author.id).then(() => watch())
    return () => erasures.leave()
  }, [erasures, author.id])

  async function watch() {
    if (await erasures.watch()) reload()
  }
  async function toggle() {
    open.value = !open.peek()
    if (open.peek()) await erasures.look(author.id)
  }
  async function begin(others: string[]) {
    if (await erasures.begin(others)) await watch()
  }
  const found = erasures.found.value
  const error = erasures.error.value
  return (
    <section class="erasure">
      <button ref={button} type="button" aria-expanded={open.value} onClick={toggle}>
        {w.open}
      </button>
      {open.value && (
        <div class="about">
          {error && <p role="alert">{formatMessage(w.failed, { error: errorWords(error) })}</p>}
          {!found && !error && (
            <p class="late quiet" role="status">
              {words().loading}
            </p>
          )}
          {found?.state === 'none' && (
            <Asked
              found={found}
              begin={begin}
              cancel={() => {
                open.value = false
                button.current?.focus()
              }}
            />
          )}
          {found && found.state !== 'none' && <Progress found={found} />}
        </div>
      )}
    </section>
  )
}

interface AskedProps {
  found: Erasure
  /** @param others ids of authors who are the same person */
  begin: (others: string[]) => void
  cancel: () => void
}

/** What goes, whom else the address leads to, what stays, and the one question. */
function Asked({ found, begin, cancel }: AskedProps) {
  const erasures = use(erasuresOf)
  const sure = useSignal(false)
  const others = useSignal<string[]>([])
  const w = words('author').erase
  function submit(event: Event) {
    event.preventDefault()
    if (sure.peek() && !erasures.busy.peek()) begin(others.peek())
  }
  return (
    <form onSubmit={submit}>
      <h2>{w.touches}</h2>
      <ul>
        {found.parts.map(({ site, comments, more }) => (
          <li key={site.id} class="quiet">
            <bdi>
              <Visible text={site.name} />
            </bdi>
            : {formatMessage(more ? w.moreComments : w.comments, { count: comments })}
          </li>
        ))}
      </ul>
      {erasures.namesakes.value && <Namesakes person={erasures.namesakes.value} chosen={others} />}
      <p>{w.goes}</p>
      <p>{w.stays}</p>
      <label class="choice">
        <input
          type="checkbox"
          checked={sure.value}
          onChange={(event) => {
            sure.value = event.currentTarget.checked
          }}
        />
        <span>{w.sure}</span>
      </label>
      <p class="actions">
        <button type="submit" class="danger" {...held(!sure.value || erasures.busy.value)}>
          {w.begin}
        </button>
        <button type="button" onClick={cancel}>
          {w.cancel}
        </button>
      </p>
    </form>
  )
}

function Progress({ found }: { found: Erasure }) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  const w = words('author').erase
  const sum = (of: 'comments' | 'erased') => found.parts.reduce((total, part) => total + part[of], 0)
  const [all, erased] = [sum('comments'), sum('erased')]
  const number = (count: number) => count.toLocaleString(tag())
  return (
    <>
      <h2 ref={heading} tabIndex={-1}>
        {found.state === 'done' ? w.done : w.working}
      </h2>
      {found.state === 'working' && <progress max={Math.max(all, 1)} value={erased} aria-label={w.working} />}
      <p role="status">{formatMessage(w.progress, { count: number(erased), all: number(all) })}</p>
      {found.state === 'working' && <p class="quiet">{w.goesOn}</p>}
    </>
  )
}
