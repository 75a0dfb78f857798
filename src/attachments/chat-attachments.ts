/** The files of an app's chat: those that are chosen, those on their way, and where the others lie. */
import { computed, onScopeDispose, shallowReactive, shallowRef, type ComputedRef } from 'vue'
import { resolveUrl } from '../core/urls.ts'
import type { Session } from '../core/index.ts'
import type { ChatStore } from '../stores/index.ts'
import { fileBase, onPage, safeFileUrl } from './file-url.ts'
import { createOutgoing, type Outgoing } from './outgoing.ts'
import type { ChatStorage, SendingShelf } from '../storage/types.ts'
import type { AttachmentLimits, ChatUpload, UploadFile, UploadOptions } from './types.ts'
import { createUploads, type Uploads } from './uploads.ts'

export interface ChatAttachments extends Outgoing {
  readonly uploads: Uploads
  readonly limits: ComputedRef<AttachmentLimits>
  /** Files that are chosen for the next message of a room. Reactive. */
  chosen(room: string): readonly ChatUpload[]
  choose(room: string, uploads: readonly ChatUpload[]): void
  /** There is a connection. Reactive. */
  readonly isUp: ComputedRef<boolean>
  /** Where to load a file from; undefined for an address that is none of the web, and before ours is known. Reactive. */
  resolve(url: string): string | undefined
}

export interface ChatAttachmentsPort {
  readonly session: Session
  /** The chat's address, when it is always there. */
  readonly address: string | undefined
  /** What a relative address is resolved against. */
  readonly page: string
  readonly options: UploadOptions | undefined
  /** Keeps messages that wait for their files. */
  readonly storage?: ChatStorage | undefined
  store(): ChatStore
}

/** Ends with the effect scope. */
export const createChatAttachments = ({ session, address, page, options = {}, storage, store }: ChatAttachmentsPort): ChatAttachments => {
  const base = shallowRef(address === undefined ? undefined : fileBase(resolveUrl(address, page)))
  const told = shallowRef<AttachmentLimits>({})
  const state = shallowRef(session.snapshot().state)
  const drafts = shallowReactive(new Map<string, readonly ChatUpload[]>())
  const isUp = computed(() => state.value === 'connected' || state.value === 'probing')
  const where = async (isFresh: boolean) => {
    const { url, token } = await session.credentials(isFresh)
    base.value = fileBase(url)
    return { base: base.value, token }
  }

  // Its code comes with the first file; without a network neither gets anywhere, and both are tried again.
  const ours: UploadFile = async (file, upload) => (await import('./http-upload.ts')).httpUpload({ credentials: where })(file, upload)

  const uploads = createUploads({
    upload: options.upload ?? ours,
    isUp: () => isUp.value,
  })
  let shelf: SendingShelf | undefined
  const outgoing = createOutgoing({ session, uploads, shelf: () => shelf, dispatch: (event) => store().dispatch(event) })

  let owner: string | undefined
  const own = (user: string | undefined): void => {
    owner = user
    shelf?.close()
    shelf = user === undefined ? undefined : storage?.keepFiles?.(user, outgoing.restore, session.report)
  }
  const choose = (room: string, chosen: readonly ChatUpload[]): void => {
    if (chosen.length > 0) drafts.set(room, chosen)
    else drafts.delete(room)
  }
  const offs = [
    session.subscribe(({ state: now, maxFileSize, maxFiles }) => {
      if (told.value.maxSize !== maxFileSize || told.value.maxCount !== maxFiles) told.value = { maxSize: maxFileSize, maxCount: maxFiles }
      const wasUp = isUp.value
      state.value = now
      if (!wasUp && isUp.value) uploads.resume()
    }),
    session.on('welcome', ({ user }) => {
      // What the former user has uploaded belongs to them, and what waits of it on the disk stays there.
      if (owner !== undefined && owner !== user.id) {
        own(undefined)
        outgoing.cancelAll()
        for (const [room, chosen] of drafts) {
          chosen.forEach(uploads.remove)
          choose(room, [])
        }
      }
      if (owner !== user.id) own(user.id)
      if (address === undefined) where(false).catch(() => undefined)
    }),
  ]
  own(session.snapshot().user?.id)
  onScopeDispose(() => {
    for (const off of offs) off()
    own(undefined)
    outgoing.cancelAll()
    uploads.dispose()
  })

  return {
    ...outgoing,
    uploads,
    isUp,
    limits: computed(() => ({
      maxSize: options.maxSize ?? told.value.maxSize,
      maxCount: options.maxCount ?? told.value.maxCount,
      accept: options.accept,
    })),
    chosen: (room) => drafts.get(room) ?? [],
    choose,
    resolve: (url) => onPage(safeFileUrl(url, base.value), page),
  }
}
