import { limits } from '../../../worker/contract/limits.ts'
import { badgesOf } from '../core/badges.ts'
import { words } from '../core/words.ts'
import { use } from '../desk.ts'
import { ShortForm } from './ShortForm.tsx'

/** What readers are told that an author is, for an owner to change. */
export function BadgeField({ author }: { author: { id: string; badge: string | null } }) {
  const badges = use(badgesOf)
  const w = words('context').badge
  return (
    <ShortForm
      words={w}
      value={author.badge}
      most={limits.badge}
      give={(typed) => badges.give(author, typed)}
      list="badge-suggestions"
    >
      <datalist id="badge-suggestions">
        {w.suggestions.map((badge) => (
          <option key={badge} value={badge} />
        ))}
      </datalist>
    </ShortForm>
  )
}
