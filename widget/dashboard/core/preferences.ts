import { effect, signal } from '@preact/signals'
import { keep, kept, type Theme } from './kept.ts'
import { isRightToLeft, language } from './words.ts'

const before = kept()

export const theme = signal<Theme>(before.theme ?? 'auto')
/** Whether one-key shortcuts act; they can be turned off (WCAG 2.1.4). */
export const oneKey = signal(before.oneKey ?? true)
/** Whether a finger that pushes a comment to a side decides it. */
export const swipes = signal(before.swipes ?? true)

effect(() => {
  const page = document.documentElement
  page.lang = language.value
  page.dir = isRightToLeft.value ? 'rtl' : 'ltr'
  page.dataset.theme = theme.value
  keep({ language: language.value, theme: theme.value, oneKey: oneKey.value, swipes: swipes.value })
})
