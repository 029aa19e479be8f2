import { folder } from '../core/folder.ts'
import { held } from '../core/held.ts'
import { errorWords, formatMessage, words } from '../core/words.ts'
import { use } from '../desk.ts'
import { exportingOf } from './exporting.ts'

/** Files that a site’s comments are taken along in. */
export function Exports({ site }: { site: string }) {
  const exporting = use(exportingOf)
  const w = words('imports').export
  const progress = exporting.progress.value
  const error = exporting.error.value
  const lines = `${site}.jsonl`
  const decisions = `${site}-decisions.csv`
  return (
    <section class="export" aria-labelledby="export-heading">
      <h2 id="export-heading">{w.heading}</h2>
      <p class="quiet">{w.note}</p>
      <dl class="files">
        <div>
          <dt>{w.kinds.lines}</dt>
          <dd>
            <button
              type="button"
              onClick={() => exporting.download(site, lines)}
              {...held(progress !== null)}
            >
              {formatMessage(w.download, { file: lines })}
            </button>
          </dd>
        </div>
        <div>
          <dt>{w.kinds.decisions}</dt>
          <dd>
            <a
              href={`${folder()}/v1/exports/decisions.csv?site=${encodeURIComponent(site)}`}
              download={decisions}
            >
              {formatMessage(w.download, { file: decisions })}
            </a>
          </dd>
        </div>
      </dl>
      <p role="status" class="quiet">
        {progress && formatMessage(w.loading, { count: progress.comments, all: progress.all })}
      </p>
      {error && (
        <p class="error" role="alert">
          {formatMessage(w.failed, { error: errorWords(error) })}
        </p>
      )}
    </section>
  )
}
