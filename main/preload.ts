import { contextBridge, type IpcRendererEvent, ipcRenderer } from 'electron';
import { type Bridge, callChannel, type FeedMessage, feedChannel } from '../shared/ipc/wire.ts';

const bridge: Bridge = {
  call: (method, input) => ipcRenderer.invoke(callChannel, { method, input }),
  on(listener) {
    const hear = (_: IpcRendererEvent, message: FeedMessage) => listener(message);
    ipcRenderer.on(feedChannel, hear);
    return () => ipcRenderer.off(feedChannel, hear);
  },
};

contextBridge.exposeInMainWorld('keyturn', bridge);
