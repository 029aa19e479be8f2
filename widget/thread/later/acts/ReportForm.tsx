import { flagReasons } from '../../../../worker/contract/flagReasons.ts'
import type { NewFlag } from '../../../../worker/contract/reactions.ts'
import { longestNote } from '../../../../worker/contract/reportLimits.ts'
import type { ApiError } from '../../../common/api.ts'
import { loadWriting } from '../../model/loading.ts'
import type { Model, Report } from '../../model/model.ts'
import { Problem } from '../../view/Problem.tsx'
import { announceBeside } from './announceBeside.ts'
import { closeActs } from './closeActs.ts'

/** A form by which a reader tells the moderators what is wrong with a comment. */
export function ReportForm({ model, report }: { model: Model; report: Report }) {
  const { say } = model
  const { id, reason, note, error } = report
  return (
    <form
      part="report"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        sendReport(model, report)
      }}
      onKeyDown={({ key, isComposing }) => {
        if (key === 'Escape' && !isComposing) closeActs(model, id)
      }}
    >
      <fieldset aria-labelledby={`why-${id}`}>
        <p class="quiet" id={`why-${id}`} tabIndex={-1}>
          {say('reportWhy')}
        </p>
        {flagReasons.map((name) => (
          <label key={name} class="quiet choice">
            <input
              type="radio"
              name={`reason-${id}`}
              checked={reason === name}
              onChange={() => {
                report.reason = name
                delete report.error
                model.changed()
              }}
            />{' '}
            {say(`flag_${name}`)}
          </label>
        ))}
      </fieldset>
      <label class="quiet">
        {say('reportNote')}
        <textarea
          part="field"
          maxLength={longestNote}
          value={note}
          onInput={({ currentTarget }) => {
            report.note = currentTarget.value
          }}
        />
      </label>
      <Problem model={model} error={error} role="alert" />
      <footer class="actions">
        <button type="button" onClick={() => closeActs(model, id)}>
          {say('cancel')}
        </button>
        <button type="submit" class="send" part="submit">
          <span>{say('reportSend')}</span>
        </button>
      </footer>
    </form>
  )
}

async function sendReport(model: Model, report: Report): Promise<void> {
  const { id, reason, note } = report
  try {
    if (!reason) throw { detail: { code: 'missing' } }
    const flag: NewFlag = { reason, ...(note.trim() && { note }) }
    const { callSite } = await loadWriting(model)
    await callSite(model, 'POST', `comments/${id}/flags`, flag)
    closeActs(model, id)
    announceBeside(model, id, model.say('reported'))
  } catch (error) {
    report.error = (error as ApiError).detail
    model.changed()
  }
}
