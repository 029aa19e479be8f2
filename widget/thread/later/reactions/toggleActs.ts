import { loadAsked, loadWriting } from '../../model/loading.ts'
import type { Model } from '../../model/model.ts'

/** Opens or closes what else can be done about a comment; rejects without the styles of forms, which it needs. */
export async function toggleActs(model: Model, id: string): Promise<void> {
  await Promise.all([loadAsked(model, 'acts'), loadWriting(model)])
  model.acting = model.acting === id ? undefined : id
  delete model.told
  model.report = undefined
}
