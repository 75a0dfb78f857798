import { globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('../../', import.meta.url))

const spec = readFileSync(`${root}SPEC.md`, 'utf8')
const rules = [...spec.matchAll(/^- \[([A-Z]+\d+)\]/gm)].map((match) => match[1]!)

const titles = globSync('tests/**/*.test.ts', { cwd: root })
  .map((file) => readFileSync(root + file, 'utf8'))
  .join('\n')
const tested = new Set([...titles.matchAll(/\[([A-Z]{2,}\d+)\]/g)].map((match) => match[1]!))

describe('SPEC.md', () => {
  it('[DOC1] gives each number once', () => {
    expect(rules.filter((rule, i) => rules.indexOf(rule) !== i)).toEqual([])
  })

  it('[DOC2] has a test for every rule', () => {
    expect(rules.length).toBeGreaterThan(100)
    expect(rules.filter((rule) => !tested.has(rule))).toEqual([])
  })

  it('[DOC3] knows every rule that a test names', () => {
    expect([...tested].filter((rule) => !rules.includes(rule))).toEqual([])
  })
})
