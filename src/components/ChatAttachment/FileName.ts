import { h, type FunctionalComponent } from 'vue'
import { plainName, splitName } from './file-text.ts'

/** A name that may be cut in its middle, never at its end. */
export const FileName: FunctionalComponent<{ readonly name: string }> = ({ name }) => {
  const [start, end] = splitName(name)
  return h('bdi', { class: 'chat-file-name', title: plainName(name) }, [h('span', start), end])
}

FileName.props = ['name']
