/// <reference types="vite/client" />
declare module "vue-chat-socket/style.css"
