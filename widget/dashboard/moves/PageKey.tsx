import { readableKey } from '../../../worker/contract/readableKey.ts'
import { Visible } from '../ui/Visible.tsx'

/** A page's key, as people read it. */
export const PageKey = ({ of }: { of: string }) => (
  <bdi>
    <Visible text={readableKey(of)} />
  </bdi>
)
