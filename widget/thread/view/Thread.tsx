import { absoluteTime } from '../../common/i18n.ts'
import { branches, isDrawn, load, type Model } from '../model/model.ts'
import { comments } from './Comment.tsx'
import { Composer } from './Composer.tsx'
import { Isolated } from './Isolated.tsx'

/** The whole thread: heading, comments, composer, and what keeps it from showing them. */
export function Thread({ model }: { model: Model }) {
  const { host, site, thread, say, tag, failed, next, previous, drafts, part: Part, reading: Reading } = model
  const root = drafts.get('')
  const busy = !failed && !(thread && isDrawn(model))
  return (
    <section part="thread" class={busy ? 'thread busy' : 'thread'} lang={tag} title="">
      {thread ? <Top model={model} /> : failed || <p class="slow quiet">{say('loading')}</p>}
      {failed && (
        <p class="notice">
          {say('failed')}{' '}
          <button type="button" onClick={() => load(model)}>
            {say('retry')}
          </button>{' '}
          <a
            href={`${host}/t/${site}?${new URLSearchParams({ key: model.key, title: model.title, lang: tag })}`}
          >
            {say('plain')}
          </a>
        </p>
      )}
      {Reading && <Reading.Missed model={model} />}
      {previous && (
        <button
          {...model.button}
          class="more"
          name="cursor"
          value={previous}
          onClick={() => load(model, undefined, previous)}
        >
          {say('previous')}
        </button>
      )}
      {thread && <ol class="list">{comments(model, branches(model), 1)}</ol>}
      {next && (
        <button {...model.button} class="more" name="cursor" value={next} onClick={() => load(model, model)}>
          {say('more')}
        </button>
      )}
      {Reading && <Reading.Fresh model={model} />}
      {thread?.closed ? (
        <p class="notice">{say('closed', { date: absoluteTime(thread.closed, tag) })}</p>
      ) : (
        root && <Composer model={model} draft={root} label={say('write')} />
      )}
      {Part && <Part.Warnings model={model} />}
      <p role="status" class="hidden">
        {model.said}
      </p>
    </section>
  )
}

function Top({ model }: { model: Model }) {
  const { thread, say, title, heading, sort } = model
  const count = thread?.count
  if (!count) return thread?.closed || branches(model)[0] ? null : <p class="quiet">{say('empty')}</p>
  const Heading = headingOf(model, 0)
  return (
    <header class="actions">
      <Heading class="title" part="heading">
        {heading && !isLevel.test(heading) ? (
          heading
        ) : (
          <Isolated sentence={say('heading', { count, title: '\0' })} value={title} />
        )}
      </Heading>
      {count > 1 && (
        <fieldset class="actions" aria-label={say('sort')}>
          {(['oldest', 'newest', 'top'] as const).map((name) => (
            <button
              {...model.button}
              name="sort"
              value={name}
              aria-pressed={name === sort}
              onClick={() => {
                model.sort = name
                load(model)
              }}
            >
              {say(name)}
            </button>
          ))}
        </fieldset>
      )}
    </header>
  )
}

const isLevel = /^[1-6]$/

/** The heading element for a level of nesting, below the level the embedder gave to the thread. */
export function headingOf({ heading }: Model, level: number): 'h2' {
  return `h${Math.min(level + (isLevel.test(heading ?? '') ? Number(heading) : 2), 6)}` as 'h2'
}
