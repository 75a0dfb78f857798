export type { ChatAttachments } from './chat-attachments.ts'
export { fileFault } from './check.ts'
export type { AttachmentLimits, ChatUpload, FileFault, UploadContext, UploadFile, UploadOptions } from './types.ts'
