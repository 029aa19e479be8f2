import type { Env, Job } from '../env.ts'

/** Asks for a comment to be screened. A job that gets lost is sent again by the sweep. */
export async function enqueueScreening(env: Env, job: Omit<Job, 'v'>): Promise<void> {
  try {
    await env.SCREENING.send({ v: 1, ...job })
  } catch (error) {
    console.warn('screening job not sent, the sweep will send it', { id: job.id, error: String(error) })
  }
}

/**
 * Asks for a site's learner to go on, or for held comments to be scored anew. A lost job of the
 * first kind is sent again by the sweep; of the second, the next model's does it.
 */
export async function enqueueLearning(env: Env, siteId: string, rescoreAfter?: number): Promise<void> {
  try {
    await env.SCREENING.send({ v: 1, learn: siteId, ...(rescoreAfter !== undefined && { rescoreAfter }) })
  } catch (error) {
    console.warn('learning job not sent, the sweep will send it', { site: siteId, error: String(error) })
  }
}
