import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('../../', import.meta.url))
const read = (path: string): string => readFileSync(root + path, 'utf8')

const rules = new Set([...read('SPEC.md').matchAll(/^- \[([A-Z]+\d+)\]/gm)].map((match) => match[1]!))
const gallery = read('playground/gallery/Gallery.vue')
const scenes = new Set([...gallery.matchAll(/scene === '([\w-]+)'/g), ...gallery.matchAll(/'([\w-]+)'(?=[,\]])/g)].map((match) => match[1]!))
const rows = [...read('docs/feature-matrix.md').matchAll(/^\| (?!---)([^|]+) \| ([^|]*) \| ([^|]*) \|/gm)]
  .map(([, feature, ours, proof]) => ({ feature: feature!.trim(), ours: ours!.trim(), proof: proof!.trim() }))
  .filter(({ feature }) => feature !== '')

describe('docs/feature-matrix.md', () => {
  it('[DOC4] names rules and scenes that exist', () => {
    expect(existsSync(`${root}playground/gallery/Gallery.vue`)).toBe(true)
    expect(rows.length).toBeGreaterThan(50)
    const unknown = rows.flatMap(({ feature, proof }) => [
      ...[...proof.matchAll(/\b[A-Z]{2,}\d+\b/g)].flatMap(([rule]) => (rules.has(rule) ? [] : [`${feature}: ${rule}`])),
      ...[...proof.matchAll(/`([\w-]+)`/g)].flatMap(([, scene]) => (scenes.has(scene!) ? [] : [`${feature}: ${scene!}`])),
    ])
    expect(unknown).toEqual([])
  })

  it('[DOC4] claims nothing without a rule behind it, and gives no rule for what is not there', () => {
    const empty = rows.filter(({ ours, proof }) => ours.startsWith('○') === /[A-Z]{2,}\d/.test(proof))
    expect(empty.map(({ feature }) => feature)).toEqual([])
    expect(rows.filter(({ ours }) => !/^[●◐○]/.test(ours))).toEqual([])
  })
})
