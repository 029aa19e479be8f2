import type { ComponentChildren } from 'preact'
import type { Model } from '../../model/model.ts'
import type { OwnComment } from '../../model/ownComment.ts'
import type { Word } from '../../model/words.ts'
import { Composer } from '../../view/Composer.tsx'
import { Problem } from '../../view/Problem.tsx'
import { forgetOwn } from './followUp.ts'
import { appealRefusal, askWithdrawal, editOwn, takeBack, withdrawOwn } from './ownActs.ts'

/** What the author of a comment can do about it. */
export function OwnActions({ model, own }: { model: Model; own: OwnComment }): ComponentChildren {
  const { id, request, asking, until, status = '' } = own
  const button = (word: Word, act: () => void, name?: string) => (
    <button key={word} type="button" id={name && `${name}-${id}`} onClick={act}>
      {model.say(word)}
    </button>
  )
  const actions = request
    ? own.tries && [
        button('now', () => model.loaded.writing?.send(model, own)),
        button('back', () => takeBack(model, own)),
      ]
    : asking
      ? [
          <span class="quiet" key="">
            {model.say('confirm')}
          </span>,
          button('keep', () => askWithdrawal(model, own, false), 'withdraw'),
          button('withdraw', () => withdrawOwn(model, own)),
        ]
      : [
          until && Date.parse(until) > Date.now() && button('edit', () => editOwn(model, own), 'edit'),
          own.comment?.own?.appealable && button('appeal', () => appealRefusal(model, own), 'appeal'),
          model.loaded.acts && button('private', () => model.loaded.acts?.copyPrivateLink(model, own)),
          /rejected|spam|deleted/.test(status)
            ? button('hide', () => forgetOwn(model, own))
            : button('withdraw', () => askWithdrawal(model, own, true), 'withdraw'),
        ]
  const asked = model.drafts.get(`appeal-${id}`)
  const { appeal, usualWait: wait } = own.comment?.own ?? {}
  return [
    request && own.slow && (
      <p key="slow" class="quiet">
        {model.say('slow', {
          time: new Date(own.notBefore ?? 0).toLocaleTimeString(model.tag, { timeStyle: 'short' }),
        })}
      </p>
    ),
    !!wait && (
      <p key="wait" class="quiet">
        {model.say('usually', { time: spanOf(wait, model.tag) })}
      </p>
    ),
    appeal?.answer && (
      <p key="answer" class="quiet" dir="auto">
        {appeal.answer}
      </p>
    ),
    asked ? <Composer key="appeal" model={model} draft={asked} label={asked.change?.label ?? ''} /> : actions,
    <Problem key="error" model={model} error={own.error} role="alert" />,
  ]
}

/** A span of seconds in words: `3 hours`. */
function spanOf(seconds: number, tag: string): string {
  const [unit, size] =
    seconds < 3_600
      ? (['minute', 60] as const)
      : seconds < 86_400
        ? (['hour', 3_600] as const)
        : (['day', 86_400] as const)
  return (seconds / size).toLocaleString(tag, { style: 'unit', unit, unitDisplay: 'long' })
}
