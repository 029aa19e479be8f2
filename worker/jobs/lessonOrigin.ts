import type { Teaching } from '../moderation/learner/label.ts'
import type { PackedLesson } from '../moderation/learner/packs.ts'
import type { Untaught } from '../store/untaught.ts'

/** What a lesson keeps of how it came and was decided. */
export function originOf(
  { threadId, score, decisions, audited, standsFor, swept, isConfirmed }: Untaught,
  label: Teaching | null,
): Pick<PackedLesson, 'page' | 'arrival' | 'standsFor' | 'swept'> {
  const isWrong = audited !== null && (audited === 'approve') !== (label === 'fine')
  return {
    ...(threadId !== null && { page: threadId }),
    ...(score !== null && decisions !== null && { arrival: { score, decisions } }),
    ...(isWrong && isConfirmed === 1 && standsFor !== null && standsFor > 1 && { standsFor }),
    ...(swept === 1 && isConfirmed === 0 && { swept: true }),
  }
}
