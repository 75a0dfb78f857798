/** A process that runs the seeds it is sent, one after the other, and answers with what came of each. */
import { createRunner, type RunOptions } from './scenario.ts'

const runner = createRunner()
process.on('message', (options: RunOptions | 'end') => {
  if (options === 'end') {
    void runner.dispose().then(() => process.exit(0))
    return
  }
  const work = options.deeds ? runner.replay(options.deeds) : runner.run(options)
  work.then(
    (outcome) => process.send!(outcome),
    (error: unknown) => {
      console.error(error)
      process.exit(1)
    },
  )
})
process.on('disconnect', () => void runner.dispose().then(() => process.exit(1)))
