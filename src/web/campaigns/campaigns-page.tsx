import { useParams } from 'react-router';
import { CampaignList } from './campaign-list.tsx';
import { LivePage } from './live-page.tsx';

/** `/campaigns`: all of them; `/campaigns/cmp_…`: one, live. */
export function CampaignsPage() {
  const { '*': place = '' } = useParams();
  return place === '' ? <CampaignList /> : <LivePage key={place} id={place} />;
}
