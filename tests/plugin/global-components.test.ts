import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import * as components from '../../src/components/index.ts'
import { componentNames } from '../../src/components/list.ts'
import * as entry from '../../src/index.ts'

describe('component names', () => {
  it('[PL12] are the same in the list, the exports and the types for templates', () => {
    const types = readFileSync('src/global-components.ts', 'utf8')
    const typed = [...types.matchAll(/^ {4}(\w+): typeof Chat\.(\w+)$/gm)].map(([, name, type]) => [name, type])
    expect(typed).toEqual(componentNames.map((name) => [name, name]))
    const exported = Object.keys(components).filter((name) => name !== 'componentNames')
    expect(exported.sort()).toEqual([...componentNames].sort())
    for (const name of componentNames) expect(entry[name]).toBe(components[name])
  })
})
