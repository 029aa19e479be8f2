import type { Author, Model } from '../../model/model.ts'
import { getItem } from '../../model/storage.ts'

/** Who writes here, as remembered from the last time. */
export function authorOf(model: Model): Author {
  model.author ??= getItem<Author>(model, 'author') ?? { name: '', email: '', url: '' }
  return model.author
}
