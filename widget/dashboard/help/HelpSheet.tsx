import { words } from '../core/words.ts'
import { useDesk } from '../desk.ts'
import { Late, part } from '../ui/Late.tsx'
import { Sheet } from '../ui/Sheet.tsx'

const help = part(['help', 'preferences'], async () => (await import('./Help.tsx')).Help)

/** The help, laid over the desk. */
export function HelpSheet() {
  return (
    <Sheet open={useDesk().help} class="help" label={words().shortcuts}>
      <Late part={help} given={{}} />
    </Sheet>
  )
}
