import { rmSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { MUTATIONS } from './mutations.ts'
import { copyTree } from './support/mutate.ts'

describe('the mutations', () => {
  it.each(MUTATIONS)('[CH7] can still be made: $name', ({ patches }) => {
    const folder = copyTree(patches)
    rmSync(folder, { recursive: true, force: true })
    expect(folder).not.toBe('')
  })

  it('[CH7] what is not there cannot be taken out', () => {
    expect(() => copyTree([{ file: 'server-dev/commands.ts', find: 'no such line', replace: '' }])).toThrow('does not hold exactly once')
  })
})
