import { sorts } from '../../../worker/contract/sorts.ts'
import { absoluteTime } from '../../common/i18n.ts'
import { loadComments, sortComments } from '../model/comments.ts'
import { openDraft } from '../model/drafts.ts'
import type { Model } from '../model/model.ts'
import { Composer } from './Composer.tsx'
import { headingOf, isLevel } from './heading.ts'
import { Isolated } from './Isolated.tsx'
import { More } from './More.tsx'

/** What the element around the thread says of it. */
export function frameOf({ failed, thread, complete, language, tag }: Model) {
  return {
    className: failed || (thread && complete) ? 'thread' : 'thread busy',
    lang: tag,
    // That of its words, whatever the page's may be.
    dir: language === 'ar' ? 'rtl' : 'ltr',
    title: '',
  } as const
}

/** What stands above the comments: the heading, and what keeps the thread from showing them. */
export function Above({ model }: { model: Model }) {
  const { host, site, thread, say, tag, failed, previous, loaded } = model
  const { Missing } = loaded.reactions ?? {}
  return (
    <>
      {thread ? <Top model={model} /> : failed || <p class="slow quiet">{say('loading')}</p>}
      {failed && (
        <p class="notice">
          {say('failed')}{' '}
          <button {...model.button} onClick={() => loadComments(model)}>
            {say('retry')}
          </button>{' '}
          <a
            href={`${host}/t/${site}?${new URLSearchParams({ key: model.key, title: model.title, lang: tag })}`}
          >
            {say('plain')}
          </a>
        </p>
      )}
      {Missing && <Missing model={model} />}
      <More
        model={model}
        cursor={previous}
        words={say('previous')}
        load={(reactions) => reactions.loadPrevious(model, previous ?? '')}
      />
    </>
  )
}

function Top({ model }: { model: Model }) {
  const { thread, say, tag, title, heading, sort } = model
  const { count = 0, closed } = thread ?? {}
  const Heading = headingOf(model, 0)
  return (
    <>
      <header class="actions">
        <Heading class="title" part="heading">
          {heading && !isLevel(heading) ? (
            heading + (count ? ` (${count.toLocaleString(tag)})` : '')
          ) : (
            <Isolated sentence={say('heading', { count, title: title && '\0' })} value={title} />
          )}
        </Heading>
        {count > 0 && !closed && (
          <button {...model.button} onClick={() => openDraft(model, '')}>
            {say('write')}
          </button>
        )}
        {count > 1 && (
          <fieldset class="actions" aria-label={say('sort')}>
            {sorts.map((name) => (
              <button
                {...model.button}
                name="sort"
                value={name}
                aria-pressed={name === sort}
                onClick={() => sortComments(model, name)}
              >
                {say(name)}
              </button>
            ))}
          </fieldset>
        )}
      </header>
      {count || closed || model.loaded.writing?.withOwn(model)[0] ? null : (
        <p class="quiet">{say('empty')}</p>
      )}
    </>
  )
}

/** What stands below the comments: those that follow, the form, and what is told to the reader. */
export function Below({ model }: { model: Model }) {
  const { thread, next, say, tag, loaded } = model
  const { News } = loaded.reactions ?? {}
  const draft = model.drafts.get('')
  return (
    <>
      <More
        model={model}
        cursor={next}
        words={say('more') + (loaded.watch?.sayLeft(model) ?? '')}
        load={(reactions) => reactions.loadMore(model, model)}
      />
      {News && <News model={model} />}
      {thread?.closed ? (
        <p class="notice">{say('closed', { date: absoluteTime(thread.closed, tag) })}</p>
      ) : (
        draft && <Composer model={model} draft={draft} label={say('write')} />
      )}
      <p role="status" class="hidden">
        {model.said}
      </p>
    </>
  )
}
