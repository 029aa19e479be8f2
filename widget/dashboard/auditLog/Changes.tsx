import type { SiteDifference } from '../../../worker/contract/auditLog.ts'
import { formatMessage, own, tag, words } from '../core/words.ts'
import { Visible } from '../ui/Visible.tsx'

/** In what a site or a thread differs since it was changed: each field with what it was and what it became. */
export function Changes({ changes }: { changes: SiteDifference[] }) {
  return (
    <ul class="changes quiet">
      {changes.map(({ field, before, after }) => (
        <li key={field}>
          <bdi>
            <Visible
              text={formatMessage(words('auditLog').change, {
                field: fieldWords(field),
                before: valueWords(field, before),
                after: valueWords(field, after),
              })}
            />
          </bdi>
        </li>
      ))}
    </ul>
  )
}

function fieldWords(field: string): string {
  if (field === 'policy') return words('sites').policy
  return own<string>(words('auditLog').fields, field) ?? own<string>(words('settings').fields, field) ?? field
}

/** A value as the settings page says it. */
function valueWords(field: string, value: unknown): string {
  const w = words('auditLog')
  if (value === null || value === undefined || value === '') return w.nothingSet
  if (typeof value === 'boolean') return value ? w.on : w.off
  if (Array.isArray(value)) return new Intl.ListFormat(tag()).format(value.map(String))
  if (typeof value === 'object') return hoursWords(value as Hours)
  if (field === 'policy') return own<string>(words('sites').policies, String(value)) ?? String(value)
  const choices = own<Record<string, string>>(words('settings').choices, field)
  if (choices) return own<string>(choices, String(value)) ?? String(value)
  if (typeof value !== 'number') return String(value)
  const style = value > 0 && value < 1 ? 'percent' : 'decimal'
  return new Intl.NumberFormat(tag(), { style, maximumFractionDigits: 1 }).format(value)
}

interface Hours {
  from?: number
  to?: number
  timeZone?: string
}

const hoursWords = ({ from, to, timeZone }: Hours) => `${from}–${to} (${timeZone})`
