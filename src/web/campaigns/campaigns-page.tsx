import { useParams } from 'react-router';
import { CampaignList } from './campaign-list.tsx';
import { LivePage } from './live-page.tsx';
import { EditPage } from './wizard/edit-page.tsx';
import { PeoplePage } from './wizard/people-page.tsx';

/** `/campaigns`: all of them; `/campaigns/new` and `/campaigns/cmp_…/edit`: on the way to one; `/campaigns/cmp_…`: one, live. */
export function CampaignsPage() {
  const { '*': place = '' } = useParams();
  const [id = '', below] = place.split('/');
  if (id === '') return <CampaignList />;
  if (id === 'new') return <PeoplePage />;
  return below === 'edit' ? <EditPage key={id} id={id} /> : <LivePage key={id} id={id} />;
}
