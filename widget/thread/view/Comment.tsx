import type { VNode } from 'preact'
import { Content, Link } from '../../common/content.tsx'
import { absoluteTime, dayOf, relativeTime } from '../../common/i18n.ts'
import { open } from '../model/drafts.ts'
import { late, load, type Model, waits } from '../model/model.ts'
import type { Branch } from '../model/tree.ts'
import { sayStatus } from '../model/words.ts'
import { Composer } from './Composer.tsx'
import { Isolated } from './Isolated.tsx'
import { Monogram } from './Monogram.tsx'
import { headingOf } from './Thread.tsx'

/**
 * Comments that stand beside each other, as far as they are drawn yet. One that is drawn with all its replies is
 * not drawn again with the next few.
 */
export function comments(model: Model, branches: Branch[], level: number): VNode[] {
  const { kept, served, drawn, items } = model
  return branches.flatMap((branch) => {
    const { id } = branch.comment
    const known = kept.get(id)
    if (known) return known
    if (!served && waits(model, branch.comment)) return []
    const made = <Comment key={id} model={model} branch={branch} level={level} />
    if (drawn < items.length && isWhole(model, branch)) kept.set(id, made)
    return made
  })
}

const isWhole = (model: Model, { comment, replies }: Branch): boolean =>
  !waits(model, comment) && replies.every((branch) => isWhole(model, branch))

/** One comment with its replies, or the place it left to them. */
function Comment({ model, branch, level }: { model: Model; branch: Branch; level: number }) {
  // What came with the page stays as it is until its turn comes.
  if (waits(model, branch.comment)) return <li />
  const { say, tag, thread, drafts, mine, folded, part: Part, reading: Reading } = model
  const { comment, replies, rest, to } = branch
  const { id, author, createdAt, content, likes, pinned } = comment
  const own = mine.get(id)
  const status = comment.own && comment.own.status !== 'approved' && sayStatus(model, comment.own)
  const state = own?.request ? say(own.tries ? 'unsent' : 'sending') : status
  const answer = drafts.get(id)
  const change = drafts.get(`edit-${id}`)
  const below = comments(model, replies, level + 1)
  // Without a comment that all see there is no heading above the names.
  const Name = headingOf(model, thread?.count ? level : level - 1)
  return (
    <li>
      <article
        id={`comment-${id}`}
        tabIndex={-1}
        part="comment"
        class={state ? 'waits' : model.linked === id ? 'linked' : ''}
      >
        {comment.gone ? (
          <p class="quiet">{say('gone')}</p>
        ) : (
          <>
            <Monogram author={author} />
            <header class="actions">
              <Name class="name" part="name">
                <bdi>
                  <Link href={author.url}>{author.name}</Link>
                </bdi>
              </Name>
              {author.badge && (
                <bdi class="quiet badge" part="badge">
                  {author.badge}
                </bdi>
              )}
              <a class="quiet" part="time" href={`#comment-${id}`}>
                <time dateTime={createdAt} title={absoluteTime(createdAt, tag)}>
                  {(model.clock ? relativeTime : dayOf)(createdAt, tag)}
                </time>
              </a>
              {comment.editedAt && <span class="quiet">{say('edited')}</span>}
              {pinned && <span class="quiet">{say('pinned')}</span>}
              {to && (
                <span class="quiet">
                  <Isolated sentence={say('to', { name: '\0' })} value={to} />
                </span>
              )}
            </header>
            {state && (
              <p part="state" class={own?.request && !own.tries ? 'quiet state slow' : 'quiet state'}>
                {state}
              </p>
            )}
            {change ? (
              <Composer model={model} draft={change} label={change.change?.label ?? ''} />
            ) : (
              <>
                <div class={own?.request ? 'text plain' : 'text'} part="text" dir="auto">
                  <Content nodes={content} />
                </div>
                <div class="actions" part="actions">
                  {!state && (
                    <>
                      {!thread?.closed && (
                        <button
                          {...model.button}
                          id={`reply-${id}`}
                          name="reply"
                          value={id}
                          aria-label={say('replyTo', { name: author.name })}
                          onClick={() => open(model, id)}
                        >
                          {say('reply')}
                        </button>
                      )}
                      <button
                        {...model.button}
                        disabled={!!own}
                        aria-pressed={model.likes.has(id)}
                        onClick={() => late(model, (part) => part.like(model, comment))}
                      >
                        {say('like')} {likes || ''}
                      </button>
                      {!own && (
                        <button
                          {...model.button}
                          id={`acts-${id}`}
                          aria-expanded={model.acting === id}
                          onClick={() => late(model, (part) => part.act(model, id))}
                        >
                          {say('acts')}
                        </button>
                      )}
                    </>
                  )}
                  {own && Part && <Part.OwnActions model={model} own={own} />}
                </div>
                {Reading && <Reading.Acts model={model} branch={branch} />}
              </>
            )}
          </>
        )}
      </article>
      {answer && <Composer model={model} draft={answer} label={say('replyTo', { name: author.name })} />}
      {(below[0] || rest > 0) && !folded?.has(id) && (
        <ol class="list">
          {below}
          {comment.replies.next && rest > 0 && (
            <li>
              <button
                {...model.button}
                class="more"
                name="cursor"
                value={comment.replies.next}
                onClick={() => load(model, comment.replies)}
              >
                {say('replies', { count: rest })}
              </button>
            </li>
          )}
        </ol>
      )}
    </li>
  )
}
