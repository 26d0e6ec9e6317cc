import { type Command, orGone } from './command.ts';

type Values = { readonly [attribute: string]: string };

/** Objects of PJSIP that live in Asterisk's memory (the `memory` wizard that sorcery.conf names after the files). */
export function memoryObjects(command: Command) {
  const address = (objectType: string, id: string) => ({ configClass: 'res_pjsip', objectType, id });
  return {
    put: (objectType: string, id: string, values: Values) =>
      command('asterisk.updateObject', `${objectType}/${id}`, address(objectType, id), {
        fields: Object.entries(values).map(([attribute, value]) => ({ attribute, value })),
      }),
    /** Endpoint first: nobody may call in through one whose password is gone. */
    async removeAll(id: string): Promise<void> {
      for (const type of ['endpoint', 'auth', 'aor']) await orGone(command('asterisk.deleteObject', `${type}/${id}`, address(type, id)));
    },
  };
}

/** Audio bound to the one address that everything is bound to; nothing where there is none. */
export function boundTo(mediaAddress: string | undefined): Values {
  return mediaAddress === undefined ? {} : { media_address: mediaAddress, bind_rtp_to_media_address: 'yes' };
}
