// Runs a script on the Node that package.json pins, whatever Node started this one. Plain JavaScript, because
// an older Node must be able to read it.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const name = process.platform === 'win32' ? 'node.exe' : 'node'
const pinned = fileURLToPath(new URL(`../node_modules/node/bin/${name}`, import.meta.url))

if (!existsSync(pinned)) {
  console.error(
    'The pinned Node is missing from node_modules, because its install script did not run: ' +
      'run `npm ci` without --ignore-scripts, or `npm rebuild node`.',
  )
  process.exit(1)
}

const child = spawn(pinned, process.argv.slice(2), { stdio: 'inherit' })
for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
// The terminal sends Ctrl-C to the child as well; only wait for it.
process.on('SIGINT', () => {})
child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGTERM' || signal === 'SIGINT' ? 0 : 1)))
