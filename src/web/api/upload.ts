import { ApiError, BASE, parseJson, problemFrom } from './client.ts';

/** How much has arrived, 0 to 1. */
export type Progress = (share: number) => void;

export interface UploadOptions {
  readonly method: 'PUT' | 'POST';
  /** The engine looks at the content, not at what the system takes the file for. */
  readonly type: string;
}

const SOUND: UploadOptions = { method: 'PUT', type: 'application/octet-stream' };

/** Sends a file and tells how far it is, which `fetch` cannot. Gives the parsed answer. Throws ApiError only. */
export function upload(path: string, file: Blob, onProgress: Progress, { method, type }: UploadOptions = SOUND): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const sending = new XMLHttpRequest();
    sending.open(method, `${BASE}${path}`);
    sending.setRequestHeader('accept', 'application/json');
    sending.setRequestHeader('x-santral-request', '1');
    sending.setRequestHeader('content-type', type);
    sending.upload.addEventListener('progress', ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0));
    sending.addEventListener('load', () => {
      const json = parseJson(sending.responseText);
      if (sending.status >= 200 && sending.status < 300) resolve(json);
      else reject(problemFrom(sending.status, json));
    });
    sending.addEventListener('error', () => reject(new ApiError('web.unreachable', 0, 'no answer')));
    sending.send(file);
  });
}
