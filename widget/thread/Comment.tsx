import { Content } from '../common/content.tsx'
import { absoluteTime, relativeTime } from '../common/i18n.ts'
import { Actions } from './Actions.tsx'
import { Composer } from './Composer.tsx'
import { Monogram } from './Monogram.tsx'
import type { Model } from './model.ts'
import type { Branch } from './tree.ts'

interface Props {
  model: Model
  branch: Branch
  level: number
}

/** One comment with its replies, or the place it left to them. */
export function Comment({ model, branch, level }: Props) {
  const { comment, replies, rest } = branch
  const { id } = comment
  const { say } = model.words
  const reply = model.drafts.get(id)
  const waits = model.own.waits(comment)
  return (
    <li>
      <article id={`comment-${id}`} tabIndex={-1} part="comment" class={waits ? 'comment waits' : 'comment'}>
        {comment.gone ? (
          <p class="quiet">{say('gone')}</p>
        ) : (
          <>
            <Monogram author={comment.author} />
            <Byline model={model} branch={branch} level={level} />
            <Body model={model} branch={branch} level={level} />
            <Actions model={model} comment={comment} />
          </>
        )}
      </article>
      {reply && (
        <Composer
          model={model}
          draft={reply}
          label={say('replyTo', { name: isolate(comment.author.name) })}
        />
      )}
      {(replies.length > 0 || rest > 0) && (
        <ol class={level > 3 ? 'flat' : ''}>
          {replies.map((branch) => (
            <Comment key={branch.comment.id} model={model} branch={branch} level={level + 1} />
          ))}
          {comment.replies.next && rest > 0 && (
            <li>
              <button type="button" onClick={() => model.more(comment)}>
                {say('replies', { count: rest })}
              </button>
            </li>
          )}
        </ol>
      )}
    </li>
  )
}

function Byline({ model, branch, level }: Props) {
  const { author, createdAt, editedAt } = branch.comment
  const { say, tag } = model.words
  const Heading = model.heading(level)
  return (
    <header>
      <Heading part="name">
        {author.url && /^https?:/i.test(author.url) ? (
          <a href={author.url} rel="nofollow ugc noopener" target="_blank">
            <bdi>{author.name}</bdi>
          </a>
        ) : (
          <bdi>{author.name}</bdi>
        )}
      </Heading>
      {author.badge && <span class="badge">{author.badge}</span>}
      <time dateTime={createdAt} title={absoluteTime(createdAt, tag)}>
        {relativeTime(createdAt, tag)}
      </time>
      {editedAt && <span>{say('edited')}</span>}
      {branch.to && <span>{say('to', { name: isolate(branch.to) })}</span>}
    </header>
  )
}

function Body({ model, branch: { comment } }: Props) {
  const { words, own, drafts } = model
  const change = drafts.get(`edit-${comment.id}`)
  const unsent = own.get(comment.id)?.request
  const state = unsent
    ? words.say(own.get(comment.id)?.tries ? 'unsent' : 'sending')
    : own.waits(comment) && comment.own && words.status(comment.own)
  return (
    <>
      {state && <p class={unsent && !own.get(comment.id)?.tries ? 'state slow' : 'state'}>{state}</p>}
      {change ? (
        <Composer model={model} draft={change} label={words.say('editing')} />
      ) : (
        <div class={unsent ? 'text plain' : 'text'} part="text" dir="auto">
          <Content nodes={comment.content} />
        </div>
      )}
    </>
  )
}

/** Keeps the direction of a name from the sentence around it. */
function isolate(name: string): string {
  return `\u2068${name}\u2069`
}
