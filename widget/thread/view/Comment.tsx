import { Content, Link } from '../../common/content.tsx'
import { absoluteTime } from '../../common/i18n.ts'
import { openDraft } from '../model/drafts.ts'
import { withReactions } from '../model/loading.ts'
import type { Model } from '../model/model.ts'
import type { Branch } from '../model/tree.ts'
import { Composer } from './Composer.tsx'
import { headingOf } from './heading.ts'
import { Isolated } from './Isolated.tsx'
import { Lacking } from './Lacking.tsx'
import { Monogram } from './Monogram.tsx'

/** One comment, and the answer that is being written to it. */
export function Comment({ model, branch }: { model: Model; branch: Branch }) {
  const { say, tag, thread, drafts, mine, loaded } = model
  const { comment, level, to } = branch
  const { id, author, createdAt, content, likes, pinned } = comment
  const { OwnActions } = loaded.ownComments ?? {}
  const { Acts } = loaded.acts ?? {}
  const own = mine.get(id)
  const state = loaded.writing?.sayState(model, comment)
  const answer = drafts.get(id)
  const change = drafts.get(`edit-${id}`)
  const Name = headingOf(model, level)
  const by = say('by', { name: author.name })
  return (
    <>
      <article
        id={`comment-${id}`}
        tabIndex={-1}
        part="comment"
        aria-label={by}
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
              <a class="quiet" part="time" href={`${model.here}#comment-${id}`}>
                <time dateTime={createdAt} title={absoluteTime(createdAt, tag)}>
                  {model.sayTime(createdAt, tag)}
                </time>
              </a>
              {comment.editedAt && <span class="quiet">{say(comment.editedBy ? 'editor' : 'edited')}</span>}
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
                          onClick={() => openDraft(model, id)}
                        >
                          {say('reply')}
                        </button>
                      )}
                      <button
                        {...model.button}
                        disabled={!!own}
                        aria-label={`${say('like')} ${likes || ''} (${by})`}
                        aria-pressed={model.likes.has(id)}
                        onClick={() =>
                          withReactions(model, (reactions) => reactions.toggleLike(model, comment), id)
                        }
                      >
                        {say('like')} {likes || ''}
                      </button>
                      {!own && (
                        <button
                          {...model.button}
                          id={`acts-${id}`}
                          aria-label={`${say('acts')} (${by})`}
                          aria-expanded={model.acting === id}
                          onClick={() =>
                            withReactions(model, (reactions) => reactions.toggleActs(model, id), id)
                          }
                        >
                          {say('acts')}
                        </button>
                      )}
                    </>
                  )}
                  {own && OwnActions && <OwnActions model={model} own={own} />}
                </div>
                <Lacking model={model} place={id} />
                {Acts && <Acts model={model} branch={branch} />}
              </>
            )}
          </>
        )}
      </article>
      {answer && (
        <Composer
          model={model}
          draft={answer}
          label={<Isolated sentence={say('replyTo', { name: '\0' })} value={author.name} />}
        />
      )}
    </>
  )
}
