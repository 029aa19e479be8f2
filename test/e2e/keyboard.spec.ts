import type { Page } from '@playwright/test'
import { sceneOf } from '../screenshots/scene.ts'
import { converse, crowd } from './conversation.ts'
import { expect, test } from './fixtures.ts'
import { act, focused, reach } from './keys.ts'

const focus = (page: Page) => expect.poll(() => focused(page))

test('a reader who has a keyboard alone sorts, likes, reports, replies, edits and withdraws', async ({
  browser,
  product,
}) => {
  const scene = await sceneOf({ browser, product }, 'by-keyboard')
  const { page, subject } = scene
  await converse(product, subject, [
    { name: 'Ines', body: 'One' },
    { name: 'Hannah', body: 'Two' },
  ])
  await scene.visit()
  const articles = page.getByRole('article')
  await expect(articles).toHaveCount(2)

  await act(page, 'Newest')
  await expect(articles.first()).toContainText('Two')
  expect(await focused(page)).toBe('Newest')
  await act(page, /^Like/)
  await expect(page.getByRole('button', { name: 'Like 1' })).toHaveAttribute('aria-pressed', 'true')

  await act(page, /^More…/)
  await act(page, 'Report')
  await focus(page).toBe('What is wrong with this comment?')
  await page.keyboard.press('Escape')
  await focus(page).toMatch(/^More… \(comment by /)
  await act(page, /^More…/)
  await act(page, 'Report')
  await focus(page).toBe('What is wrong with this comment?')
  await page.keyboard.press('Tab')
  await page.keyboard.press('ArrowDown')
  await expect(page.getByRole('radio', { name: 'Insult or hate' })).toBeChecked()
  await act(page, 'Send report')
  await expect(page.getByText('Thank you. Your report was sent.').first()).toBeVisible()
  await focus(page).toMatch(/^More… \(comment by /)

  await act(page, /^Reply to Hannah/, 'Shift+Tab')
  await focus(page).toBe('Reply to Hannah')
  await page.keyboard.type('A reply')
  await page.keyboard.press('Escape')
  await expect(page.getByRole('textbox', { name: 'Reply to Hannah' })).toBeHidden()
  await focus(page).toBe('Reply to Hannah')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('textbox', { name: 'Reply to Hannah' })).toHaveValue('A reply')
  await reach(page, 'Name')
  await page.keyboard.type('Mika')
  await act(page, 'Send for approval')
  await expect(page.getByText('Waiting for approval')).toBeVisible()
  await focus(page).toMatch(/^comment-/)

  await act(page, 'Edit')
  await focus(page).toBe('Edit your comment')
  await page.keyboard.type(', and more')
  await page.keyboard.press('Control+Enter')
  await expect(articles.getByText(/A reply.*and more|, and moreA reply/)).toBeVisible()
  await act(page, 'Withdraw')
  await act(page, 'Withdraw')
  await expect(articles).toHaveCount(2)
  await focus(page).toBe('Write a comment')
  await scene.close()
})

test('a reader who has a keyboard alone loads more and follows a comment’s own link', async ({
  browser,
  product,
}) => {
  const scene = await sceneOf({ browser, product }, 'more-by-keyboard')
  const { page, subject } = scene
  await crowd(product, subject, 52)
  await scene.visit()
  const articles = page.getByRole('article')
  await expect(articles).toHaveCount(50)
  const more = page.getByRole('button', { name: 'More comments' })
  await more.focus()
  await page.keyboard.press('Enter')
  await expect(articles).toHaveCount(52)
  const id = (await articles.nth(50).getAttribute('id')) as string
  await focus(page).toBe(id)
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(new RegExp(`#${id}$`))
  await focus(page).toBe(id)
  await scene.close()
})
