import { sorts } from '../../worker/contract.ts'
import { absoluteTime } from '../common/i18n.ts'
import { Comment } from './Comment.tsx'
import { Composer } from './Composer.tsx'
import type { Model } from './model.ts'

/** The whole thread: heading, comments, composer, and what keeps it from showing them. */
export function Thread({ model }: { model: Model }) {
  const { thread, words, failed, storage } = model
  const { say, tag } = words
  const root = thread && !thread.closed && model.drafts.get('')
  return (
    <section part="thread" class="thread" lang={tag} title="">
      {thread ? <Header model={model} /> : failed || <p class="quiet slow">{say('loading')}</p>}
      {failed && (
        <p class="notice" part="notice">
          {say('failed')}{' '}
          <button type="button" onClick={() => model.load()}>
            {say('retry')}
          </button>
        </p>
      )}
      {navigator.onLine || (
        <p class="notice" part="notice">
          {say('offline')}
        </p>
      )}
      {thread && (
        <ol class="comments">
          {model.branches().map((branch) => (
            <Comment key={branch.comment.id} model={model} branch={branch} level={1} />
          ))}
        </ol>
      )}
      {model.next && (
        <p>
          <button type="button" onClick={() => model.more()}>
            {say('more')}
          </button>
        </p>
      )}
      {thread?.closed && (
        <p class="notice" part="notice">
          {say('closed', { date: absoluteTime(thread.closed, tag) })}
        </p>
      )}
      {root && <Composer model={model} draft={root} label={say('write')} />}
      {storage.lasting || <p class="notice">{say('unkept')}</p>}
      <p role="status" class="hidden">
        {model.said}
      </p>
    </section>
  )
}

function Header({ model }: { model: Model }) {
  const { thread, words, setting, sort } = model
  const { say } = words
  const count = thread?.count ?? 0
  if (!count) return thread?.closed ? null : <p class="quiet">{say('empty')}</p>
  const Heading = model.heading(0)
  return (
    <header>
      <Heading part="heading">
        {model.headingText ?? say('heading', { count, title: `\u2068${setting.page.title}\u2069` })}
      </Heading>
      {count > 1 && (
        // biome-ignore lint/a11y/useSemanticElements: a fieldset needs a legend that would have to be hidden
        <div role="group" aria-label={say('sort')} class="actions">
          {sorts.map((name) => (
            <button key={name} type="button" aria-pressed={name === sort} onClick={() => model.load(name)}>
              {say(name)}
            </button>
          ))}
        </div>
      )}
    </header>
  )
}
