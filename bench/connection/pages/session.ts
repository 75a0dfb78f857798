/** The core alone, without Vue. */
import type * as Core from '../../../src/core/index.ts'
import type * as Dialects from '../../../src/dialects/index.ts'
// @ts-expect-error a build, resolved by the bundler
import * as builtCore from 'library/core.js'
// @ts-expect-error a build, resolved by the bundler
import * as builtDialects from 'library/dialects.js'
import { count, offer } from './contract.ts'

const { createSession } = builtCore as typeof Core
const { chatV1Dialect } = builtDialects as typeof Dialects

offer({
  connect(url) {
    const session = createSession({ url, dialect: chatV1Dialect() })
    session.on('message', () => {
      count("on('message')")
    })
    session.enter('general')
    session.open()
  },
})
