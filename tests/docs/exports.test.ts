import { globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import * as kit from '../../src/index.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const read = (path: string): string => readFileSync(root + path, 'utf8')

it('[DOC5] every composable that docs/composables.md has a chapter on can be imported', () => {
  const chapters = [...read('docs/composables.md').matchAll(/^## (.*`use.*)$/gm)]
  const names = chapters.flatMap(([, title]) => [...title!.matchAll(/`(use\w+)/g)].map(([, name]) => name!))
  expect(names.length).toBeGreaterThan(15)
  expect(names.filter((name) => !(name in kit))).toEqual([])
})

it('[DOC5] every component of the table in docs/components.md can be imported, and is shown in the gallery', () => {
  const rows = [...read('docs/components.md').matchAll(/^\| (`Chat\w+`(?:, `Chat\w+`)*) \|/gm)]
  const names = rows.flatMap(([, cell]) => cell!.replaceAll('`', '').split(', '))
  expect(names.length).toBeGreaterThan(12)
  expect(names.filter((name) => !(name in kit))).toEqual([])
  const gallery = globSync('playground/gallery/*.vue', { cwd: root }).map(read).join('\n')
  expect(names.filter((name) => !gallery.includes(`<${name} `))).toEqual([])
})
