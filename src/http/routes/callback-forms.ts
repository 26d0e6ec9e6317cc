import type { CallbackForm } from '../../domain/callback-form.ts';
import { openCallbackForm, sendCallbackForm } from '../contracts/callback-forms.ts';
import { placeOf } from '../cross-origin.ts';
import { type Route, route } from '../route.ts';
import type { RouteContext } from './context.ts';

export function callbackFormRoutes({ deps: { callbackForms, config } }: RouteContext): readonly Route[] {
  return [
    route(openCallbackForm, async ({ request, reply }) => {
      void reply.header('cache-control', 'no-store');
      const { form, times, ...open } = callbackForms.open(placeOf(request, config.publicBase));
      return { ...open, form: view(form), times: [...times] };
    }),
    route(sendCallbackForm, async ({ request, body: { token, website, ...answer } }) =>
      callbackForms.submit(placeOf(request, config.publicBase), { token, answer, trap: website, address: request.ip }),
    ),
  ];
}

/** Neither whose agents call nor where else the form stands. */
function view({ id, languages, title, intro, consent, name, note, topics }: CallbackForm) {
  return { id, title, intro, consent, name, note, languages: [...languages], topics: [...topics] };
}
